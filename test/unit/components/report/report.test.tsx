// @vitest-environment happy-dom
/** The report page: its figures and the leads behind them, and a picture and a sentence for everything that can go wrong. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReportApp } from '../../../../components/report/report-app';
import type { Fact } from '../../../../lib/lead/facts';
import type { LeadFields } from '../../../../lib/lead/lead';
import { speak } from '../../support/i18n';
import { day, hour, now } from '../../report/quarter';
import { lookAt, quarterLeads, reportServices, termsOf, type ReportOptions, type ToldLead } from './support';

afterEach(cleanup);
beforeEach(() => {
  speak('en');
  lookAt('?period=quarter&from=2026-02-01');
});

const user = userEvent.setup();

/** Made-up leads, each handed over at an instant and nothing else. */
function handed(index: number, at: number, fields: LeadFields = {}, facts: readonly Partial<Fact>[] = []): ToldLead {
  const id = { crm: 'demo', origin: 'https://crm.example.com', object: 'lead', recordId: String(index) };
  const key = `demo|https://crm.example.com|lead|${index}`;
  const base = { lead: key, author: 'ada', evidence: 'person' } as const;
  const all = [{ kind: 'hand-off', at }, ...facts].map(
    (fact, place) => Object.assign({ id: `${index}-${place}` }, base, fact) as Fact,
  );
  return { lead: { key, id, fields: { name: `Lead ${index}`, ...fields }, seenAt: now }, facts: all };
}

async function open(options: ReportOptions, change: Parameters<typeof reportServices>[1] = {}) {
  const services = reportServices(options, change);
  render(<ReportApp services={services} />);
  await screen.findByRole('heading', { level: 2, name: 'Actions and decisions' });
  return services;
}

const group = (name: string): HTMLElement => screen.getByRole('region', { name });
const anywhere = (): string => document.body.textContent ?? '';

describe('the report of a quarter', () => {
  it('says no number that is none, in either tab and either language', async () => {
    for (const language of ['en', 'es'] as const)
      for (const tab of ['', '&tab=sla']) {
        speak(language);
        lookAt(`?period=quarter&from=2026-02-01${tab}`);
        const services = reportServices({ leads: quarterLeads(120) });
        render(<ReportApp services={services} />);
        await screen.findByText(language === 'en' ? /^As of/ : /^A fecha de/);
        expect(anywhere()).not.toMatch(/NaN|undefined|Infinity|\bnull\b|report_|formula_/);
        cleanup();
      }
  });

  it('opens as many leads behind a number as the number says, and each of them in its CRM', async () => {
    const services = await open({ leads: quarterLeads(120) });
    const number = within(group('Quality')).getByRole('button', { name: /^Verdict: Accepted: \d+/ });
    await user.click(number);
    const list = screen.getByRole('dialog', { name: 'Verdict: Accepted' });
    expect(within(list).getByText(`${number.textContent} leads`)).toBeTruthy();
    const leads = within(list).getAllByRole('listitem');
    expect(leads).toHaveLength(Number(number.textContent));
    await user.click(within(leads[0]!).getByRole('button'));
    expect(services.openLead).toHaveBeenCalledWith(expect.stringMatching(/\|lead\|\d+$/));
  });

  it('opens the leads of what lies ahead, of any time and any hand-off', async () => {
    lookAt('?tab=sla&period=quarter&from=2026-02-01');
    await open({ leads: quarterLeads(120) });
    const numbers = screen.getAllByRole('button', {
      name: /^(?:Overdue and not done|Due since|Due later).*show the leads/,
    });
    expect(numbers.length).toBeGreaterThan(0);
    for (const number of numbers) {
      await user.click(number);
      const leads = within(screen.getByRole('dialog')).getAllByRole('listitem');
      expect(leads.length).toBeGreaterThan(0);
      // Clocks are counted, and a lead may have several.
      expect(leads.length).toBeLessThanOrEqual(Number(number.textContent));
      await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Close' }));
    }
  });

  it('opens as many leads as it says for lost ones and behind the sample of a time', async () => {
    await open({ leads: quarterLeads(120) });
    for (const name of [/^Lost or disqualified: \d+, show/, /^Working time, To accept: \d+, show/]) {
      const number = screen.getAllByRole('button', { name })[0]!;
      await user.click(number);
      const list = within(screen.getByRole('dialog'));
      expect(list.getByText(`${number.textContent} leads`)).toBeTruthy();
      await user.click(list.getByRole('button', { name: 'Close' }));
    }
  });

  it('says what an accepted lead cost where the agreement says what its period cost', async () => {
    const cost = { amount: 5_000, currency: 'EUR' };
    const promised = {
      id: 'cost',
      owedBy: 'marketing',
      measure: 'cost-per-accepted',
      value: 100,
      per: 'month',
    } as const;
    await open({ leads: quarterLeads(120), versions: termsOf({ promises: [{ ...promised, cost }] }) });
    const row = screen.getByRole('row', { name: /^Cost per accepted lead · .*€[\d.,]+ \(n = \d+/ });
    expect(within(row).getByRole('button', { name: /show the leads$/ })).toBeTruthy();
    expect(screen.queryByText('No cost given')).toBeNull();
  });

  it('gives the raw facts behind a number, with names only where the settings show them', async () => {
    for (const names of ['hidden', 'shown'] as const) {
      const services = await open({ leads: quarterLeads(60), names });
      await user.click(within(group('Quality')).getByRole('button', { name: /^Verdict: Accepted: \d+/ }));
      await user.click(screen.getByRole('button', { name: 'Raw facts as JSON lines' }));
      await waitFor(() => expect(services.save).toHaveBeenCalledOnce());
      const [name, content] = services.save.mock.calls[0]!;
      expect(name).toBe('facts-verdict-accepted.jsonl');
      const facts = (await content.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Fact);
      expect(facts.length).toBeGreaterThan(10);
      expect(facts.some(({ author }) => author === 'ada')).toBe(names === 'shown');
      cleanup();
    }
  });

  it('never names a person while names are hidden, not in a file either', async () => {
    const services = await open({ leads: quarterLeads(120) });
    expect(within(group('People')).getByText('Person 1')).toBeTruthy();
    expect(anywhere()).not.toMatch(/Person r\d/);
    await user.click(screen.getByRole('button', { name: 'JSON' }));
    expect(await services.save.mock.calls[0]![1].text()).not.toMatch(/Person r\d|"r\d"/);
    cleanup();
    await open({ leads: quarterLeads(120), names: 'shown' });
    expect(within(group('People')).getByText('Person r1')).toBeTruthy();
  });

  it('shows both sides’ promises with result, trend and status, and each formula when asked', async () => {
    const versions = termsOf({
      promises: [
        { id: 'a', owedBy: 'marketing', measure: 'hand-offs', value: 1, per: 'quarter' },
        { id: 'b', owedBy: 'sales', measure: 'attainment', commitment: 'accept', value: 100, per: 'quarter' },
      ],
    });
    await open({ leads: quarterLeads(120), versions });
    const promises = group('Promises');
    expect(within(promises).getByText('On track')).toBeTruthy();
    expect(within(promises).getByText('Missed')).toBeTruthy();
    expect(within(promises).getByText(/at least 100%/)).toBeTruthy();
    await user.click(within(promises).getByRole('button', { name: /^Formula/ }));
    expect(within(promises).getByText(/^Met ÷ \(met \+ missed\)/)).toBeTruthy();
    await user.click(within(promises).getByRole('button', { name: /^As table/ }));
    expect(within(promises).getAllByRole('row').length).toBeGreaterThan(5);
  });

  it('reads a chart by keyboard, one stop for all of it', async () => {
    await open({ leads: quarterLeads(120) });
    const chart = within(group('Quality')).getByRole('group', { name: 'Why leads are rejected' });
    const stops = within(chart).getAllByRole('button');
    expect(stops.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    stops[0]!.focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(stops[1]);
    await user.keyboard('{End}{Enter}');
    expect(screen.getByRole('dialog')).toBeTruthy();
  });

  it('keeps what is ahead apart from what happened', async () => {
    lookAt('?tab=sla');
    await open({ leads: quarterLeads(120) });
    expect(screen.getByText(/It says nothing of results/)).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Promises' })).toBeNull();
  });

  it('copies a table as text for a chat, and says so', async () => {
    const services = await open({ leads: quarterLeads(60) });
    const sources = group('Sources');
    await user.click(within(sources).getByText('Take along'));
    await user.click(within(sources).getByRole('button', { name: 'Copy as text for chat' }));
    expect(services.copy).toHaveBeenCalledWith(expect.stringMatching(/^From hand-off to won, by: Source\n/));
    expect(await screen.findByText(/^Copied: From hand-off to won/)).toBeTruthy();
  });

  it('keeps an action and lets somebody say whether it worked', async () => {
    const services = await open({ leads: quarterLeads(5) });
    await user.type(screen.getByLabelText('What was decided'), 'Call within the hour');
    await user.click(screen.getByRole('button', { name: 'Write down' }));
    expect(await screen.findByText('Call within the hour')).toBeTruthy();
    await user.selectOptions(screen.getByLabelText('Did it work'), 'worked');
    expect(services.saveDecision).toHaveBeenLastCalledWith(expect.objectContaining({ result: 'worked' }));
  });
});

describe('reading', () => {
  it('can be stopped, and begun anew', async () => {
    let answer: (page: { lines: string[] }) => void = () => {};
    const services = reportServices({}, { page: () => new Promise((resolve) => (answer = resolve)) });
    render(<ReportApp services={services} />);
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(screen.getByText('Stopped before all leads were read.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Read again' }));
    await waitFor(() => expect(services.page).toHaveBeenCalledTimes(2));
    answer({ lines: [] });
    expect(await screen.findByText('No leads yet.')).toBeTruthy();
  });

  it('that fails says what is safe and tries again', async () => {
    const services = reportServices({}, { terms: () => Promise.reject(new Error('gone')) });
    render(<ReportApp services={services} />);
    expect(await screen.findByText('The leads could not be read.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Read again' }));
    await waitFor(() => expect(services.terms).toHaveBeenCalledTimes(2));
  });
});

describe('bad input has its picture and sentence', () => {
  const march = Date.parse('2026-03-10T09:00:00Z');

  it('no data', async () => {
    await open({});
    expect(screen.getByText('No leads yet.')).toBeTruthy();
  });

  it('no data in this period', async () => {
    lookAt('?period=month&from=2024-01-01');
    await open({ leads: quarterLeads(20) });
    expect(screen.getAllByText('No lead was handed over in this period.').length).toBeGreaterThan(0);
    expect(within(group('Not measured')).getAllByText('No leads in this period.').length).toBe(5);
  });

  it('one fact', async () => {
    await open({ leads: [handed(1, march)] });
    expect(screen.getAllByText('Few leads: read the ranges, not only the shares.').length).toBeGreaterThan(0);
    expect(anywhere()).not.toMatch(/NaN/);
  });

  it('all unknown', async () => {
    const unseen = [1, 2, 3].map((index) => {
      const { lead, facts } = handed(index, march);
      return { lead: { ...lead, seenAt: march + 60_000 }, facts };
    });
    await open({ leads: unseen });
    expect(screen.getAllByText(/Not every lead was seen lately/).length).toBeGreaterThan(0);
    expect(within(group('Response')).getAllByText('Nothing judged yet').length).toBeGreaterThan(0);
    expect(within(group('Not measured')).getByText(/No data for clause 3\.2/)).toBeTruthy();
  });

  it('500 values of a source', async () => {
    const leads = Array.from({ length: 500 }, (_, index) =>
      handed(index, march + index * 60_000, { source: `source ${index}` }),
    );
    await open({ leads, perPage: 200 });
    const sources = group('Sources');
    expect(within(sources).getAllByRole('row')).toHaveLength(26);
    expect(within(sources).getByText(/475 more rows/)).toBeTruthy();
    await user.click(within(sources).getByRole('button', { name: 'Show all' }));
    expect(within(sources).getAllByRole('row')).toHaveLength(501);
  });

  it('a name of 300 characters from right to left, kept from turning the numbers around', async () => {
    const long = 'مصدر '.repeat(60).trim();
    await open({ leads: [handed(1, march, { source: long })] });
    const cell = within(group('Sources')).getByText(long);
    expect(cell.tagName).toBe('BDI');
  });

  it('a period across two changes of the clocks and two versions of the agreement', async () => {
    lookAt('?period=custom&from=2025-10-01&until=2026-03-31');
    const october = Date.parse('2025-10-20T09:00:00Z');
    await open({ leads: [handed(1, october), handed(2, march), ...quarterLeads(40).slice(5)] });
    expect(screen.getAllByText(/More than one version of the agreement/).length).toBeGreaterThan(0);
    expect(screen.getAllByText(/agreement versions 1, 2/).length).toBeGreaterThan(0);
    expect(screen.getByText(/^October 1, 2025 – March 31, 2026$/)).toBeTruthy();
  });

  it('facts from the future', async () => {
    await open({ leads: [handed(1, march, {}, [{ kind: 'touch', channel: 'call', at: now + day }])] });
    expect(screen.getAllByText('1 fact is dated in the future and does not count yet.').length).toBeGreaterThan(0);
  });

  it('evidence that came after the period', async () => {
    const late = { kind: 'touch', channel: 'call', at: march + hour, recordedAt: now - hour } as const;
    await open({ leads: [handed(1, march, {}, [late])] });
    expect(screen.getAllByText(/figures printed before may differ/).length).toBeGreaterThan(0);
  });
});

// @vitest-environment happy-dom
/** The report page: its figures and the leads behind them, and a picture and a sentence for everything that can go wrong. */
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReportApp } from '../../../../components/report/report-app';
import { factsOf } from '../../../../components/report/raw-facts';
import type { DayServices } from '../../../../components/report/services';
import type { Agreement } from '../../../../lib/agreement/schema';
import type { Fact } from '../../../../lib/lead/facts';
import type { LeadFields } from '../../../../lib/lead/lead';
import { factLine, leadLine } from '../../../../lib/ledger/file-format';
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
  // The groups further down come a moment later.
  await waitFor(() => expect(document.querySelector('[aria-busy="true"]')).toBeNull(), { timeout: 15_000 });
  return services;
}

const teams: Agreement['teams'] = [
  { id: 'alpine', label: { en: 'Alpine', es: 'Alpino' }, members: ['person R1'] },
  { id: 'basin', label: 'Basin', members: ['Person r2'] },
];

const group = (name: string): HTMLElement => screen.getByRole('region', { name });
/** A button's words, and of what it is for whoever hears it. */
const named = (words: string, of: string): RegExp => new RegExp(`^${words}\\s*: ${of}$`);
const anywhere = (): string => document.body.textContent ?? '';

describe('the report of a quarter', () => {
  it('says no number that is none, in either tab and either language', async () => {
    for (const language of ['en', 'es'] as const)
      for (const tab of ['', '&tab=sla']) {
        speak(language);
        lookAt(`?period=quarter&from=2026-02-01${tab}`);
        const services = reportServices({ leads: quarterLeads(120) });
        render(<ReportApp services={services} />);
        await screen.findAllByText(language === 'en' ? /^As of/ : /^A fecha de/);
        expect(anywhere()).not.toMatch(/NaN|undefined|Infinity|\bnull\b|report_|formula_/);
        cleanup();
      }
  });

  it('opens as many leads behind a number as the number says, and each of them in its CRM', async () => {
    const services = await open({ leads: quarterLeads(120) });
    const number = within(group('Quality')).getByRole('button', { name: /^Verdict: Accepted: \d+, show/ });
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
      await user.click(within(group('Quality')).getByRole('button', { name: /^Verdict: Accepted: \d+, show/ }));
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

  it('has no number that opens nothing, but promises, dates, names and what no lead stands behind', async () => {
    const promises = [
      { id: 'a', owedBy: 'marketing', measure: 'hand-offs', value: 110, per: 'month' },
      { id: 'b', owedBy: 'sales', measure: 'attainment', commitment: 'accept', value: 100, per: 'quarter' },
      { id: 'c', owedBy: 'marketing', measure: 'cost-per-accepted', value: 50, per: 'month' },
    ] as const;
    await open({
      leads: quarterLeads(120),
      versions: termsOf({ promises: [...promises], teams }),
      names: 'shown',
      costs: [{ source: 'web', month: '2026-02', amount: 500 }],
    });
    for (const toggle of screen.getAllByRole('button', { name: /^As table/ })) await user.click(toggle);
    const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT);
    const dead: string[] = [];
    while (walker.nextNode()) {
      const { textContent, parentElement } = walker.currentNode;
      const words = (textContent ?? '').trim();
      // Names of rows, columns and choices; what is filtered; what was entered.
      if (!/\d/.test(words) || parentElement!.closest('button, a, th, option, h3, h4, details, form, form + p'))
        continue;
      if (words !== '0' && words !== '0%') dead.push(words);
    }
    const allowed = [
      /^(?:at least|at most) /,
      // Windows, the review, and what one has to know of the figures.
      /^(?:January 1|\(|Every month|agreement version|last seen|As of|\d+ more rows)/,
      /future and do/,
      // Names: clauses of promises, hours of the day.
      /^[\w ]+ · \d\.\d in time$/,
      /^\d\d:00$/,
      // What is expected is a line, and no leads; how sure a result is that there is none of.
      /^[\d,.]+$/,
      /^n = 0 · /,
    ];
    expect(dead.filter((words) => !allowed.some((form) => form.test(words)))).toEqual([]);
    const expected = screen.getAllByRole('columnheader', { name: 'Promised by then' });
    const plainNumbers = [...document.querySelectorAll('td[data-number]')].filter(
      (cell) => /\d/.test(cell.textContent) && !/^0%?$/.test(cell.textContent) && !cell.querySelector('button'),
    );
    for (const cell of plainNumbers)
      expect(expected.map((head) => [...head.parentElement!.children].indexOf(head))).toContain(
        [...cell.parentElement!.children].indexOf(cell),
      );
  });

  it('holds a period against the number of its time, and no part of the leads against a number of all', async () => {
    const volume = { id: 'volume', owedBy: 'marketing', measure: 'hand-offs', per: 'month' } as const;
    const [newest, oldest] = termsOf();
    const versions = [
      { ...newest!, promises: [{ ...volume, value: 15_000 }] },
      { ...oldest!, promises: [{ ...volume, value: 10 }] },
    ];
    lookAt('?period=month&from=2026-01-10');
    await open({ leads: quarterLeads(120), versions });
    const promises = () => within(group('Promises'));
    expect(promises().getByText('at least 10 (agreement v1) · heading for', { exact: false })).toBeTruthy();
    expect(promises().getByText('On track')).toBeTruthy();
    expect(within(group('Volume')).getByText(/^\d+ handed over of 10 promised/)).toBeTruthy();
    cleanup();
    lookAt('?period=month&from=2026-03-10&source=web');
    await open({ leads: quarterLeads(120), versions });
    expect(promises().getByText('at least 15,000 (agreement v2)', { exact: false })).toBeTruthy();
    expect(promises().getByText("Not judged: a promised number can't be split by a filter")).toBeTruthy();
    expect(promises().queryByText('Missed')).toBeNull();
    const line = within(group('Volume'));
    expect(line.getByText(/^\d+ handed over\. Not judged/)).toBeTruthy();
    expect(line.queryByText('Promised by then')).toBeNull();
  });

  it('marks weeks that the period cuts, and says how old the newest observation is', async () => {
    const leads = quarterLeads(60).map(({ lead, facts }) => ({ lead: { ...lead, seenAt: now - 50 * hour }, facts }));
    await open({ leads });
    const response = within(group('Response'));
    // The quarter begins on a Thursday and ends on a Tuesday.
    expect(response.getByText(/\* Only a part of it lies in the period\.$/)).toBeTruthy();
    await user.click(response.getAllByRole('button', { name: /^As table/ })[0]!);
    const table = within(screen.getByRole('region', { name: /^Table: Kept in time, over time/ }));
    expect(table.getAllByRole('row').filter((row) => row.textContent?.includes('(in part)'))).toHaveLength(2);
    expect(anywhere()).toContain('nothing seen for 50 h before this report');
    cleanup();
    lookAt('?period=month&from=2026-02-01');
    await open({ leads: quarterLeads(60).map(({ lead, facts }) => ({ lead: { ...lead, seenAt: now }, facts })) });
    expect(anywhere()).not.toMatch(/\(in part\)|Only a part|nothing seen for/);
  });

  it('shows both, where a promise per month became one per week within the month', async () => {
    const volume = { id: 'volume', owedBy: 'marketing', measure: 'hand-offs', value: 10 } as const;
    const [newest, oldest] = termsOf();
    const versions = [
      { ...newest!, promises: [{ ...volume, per: 'week' as const }] },
      { ...oldest!, promises: [{ ...volume, per: 'month' as const }] },
    ];
    // In the last week of February, which began under the second version; the month began under the first.
    const errors: unknown[] = [];
    const report = vi.spyOn(console, 'error').mockImplementation((...words: unknown[]) => void errors.push(words));
    lookAt('?period=month&from=2026-02-10');
    await open({ leads: quarterLeads(60), versions });
    report.mockRestore();
    const cards = within(group('Promises'));
    expect(cards.getByText('Hand-offs · per week')).toBeTruthy();
    expect(cards.getByText('Hand-offs · per month')).toBeTruthy();
    expect(JSON.stringify(errors)).not.toContain('same key');
  });

  it('lets one choose whose side of a commitment the charts show, where both owe it', async () => {
    const commitments = [{ id: 'unblock', owedBy: 'marketing', rules: [{ target: { elapsedMinutes: 60 } }] }] as const;
    const start = Date.parse('2026-02-02T09:00:00Z');
    const blocked = (by: string, from: number, until: number): Partial<Fact>[] => [
      { kind: 'blocked', by, needs: 'x', at: start + from * hour } as Partial<Fact>,
      { kind: 'unblocked', at: start + until * hour },
    ];
    const leads = [handed(1, start, {}, [...blocked('sales', 1, 1.5), ...blocked('marketing', 10, 20)])];
    await open({ leads, versions: termsOf({ commitments: commitments as never }) });
    const choice = screen.getByRole('combobox', { name: 'Charts of' });
    const [marketing, sales] = within(choice).getAllByRole('option');
    expect([marketing!.textContent, sales!.textContent]).toEqual(['Unblock (Marketing)', 'Unblock (Sales)']);
    const chart = () => screen.getByRole('region', { name: /^Table: Kept in time, over time: Unblock/ });
    await user.click(within(group('Response')).getAllByRole('button', { name: /^As table/ })[0]!);
    expect(within(chart()).getAllByText(/^100%/)).toHaveLength(1);
    await user.selectOptions(choice, sales!);
    await waitFor(() => expect(within(chart()).getAllByText(/^0%/)).toHaveLength(1));
    expect(new URLSearchParams(window.location.search).get('side')).toBe('sales');
  });

  it('adds up by team under the rule that holds for people', async () => {
    const versions = termsOf({ teams });
    const services = await open({ leads: quarterLeads(120), versions });
    expect(within(group('People')).getByRole('region', { name: /^Leads by the team/ }).textContent).toMatch(/Team \d/);
    expect(anywhere()).not.toMatch(/Alpine|Basin/);
    expect(screen.queryByRole('combobox', { name: 'Only this: Team' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'JSON' }));
    expect(await services.save.mock.calls[0]![1].text()).not.toMatch(/Alpine|"alpine"/);
    cleanup();
    lookAt('?period=quarter&from=2026-02-01&team=alpine');
    await open({ leads: quarterLeads(120), versions });
    expect(screen.getByRole('button', { name: 'Remove filter Team: hidden' })).toBeTruthy();
    cleanup();
    lookAt('?period=quarter&from=2026-02-01');
    await open({ leads: quarterLeads(120), versions, names: 'shown' });
    const north = within(group('People')).getByRole('button', { name: /^Alpine: \d+, show/ });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Only this: Team' }), 'Alpine');
    expect(screen.getByRole('button', { name: 'Remove filter Team: Alpine' })).toBeTruthy();
    expect(within(group('People')).getByRole('button', { name: /^Person r1: \d+, show/ }).textContent).toBe(
      north.textContent,
    );
    await user.selectOptions(screen.getByRole('combobox', { name: /^Split by/ }), 'team');
    expect(within(group('Sources')).getAllByRole('row')).toHaveLength(2);
  });

  it('splits response, quality and effort as it splits outcome, each number with its leads', async () => {
    const services = await open({ leads: quarterLeads(200), names: 'shown' });
    const sources = group('Sources');
    const heads = (): (string | null)[] =>
      within(sources)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent);
    expect(heads()).toEqual([
      'Source',
      'Hand-offs',
      'Accepted',
      'Qualified',
      'Won',
      'Lost',
      'Top reasons of rejection',
    ]);
    await user.selectOptions(within(sources).getByRole('combobox', { name: 'Show' }), 'Quality');
    await user.selectOptions(within(sources).getByRole('combobox', { name: 'Split by' }), 'Weekday');
    expect(heads().slice(0, 3)).toEqual(['Weekday', 'Hand-offs', 'Flagged']);
    expect(window.location.search).toContain('split=weekday&figures=quality');
    for (const figures of ['Response', 'Quality', 'Effort and cost']) {
      await user.selectOptions(within(sources).getByRole('combobox', { name: 'Show' }), figures);
      const numbers = within(sources).getAllByRole('button', { name: /^Monday: .*show the leads$/ });
      expect(numbers.length, figures).toBeGreaterThan(2);
      await user.click(numbers.at(-1)!);
      const list = within(screen.getByRole('dialog'));
      expect(list.getAllByRole('listitem').length).toBeGreaterThan(0);
      await user.click(list.getByRole('button', { name: 'Close' }));
    }
    expect(services.openLead).not.toHaveBeenCalled();
  });

  it('adds up over time to what the period says, whatever is followed', async () => {
    await open({ leads: quarterLeads(120) });
    const time = group('Over time');
    await user.click(within(time).getByRole('button', { name: /^As table/ }));
    const column = (place: number): number =>
      within(time)
        .getAllByRole('row')
        .slice(1)
        .reduce((sum, row) => sum + Number.parseFloat(row.children[place]?.textContent ?? ''), 0);
    const handOffs = within(group('Sources')).getAllByRole('row').slice(1);
    const whole = handOffs.reduce((sum, row) => sum + Number(row.children[1]?.textContent), 0);
    expect(whole).toBeGreaterThan(90);
    expect(column(1)).toBe(whole);
    await user.selectOptions(within(time).getByRole('combobox', { name: 'Follow' }), 'Lost or disqualified');
    expect(within(time).getByRole('heading', { name: 'Over time: Lost or disqualified' })).toBeTruthy();
    const lost = within(time).getAllByRole('button', { name: /^Lost or disqualified, .*\d%, show/ });
    await user.click(lost[0]!);
    expect(within(screen.getByRole('dialog')).getAllByRole('listitem').length).toBeGreaterThan(0);
  });

  it('says where teams come from while there are none', async () => {
    await open({ leads: quarterLeads(20) });
    expect(within(group('People')).getByText(/^The agreement names no team/)).toBeTruthy();
  });

  it('counts the next review from the day the agreement took effect where it names none', async () => {
    await open({ leads: quarterLeads(5) });
    // The second version holds from 15 February; the figures are of 10 April.
    expect(screen.getByText(/next on April 15, 2026, counted from the day the agreement took effect/)).toBeTruthy();
    cleanup();
    await open({ leads: quarterLeads(5), versions: termsOf({ review: { cadence: 'week', next: '2026-03-02' } }) });
    expect(screen.getByText(/next on April 13, 2026$/)).toBeTruthy();
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
    // A chat knows no page that says what the figures stand on.
    const last = services.copy.mock.calls[0]![0].split('\n').at(-1)!;
    for (const part of [/^January 1\s–\sMarch 31, 2026/, /\d+ leads/, /agreement version/, /observed/, /As of/])
      expect(last).toMatch(part);
    await user.click(within(sources).getByRole('button', { name: 'CSV' }));
    expect(services.save.mock.calls[0]![0]).toBe('from-hand-off-to-won-by-source-2026-01-01-2026-03-31.csv');
  });

  it('says of what changed which periods it compares, each promise in its own', async () => {
    const promises = [
      { id: 'a', owedBy: 'marketing', measure: 'hand-offs', value: 1, per: 'month' },
    ] as const satisfies Agreement['promises'];
    lookAt('?period=quarter&from=2026-02-01');
    await open({ leads: quarterLeads(120), versions: termsOf({ promises: [...promises] }) });
    const changed = within(screen.getByRole('region', { name: 'Review' }))
      .getAllByRole('listitem')
      .find(({ textContent }) => textContent?.startsWith('Hand-offs'));
    expect(changed?.textContent).toMatch(/\(Mar 1\s–\s31 against Feb 1\s–\s28\)$/);
  });

  it('prints every row of a long table, and shows the first again afterwards', async () => {
    const leads = Array.from({ length: 40 }, (_, index) => handed(index, now - hour, { source: `source ${index}` }));
    lookAt('?period=quarter');
    await open({ leads });
    const rows = (): number => within(group('Sources')).getAllByRole('row').length;
    expect(rows()).toBe(26);
    act(() => void window.dispatchEvent(new Event('beforeprint')));
    expect(rows()).toBe(41);
    act(() => void window.dispatchEvent(new Event('afterprint')));
    expect(rows()).toBe(26);
  });

  it('filters by weekday and hour of the hand-off', async () => {
    await open({ leads: quarterLeads(120) });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Only this: Weekday' }), 'Monday');
    expect(window.location.search).toContain('weekday=0');
    expect(screen.getByRole('button', { name: /Weekday: Monday/ })).toBeTruthy();
  });

  it('counts flags, and not leads, by their answer', async () => {
    await open({ leads: quarterLeads(120) });
    const answers = screen.getByRole('region', { name: 'Answers to flags' });
    const heads = within(answers)
      .getAllByRole('columnheader')
      .map(({ textContent }) => textContent);
    expect(heads).toEqual(['Answer', 'Flags', 'Share']);
    await user.click(within(answers).getByRole('button', { name: /^Formula/ }));
    expect(within(answers).getByText(/A lead may have several/)).toBeTruthy();
  });

  it('says of what is ahead how many leads it is about and when they were seen', async () => {
    lookAt('?tab=sla');
    await open({ leads: quarterLeads(60) });
    expect(anywhere()).toMatch(
      /\d+ leads are still owed something · [\d.]+% of the leads observed · last seen .* · As of/,
    );
  });

  it('reads the raw facts of the leads behind a number, and of no others, where the ledger can be asked for them', async () => {
    const told = quarterLeads(60);
    const asked: string[] = [];
    const services = reportServices({ leads: told });
    const found = await factsOf(
      {
        page: services.page,
        days: {
          leads: async (keys: readonly string[]) => {
            asked.push(...keys);
            const own = told.filter(({ lead }) => keys.includes(lead.key));
            return { lines: own.flatMap(({ lead, facts }) => [leadLine(lead)].concat(facts.map(factLine))) };
          },
        } as unknown as DayServices,
      },
      [told[3]!.lead.key, told[5]!.lead.key],
      'shown',
    );
    expect(asked).toEqual([told[3]!.lead.key, told[5]!.lead.key]);
    expect(found.length).toBe(told[3]!.facts.length + told[5]!.facts.length);
  });

  it('holds every figure of the page in its JSON, decisions without their owners while names are hidden', async () => {
    const services = await open({ leads: quarterLeads(120) });
    await user.type(screen.getByLabelText('What was decided'), 'Call sooner');
    await user.type(screen.getByLabelText('Who does it'), 'Person r1');
    await user.click(screen.getByRole('button', { name: 'Write down' }));
    await screen.findByRole('button', { name: named('Edit', 'Call sooner') });
    await user.click(screen.getByRole('button', { name: 'JSON' }));
    const [name, content] = services.save.mock.calls[0]!;
    expect(name).toBe('relevo-report-2026-01-01-2026-03-31.json');
    const file = JSON.parse(await content.text()) as Record<string, unknown[]>;
    expect(Object.keys(file['splits']!)).toEqual(['source', 'campaign', 'tier', 'stage', 'crm', 'weekday', 'hour']);
    expect(file['promises']!.length).toBeGreaterThan(2);
    expect(file['overTime']!.length).toBeGreaterThan(2);
    expect(file['decisions']).toEqual([expect.objectContaining({ text: 'Call sooner' })]);
    expect(file['decisions']![0]).not.toHaveProperty('owner');
  });

  it('keeps an action and lets somebody say whether it worked', async () => {
    const services = await open({ leads: quarterLeads(5) });
    await user.type(screen.getByLabelText('What was decided'), 'Call within the hour');
    await user.click(screen.getByRole('button', { name: 'Write down' }));
    expect(await within(group('Actions and decisions')).findByText('Call within the hour')).toBeTruthy();
    await user.selectOptions(screen.getByLabelText('Did it work'), 'worked');
    expect(services.saveDecision).toHaveBeenLastCalledWith(expect.objectContaining({ result: 'worked' }));
  });

  it('shows what is open in the review, the most pressing first and what is late as late; edits it, and puts back what was removed', async () => {
    const services = await open({ leads: quarterLeads(5) });
    const write = async (text: string, due: string): Promise<void> => {
      await user.type(screen.getByLabelText('What was decided'), text);
      fireEvent.change(screen.getByLabelText('Until when'), { target: { value: due } });
      await user.click(screen.getByRole('button', { name: 'Write down' }));
      await screen.findByRole('button', { name: named('Edit', text) });
    };
    await write('Later', '2030-01-15');
    await write('Long since', '2026-01-15');
    const review = () => within(screen.getByRole('region', { name: 'Review' }));
    const shown = () =>
      review()
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent)
        .filter((words) => words?.startsWith('L'));
    expect(shown()).toEqual(['Long since late since Jan 15, 2026', 'Later due Jan 15, 2030']);
    await user.click(screen.getByRole('button', { name: named('Edit', 'Later') }));
    const form = within(screen.getByRole('form', { name: 'Edit: Later' }));
    expect(document.activeElement).toBe(form.getByLabelText('What was decided'));
    await user.type(form.getByLabelText('What was decided'), ' on');
    await user.click(form.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('button', { name: named('Edit', 'Later on') })).toBeTruthy();
    expect(services.saveDecision).toHaveBeenLastCalledWith(
      expect.objectContaining({ text: 'Later on', due: '2030-01-15', result: 'open' }),
    );
    await user.click(screen.getByRole('button', { name: named('Remove', 'Long since') }));
    await user.click(await screen.findByRole('button', { name: 'Put back' }));
    expect(await screen.findByRole('button', { name: named('Edit', 'Long since') })).toBeTruthy();
    expect(shown()).toHaveLength(2);
  });
});

describe('what sources cost', () => {
  const form = () => within(screen.getByRole('form', { name: 'Enter what a source cost' }));
  const costs = () => within(screen.getByRole('region', { name: 'What sources cost' }));

  it('is entered once a source and month, in one currency, and makes the cost per accepted lead', async () => {
    const services = await open({ leads: quarterLeads(120) });
    expect(screen.getByText('No cost given')).toBeTruthy();
    expect(costs().getByText('No amount is entered for this period yet.')).toBeTruthy();
    await user.selectOptions(form().getByLabelText('Source'), 'web');
    await user.selectOptions(form().getByLabelText('Month'), '2026-03');
    await user.selectOptions(form().getByLabelText('Currency'), 'GBP');
    await user.type(form().getByLabelText('Amount'), '900.50');
    await user.click(form().getByRole('button', { name: 'Keep the amount' }));
    expect(services.saveCost).toHaveBeenCalledWith({ source: 'web', month: '2026-03', amount: 900.5, currency: 'GBP' });
    expect(await screen.findByText('Kept: web, March 2026, £900.50')).toBeTruthy();
    const row = within(await costs().findByRole('row', { name: /^web/ }));
    expect(row.getByRole('button', { name: /£900\.50/ })).toBeTruthy();
    const accepted = row.getByRole('button', { name: /^web: Accepted leads: \d+, show/ });
    const each = row.getByRole('button', { name: /^Cost per accepted lead: £[\d.,]+ \(n = \d+\)/ });
    expect(each.textContent).toContain(`(n = ${accepted.textContent})`);
    await user.click(accepted);
    expect(within(screen.getByRole('dialog')).getByText(`${accepted.textContent} leads`)).toBeTruthy();
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Close' }));
    expect(form().getByLabelText<HTMLSelectElement>('Currency').disabled).toBe(true);
    await user.click(costs().getByRole('button', { name: /^Formula/ }));
    expect(costs().getByText(/÷ accepted leads of those sources/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'JSON' }));
    const file = JSON.parse(await services.save.mock.calls[0]![1].text()) as { costs: object };
    expect(file.costs).toMatchObject({
      currency: 'GBP',
      entered: [{ source: 'web', month: '2026-03', amount: 900.5 }],
      sources: [{ source: 'web', amount: 900.5, perAccepted: { bottom: Number(accepted.textContent) } }],
    });
    await user.click(costs().getByText('Take along'));
    await user.click(costs().getByRole('button', { name: 'CSV' }));
    const csv = await services.save.mock.calls[1]![1].text();
    expect(csv).toContain('Source,Cost in the period (GBP),Accepted leads,Cost per accepted lead (GBP)');
    expect(csv).toContain(`web,900.5,${accepted.textContent},`);
  });

  it('says what is wrong with an amount, and keeps what was typed when it can’t be kept', async () => {
    const refused = async () => ({ ok: false, why: 'full' }) as const;
    const services = await open({ leads: quarterLeads(20) }, { saveCost: refused });
    for (const wrong of ['', '-3', '1e20']) {
      await user.clear(form().getByLabelText('Amount'));
      if (wrong !== '') await user.type(form().getByLabelText('Amount'), wrong);
      await user.click(form().getByRole('button', { name: 'Keep the amount' }));
      expect(screen.getByRole('alert').textContent).toBe('Write an amount of 0 or more, in digits.');
      expect(form().getByLabelText('Amount').getAttribute('aria-invalid')).toBe('true');
    }
    expect(services.saveCost).not.toHaveBeenCalled();
    await user.clear(form().getByLabelText('Amount'));
    await user.type(form().getByLabelText('Amount'), '12');
    await user.click(form().getByRole('button', { name: 'Keep the amount' }));
    expect((await screen.findByText(/as many amounts as Relevo holds/)).getAttribute('role')).toBe('alert');
    expect(form().getByLabelText<HTMLInputElement>('Amount').value).toBe('12');
  });

  it('is taken away again, and the focus stays in the list', async () => {
    const two = ['2026-02', '2026-03'].map((month) => ({ source: 'web', month, amount: 100 }));
    await open({ leads: quarterLeads(20), costs: two });
    await user.click(screen.getByText('Amounts entered: 2'));
    await user.click(screen.getByRole('button', { name: /^Remove ?: web, March 2026$/ }));
    expect(await screen.findByText('Amounts entered: 1', {}, { timeout: 5_000 })).toBe(document.activeElement);
  });

  it('can’t be split by a filter that cuts through a source, and says so', async () => {
    lookAt('?period=quarter&from=2026-02-01&tier=hot');
    await open({ leads: quarterLeads(60), costs: [{ source: 'web', month: '2026-03', amount: 100 }] });
    expect(costs().getByText("A cost can't be split by this filter")).toBeTruthy();
  });

  it('that can’t be read is left alone', async () => {
    await open({ leads: quarterLeads(5) }, { costs: async () => ({ currency: null, costs: [], readable: false }) });
    expect(screen.getByText(/The amounts that were entered can't be read/)).toBeTruthy();
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

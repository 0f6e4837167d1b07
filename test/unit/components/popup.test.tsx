// @vitest-environment happy-dom
/** The popup: what it shows in each state, and that a keyboard alone is enough. */
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PopupApp } from '../../../components/popup/popup-app';
import type { PopupServices } from '../../../components/popup/services';
import type { Summary, SummaryRequest } from '../../../lib/messages/summary';
import { speak } from '../support/i18n';
import {
  answering,
  clockWith,
  minute,
  now,
  popupServices,
  riskyClock,
  rowWith,
  site,
  staleClock,
  summaryOf,
  threeRows,
  today,
} from './support';

const open = (services: PopupServices) => {
  render(<PopupApp services={services} />);
  return userEvent.setup();
};
const rows = () => screen.getAllByRole('listitem').flatMap((item) => within(item).queryAllByRole('button'));
const row = (name: RegExp) => screen.findByRole('button', { name });

beforeEach(() => speak('en'));
afterEach(() => vi.useRealTimers());

describe('rows', () => {
  it('say state, time left, who, what is owed, by whom and until when', async () => {
    open(popupServices());
    const first = await row(/Ana/);
    expect(first.textContent).toBe('Overdue, −1 h 40, Ana, First touch · 3.2, Nimbus, due today 15:00, Luis Ortega');
    expect(first.dataset['state']).toBe('overdue');
    expect(first.title).toContain('First touch · clause 3.2 · owed by Sales');
    expect(first.title).toContain('Due Thursday, March 12, 2026');
  });

  it('say the same in Spanish', async () => {
    speak('es');
    open(popupServices());
    expect((await row(/Ana/)).textContent).toBe(
      'Fuera de plazo, −1 h 40, Ana, Primer contacto · 3.2, Nimbus, vence hoy 15:00, Luis Ortega',
    );
    expect(screen.getByRole('button', { name: /En riesgo/, pressed: false })).toBeTruthy();
  });

  it('say since when a stale lead was not seen, with an icon and words of its own', async () => {
    const stale = rowWith('Dora', { group: 'overdue', clock: staleClock, seenAt: today(10) });
    open(popupServices({ summary: answering([stale]) }));
    const button = await row(/Dora/);
    expect(button.textContent).toContain('Unknown, −5 h 40');
    expect(button.textContent).toContain('Not seen since 10:00');
    expect(button.querySelector('[data-state=unknown] svg')).not.toBeNull();
  });

  it('say that touches cannot be read, and not that nobody looked', async () => {
    const clock = { ...staleClock, unknown: 'touches' as const };
    open(popupServices({ summary: answering([rowWith('Dora', { group: 'overdue', clock, seenAt: today(16) })]) }));
    const button = await row(/Dora/);
    expect(button.textContent).toContain('Touches cannot be read');
    expect(button.textContent).not.toContain('Not seen since');
  });

  it.each([
    ['scheduled', 'Starts at the next opening'],
    ['running', 'Running'],
    ['at-risk', 'At risk'],
    ['overdue', 'Overdue'],
    ['paused', 'Paused'],
    ['met', 'Met'],
    ['missed', 'Missed'],
    ['ended', 'Ended'],
    ['unknown', 'Unknown'],
  ] as const)('of state %s say "%s" and show an icon', async (state, words) => {
    open(popupServices({ summary: answering([rowWith('Ana', { clock: clockWith({ state }) })]) }));
    const badge = (await row(/Ana/)).querySelector(`[data-state='${state}']`);
    expect(badge?.textContent).toContain(words);
    expect(badge?.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  });

  it('tick, and the list is asked for again when the next change has passed', async () => {
    vi.useFakeTimers();
    vi.setSystemTime(now);
    const clock = clockWith({
      state: 'at-risk',
      dueAt: now + 90_000,
      leftMs: 90_000,
      upcoming: [{ at: now + 90_000, state: 'unknown' }],
      nextChangeAt: now + 90_000,
    });
    const services = popupServices({ summary: answering([rowWith('Ana', { clock })]), now: () => Date.now() });
    open(services);
    await act(() => vi.advanceTimersByTimeAsync(10));
    expect(screen.getByRole('button', { name: /Ana/ }).textContent).toContain('At risk, 1 min');
    await act(() => vi.advanceTimersByTimeAsync(45_000));
    expect(screen.getByRole('button', { name: /Ana/ }).textContent).toContain('At risk, 45 s');
    expect(services.summary).toHaveBeenCalledTimes(1);
    await act(() => vi.advanceTimersByTimeAsync(50_000));
    expect(services.summary).toHaveBeenCalledTimes(2);
  });

  it('are asked for again when the popup is looked at again', async () => {
    const services = popupServices();
    open(services);
    await row(/Ana/);
    act(() => void window.dispatchEvent(new Event('focus')));
    await waitFor(() => expect(services.summary).toHaveBeenCalledTimes(2));
  });
});

describe('filters', () => {
  it('by figure, and the same figure again shows all', async () => {
    const user = open(popupServices());
    await row(/Ana/);
    await user.click(screen.getByRole('button', { name: /At risk/, pressed: false }));
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(rows()[0]?.textContent).toContain('Bruno');
    await user.click(screen.getByRole('button', { name: /At risk/, pressed: true }));
    await waitFor(() => expect(rows()).toHaveLength(3));
  });

  it('by whose leads they are', async () => {
    const services = popupServices();
    const user = open(services);
    await row(/Ana/);
    await user.click(screen.getByRole('radio', { name: 'All' }));
    await waitFor(() => expect(services.summary).toHaveBeenLastCalledWith({ mine: false }));
  });

  it('by words, and says when nothing matches', async () => {
    const services = popupServices();
    const user = open(services);
    await user.type(screen.getByRole('searchbox'), 'zzz');
    expect(await screen.findByText('No lead matches “zzz”')).toBeTruthy();
    await user.click(screen.getAllByRole('button', { name: 'Clear the search' }).at(-1) as HTMLElement);
    await waitFor(() => expect(rows()).toHaveLength(3));
  });

  it('ignore an older answer that arrives late', async () => {
    const late: ((summary: Summary) => void)[] = [];
    const summary = vi.fn((request: SummaryRequest) =>
      request.group === 'overdue'
        ? new Promise<Summary>((resolve) => {
            late.push(resolve);
          })
        : answering(threeRows)(request),
    );
    const user = open(popupServices({ summary }));
    await row(/Ana/);
    await user.keyboard('1');
    await user.keyboard('2');
    await waitFor(() => expect(rows()).toHaveLength(1));
    await act(async () => late.forEach((resolve) => resolve(summaryOf([rowWith('Late')]))));
    expect(rows()[0]?.textContent).toContain('Bruno');
  });
});

describe('keys', () => {
  it('j, k and the arrows move, Enter opens the lead and closes the popup', async () => {
    const services = popupServices();
    const user = open(services);
    await row(/Ana/);
    await user.keyboard('j');
    expect(document.activeElement?.textContent).toContain('Ana');
    await user.keyboard('j{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Chen');
    await user.keyboard('j');
    expect(document.activeElement?.textContent).toContain('Chen');
    await user.keyboard('k');
    expect(document.activeElement?.textContent).toContain('Bruno');
    await user.keyboard('{Enter}');
    expect(services.openLead).toHaveBeenCalledWith(threeRows[1]?.lead);
    await waitFor(() => expect(services.close).toHaveBeenCalledOnce());
  });

  it('/ goes to the search, arrow down from there to the rows and up again', async () => {
    const user = open(popupServices());
    await row(/Ana/);
    const search = screen.getByRole('searchbox');
    await user.keyboard('/');
    expect(document.activeElement).toBe(search);
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Ana');
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(search);
  });

  it('letters in the search field are letters', async () => {
    const services = popupServices();
    const user = open(services);
    await user.keyboard('/');
    await user.keyboard('jm1k');
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('jm1k');
    expect(screen.getByRole('radio', { name: 'Mine' }).getAttribute('aria-checked')).toBe('true');
  });

  it('m changes whose leads, 1 to 3 filter', async () => {
    const services = popupServices();
    const user = open(services);
    await row(/Ana/);
    await user.keyboard('m');
    await waitFor(() => expect(services.summary).toHaveBeenLastCalledWith({ mine: false }));
    await user.keyboard('3');
    await waitFor(() => expect(services.summary).toHaveBeenLastCalledWith({ mine: false, group: 'today' }));
    await user.keyboard('3');
    await waitFor(() => expect(services.summary).toHaveBeenLastCalledWith({ mine: false }));
  });

  it('Escape clears the search first, then closes', async () => {
    const services = popupServices();
    const user = open(services);
    await user.keyboard('/');
    await user.keyboard('ana');
    await user.keyboard('{Escape}');
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('');
    expect(services.close).not.toHaveBeenCalled();
    await user.keyboard('{Escape}');
    expect(services.close).toHaveBeenCalledOnce();
  });

  it('with a modifier belong to the browser', async () => {
    const services = popupServices();
    const user = open(services);
    await row(/Ana/);
    await user.keyboard('{Control>}m{/Control}');
    expect(services.summary).toHaveBeenCalledTimes(1);
  });

  it('the list is one stop of Tab', async () => {
    open(popupServices());
    await row(/Ana/);
    expect(rows().map((button) => button.tabIndex)).toEqual([0, -1, -1]);
  });
});

describe('states of the list', () => {
  it('loading: the frame is there, the list says so', () => {
    open(popupServices({ summary: () => new Promise(() => {}) }));
    expect(screen.getByRole('status', { name: 'Loading your leads' })).toBeTruthy();
    expect(screen.getByRole('searchbox')).toBeTruthy();
  });

  it('first run: says what to do', async () => {
    const off = { kind: 'off', origin: site.origin, pattern: site.pattern } as const;
    open(popupServices({ summary: async () => summaryOf([], { leads: 0 }), site: async () => off }));
    expect(await screen.findByText('No leads known yet')).toBeTruthy();
    expect(screen.getByText('Open a list of leads in your CRM.')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Turn on here' })).toBeTruthy();
  });

  it('nothing overdue: says what is next', async () => {
    const user = open(
      popupServices({ summary: answering([rowWith('Bruno', { group: 'at-risk', clock: riskyClock })]) }),
    );
    await row(/Bruno/);
    await user.keyboard('1');
    expect(await screen.findByText('Nothing is overdue')).toBeTruthy();
    expect(screen.getByText('Next: Bruno · First touch, due today 16:51.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show all that is due' }));
    expect(await row(/Bruno/)).toBeTruthy();
  });

  it('nothing at all: says how many are watched and offers the others’', async () => {
    const services = popupServices({ summary: answering([]) });
    const user = open(services);
    expect(await screen.findByText('Nothing is due today')).toBeTruthy();
    expect(screen.getByText('Relevo keeps an eye on 40 leads.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: "Show everyone's leads" }));
    await waitFor(() => expect(services.summary).toHaveBeenLastCalledWith({ mine: false }));
  });

  it('too much: says how many are shown', async () => {
    open(popupServices({ summary: answering(threeRows, { total: 1234 }) }));
    expect(await screen.findByText('3 of 1,234 shown: search to narrow.')).toBeTruthy();
  });

  it('the worker does not answer: says what is safe and tries again when told to', async () => {
    const summary = vi
      .fn<PopupServices['summary']>(answering(threeRows))
      .mockRejectedValueOnce(new Error('no receiver'));
    const user = open(popupServices({ summary }));
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing is lost');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await row(/Ana/)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('the worker stays silent: that is no answer either', async () => {
    vi.useFakeTimers();
    open(popupServices({ summary: () => new Promise(() => {}) }));
    await act(() => vi.advanceTimersByTimeAsync(6_000));
    expect(screen.getByRole('alert').textContent).toContain('Relevo did not answer');
  });

  it('a newer answer fails: what was shown stays, with its age', async () => {
    const summary = vi.fn<PopupServices['summary']>(answering(threeRows));
    open(popupServices({ summary }));
    await row(/Ana/);
    summary.mockRejectedValueOnce(new Error('no receiver'));
    act(() => void window.dispatchEvent(new Event('focus')));
    expect((await screen.findByRole('alert')).textContent).toContain('this is as of today 16:40');
    expect(rows()).toHaveLength(3);
  });

  it('it is not known who "me" is: says that everyone’s are shown', async () => {
    open(popupServices({ summary: answering(threeRows, { viewerKnown: false }) }));
    expect(await screen.findByText(/the CRM has not shown yet who you are/)).toBeTruthy();
  });

  it('problems of worker and page are said once each', async () => {
    const limited = { code: 'api-limited', since: now } as const;
    const health = { ...site.health, problems: [limited] } as typeof site.health;
    const problems = [limited, { code: 'ledger-full', since: now - minute }] as const;
    open(popupServices({ summary: answering(threeRows, { problems }), site: async () => ({ ...site, health }) }));
    const bar = await screen.findByRole('region', { name: 'What does not work right now' });
    await waitFor(() => expect(within(bar).getAllByRole('listitem')).toHaveLength(2));
    expect(bar.textContent).toContain('The CRM asked us to slow down');
  });

  it('a lead whose address is not known is not opened, and the popup stays', async () => {
    const services = popupServices({ openLead: async () => false });
    const user = open(services);
    await user.click(await row(/Ana/));
    expect((await screen.findByRole('alert')).textContent).toContain('address is not known');
    expect(services.close).not.toHaveBeenCalled();
  });
});

describe('the line of the site', () => {
  const line = () => screen.getByRole('region', { name: 'This page' });
  const off = { kind: 'off', origin: site.origin, pattern: site.pattern } as const;

  it('says which CRM it is and how well it is read', async () => {
    open(popupServices());
    await waitFor(() => expect(line().textContent).toContain('EspoCRM · 20 of 20 leads read'));
  });

  it('says how many are not read in full, and of what', async () => {
    const health = {
      ...site.health,
      read: 19,
      whole: 17,
      missing: { handedOverAt: 2, recordId: 1 },
    } as typeof site.health;
    open(popupServices({ site: async () => ({ ...site, health }) }));
    await waitFor(() =>
      expect(line().textContent).toContain('EspoCRM · 3 of 20 leads not read in full: hand-off date, record'),
    );
    expect(within(line()).getByTitle('Not read: hand-off date (2), record (1)')).toBeTruthy();
  });

  it('says what a CRM changed, there and not a second time above', async () => {
    const problems = [
      { code: 'page-changed', since: now, detail: 'status' },
      { code: 'page-changed', since: now, detail: 'rowHead' },
    ] as const;
    open(
      popupServices({ site: async () => ({ ...site, health: { ...site.health, problems } as typeof site.health }) }),
    );
    await waitFor(() =>
      expect(line().textContent).toContain('EspoCRM changed its page. No longer read: status, “rowHead”'),
    );
    expect(screen.queryByRole('region', { name: 'What does not work right now' })).toBeNull();
  });

  it.each([
    [4, 'EspoCRM · no leads on this page', 'circle-dashed'],
    [5, 'EspoCRM · no leads here, nor on the 4 pages before, where there always were some', 'circle-question-mark'],
  ])(
    'does not praise a page without leads, and wonders where there always were some (%i)',
    async (emptyRun, words, icon) => {
      const health = { ...site.health, rows: 0, read: 0, whole: 0, emptyRun } as typeof site.health;
      open(popupServices({ site: async () => ({ ...site, health }) }));
      await waitFor(() => expect(line().textContent).toContain(words));
      expect(line().querySelector(`.lucide-${icon}`)).not.toBeNull();
      expect(line().querySelector('.lucide-circle-check')).toBeNull();
    },
  );

  it('says where a CRM is known and this page can’t be read', async () => {
    const health = { ...site.health, noSurface: true } as typeof site.health;
    open(popupServices({ site: async () => ({ ...site, health }) }));
    await waitFor(() => expect(line().textContent).toContain("recognised, but this page can't be read yet"));
  });

  it('says where leads have no start for want of a zone, and leads to where it is set', async () => {
    const services = popupServices({
      site: async () => ({ ...site, zoneWanted: true }),
      openTimes: vi.fn<() => void>(),
    });
    const user = open(services);
    await waitFor(() => expect(line().textContent).toContain('No clock starts here'));
    await user.click(within(line()).getByRole('button', { name: 'Set the zone' }));
    expect(services.openTimes).toHaveBeenCalledOnce();
  });

  it('leads to the options', async () => {
    const services = popupServices();
    const user = open(services);
    await user.click(await screen.findByRole('button', { name: 'Options' }));
    expect(services.openOptions).toHaveBeenCalledOnce();
  });

  it.each([
    [{ kind: 'not-a-site' } as const, 'No CRM on this page.'],
    [off, 'Off on crm.example.com'],
    [{ ...site, health: null }, 'On. If no badges appear, reload the page.'],
  ])('says it for $kind', async (state, words) => {
    open(popupServices({ site: async () => state }));
    await waitFor(() => expect(line().textContent).toContain(words));
  });

  it('asks for the permission inside the click itself', async () => {
    const services = popupServices({ site: async () => off });
    const user = open(services);
    const button = await screen.findByRole('button', { name: 'Turn on here' });
    let asked: unknown;
    // After ours, in the same event: nothing was awaited in between.
    document.addEventListener('click', () => (asked = services.turnOn.mock.calls[0]?.[0]), { once: true });
    await user.click(button);
    expect(asked).toEqual(off);
  });

  it('says it when the person, or the browser, refuses', async () => {
    const user = open(popupServices({ site: async () => off, turnOn: async () => false }));
    await user.click(await screen.findByRole('button', { name: 'Turn on here' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Relevo stays off here');
  });

  it('gives the permission back', async () => {
    const services = popupServices();
    const user = open(services);
    await user.click(await screen.findByRole('button', { name: 'Turn off here' }));
    expect(services.turnOff).toHaveBeenCalledWith(site);
  });
});

describe('the organisation’s CRMs', () => {
  it('one that is not allowed yet is said in a line, and asked for inside the click itself', async () => {
    speak('es');
    const pattern = 'https://crm.example/*';
    const services = popupServices({ policySites: async () => [{ pattern, granted: false }] });
    const user = open(services);
    const line = await screen.findByRole('region', { name: 'CRM de tu organización' });
    expect(line.textContent).toContain('Tu organización usa crm.example. Relevo todavía no está activado ahí.');
    let asked: unknown;
    document.addEventListener('click', () => (asked = services.allowSites.mock.calls[0]?.[0]), { once: true });
    await user.click(within(line).getByRole('button', { name: 'Permitir' }));
    expect(asked).toEqual([pattern]);
    await waitFor(() => expect(screen.queryByRole('region', { name: 'CRM de tu organización' })).toBeNull());
  });
});

// @vitest-environment happy-dom
/** The popup below what is due: what comes next, what waits for marketing, what is silent, and what is done to several rows. */
import { act, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PopupApp } from '../../../components/popup/popup-app';
import type { PopupServices } from '../../../components/popup/services';
import { defaultTerms } from '../../../lib/agreement/defaults';
import type { Fact } from '../../../lib/lead/facts';
import type { QueueRow, WaitingRow } from '../../../lib/messages/summary';
import { speak } from '../support/i18n';
import { answering, clockWith, hour, now, popupServices, rowWith, summaryOf, threeRows, today } from './support';

// What is drawn after the first paint comes late on a busy machine.
configure({ asyncUtilTimeout: 4_000 });

const open = (services: PopupServices) => {
  render(<PopupApp services={services} />);
  return userEvent.setup();
};
const row = (name: RegExp) => screen.findByRole('button', { name });
const list = (name: string) => screen.findByRole('list', { name });
const tomorrow = today(9) + 24 * hour;

function later(name: string, change: Partial<QueueRow> = {}): QueueRow {
  const { group: _group, ...rest } = rowWith(name);
  return { ...rest, clock: clockWith({ dueAt: tomorrow + hour, atRiskAt: null, leftMs: 60 * 60_000 }), ...change };
}

const factOf = (content: object, id: string): Fact =>
  ({ lead: threeRows[0]?.lead, at: today(10), recordedAt: today(10), author: 'Luis Ortega', id, ...content }) as Fact;

const waitingWith = (name: string, content: object, dueAt: number | null): WaitingRow => ({
  lead: `crm|https://crm.example.com|Lead|${name}`,
  name,
  company: 'Nimbus',
  crm: 'EspoCRM',
  url: null,
  fact: factOf(content, `fact-${name}`),
  dueAt,
});

const dataFlag = { kind: 'flag', party: 'sales', reason: 'data', detail: 'phone', data: true };
const rejection = { kind: 'verdict', verdict: 'rejected', reason: 'timing' };
const blocked = { kind: 'blocked', by: 'sales', needs: 'the price list' };

beforeEach(() => speak('en'));
afterEach(() => vi.useRealTimers());

describe('what comes after today', () => {
  it('stands below what is due, in the order of the worker, and the keys go on into it', async () => {
    const user = open(popupServices({ summary: answering(threeRows, { next: [later('Eva'), later('Finn')] }) }));
    const next = await list('Leads due after today, the soonest first');
    expect(
      within(next)
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual([expect.stringContaining('Eva'), expect.stringContaining('Finn')]);
    expect(screen.getByRole('heading', { name: 'Next' })).toBeTruthy();
    await user.keyboard('jjjj');
    expect(document.activeElement?.textContent).toContain('Eva');
  });

  it('shows a few, and the rest on request', async () => {
    const many = Array.from({ length: 12 }, (_, index) => later(`Lead ${index}`));
    const user = open(popupServices({ summary: answering(threeRows, { next: many }) }));
    const next = await list('Leads due after today, the soonest first');
    expect(within(next).getAllByRole('listitem')).toHaveLength(5);
    await user.click(screen.getByRole('button', { name: 'Show 7 more' }));
    expect(within(next).getAllByRole('listitem')).toHaveLength(12);
  });

  it('is left out while a figure filters', async () => {
    const user = open(popupServices({ summary: answering(threeRows, { next: [later('Eva')] }) }));
    await row(/Eva/);
    await user.keyboard('1');
    await waitFor(() => expect(screen.queryByRole('button', { name: /Eva/ })).toBeNull());
  });

  it('is found by a search that finds nothing due', async () => {
    const user = open(popupServices({ summary: async () => summaryOf([], { next: [later('Eva')] }) }));
    await user.type(screen.getByRole('searchbox'), 'eva');
    await row(/Eva/);
    await waitFor(() => expect(screen.queryByText(/No lead matches/)).toBeNull());
  });
});

describe('what waits for marketing', () => {
  const terms = { reasons: defaultTerms.taxonomy.reasons, parties: { marketing: {}, sales: {} } };
  const waiting = [
    waitingWith('Gil', dataFlag, today(16)),
    waitingWith('Hana', blocked, today(18)),
    waitingWith('Ivo', rejection, null),
  ];

  it('says what is asked, in which words, and until when', async () => {
    open(popupServices({ summary: answering(threeRows, { waiting, terms }) }));
    const buttons = within(await list('Waiting for you')).getAllByRole('button');
    expect(buttons.map(({ textContent }) => textContent)).toEqual([
      'Fix data, Gil, Flagged: Missing or wrong data (phone), Overdue, due today 16:00, Nimbus',
      'Unblock, Hana, Blocked, needs: the price list, due today 18:00, Nimbus',
      'Answer, Ivo, Rejected: Not now, no date promised, Nimbus',
    ]);
    expect(buttons[0]?.title).toContain('Sales asks you to fix data');
  });

  it('says it in Spanish', async () => {
    speak('es');
    open(popupServices({ summary: answering(threeRows, { waiting, terms }) }));
    const [first] = within(await list('Esperan tu respuesta')).getAllByRole('button');
    expect(first?.textContent).toMatch(
      /^Corregir, Gil, .*Datos que faltan .+, Fuera de plazo, vence hoy 16:00, Nimbus$/,
    );
  });

  it('is searched too', async () => {
    const user = open(popupServices({ summary: answering(threeRows, { waiting, terms }) }));
    await row(/Gil/);
    await user.type(screen.getByRole('searchbox'), 'hana');
    await waitFor(() => expect(screen.queryByRole('button', { name: /Gil/ })).toBeNull());
    expect(screen.getByRole('button', { name: /Hana/ })).toBeTruthy();
  });

  it('is no group at all where nothing waits', async () => {
    open(popupServices({ summary: answering(threeRows, { waiting: [] }) }));
    await row(/Ana/);
    expect(screen.queryByRole('heading', { name: 'Waiting for you' })).toBeNull();
  });
});

describe('escalation', () => {
  it.each([
    [{ role: 'manager', name: null }, 'Manager told'],
    [{ role: 'owner', name: 'Luis Ortega' }, 'Owner told'],
    [{ role: 'named', name: 'Nora Vidal' }, 'Nora Vidal told'],
    [{ role: 'marketing', name: null }, 'Marketing told'],
  ] as const)('to %j is said in words in the row', async (to, words) => {
    const escalated = { level: 'late', on: 'overdue', to, since: today(16) } as const;
    open(popupServices({ summary: answering([rowWith('Ana', { escalated })]) }));
    const button = await row(/Ana/);
    expect(button.textContent).toContain(words);
    expect(button.title).toContain(`${words}: Thursday, March 12, 2026`);
  });
});

describe('next lead', () => {
  it.each([
    ['its key', (user: ReturnType<typeof userEvent.setup>) => user.keyboard('n')],
    [
      'its button',
      (user: ReturnType<typeof userEvent.setup>) => user.click(screen.getByRole('button', { name: /Next lead/ })),
    ],
  ])('by %s opens the one that the worker names and closes the popup', async (_how, go) => {
    const services = popupServices({ next: async () => threeRows[1]?.lead ?? null });
    const user = open(services);
    await row(/Ana/);
    await go(user);
    await waitFor(() => expect(services.close).toHaveBeenCalledOnce());
    expect(services.openLead).toHaveBeenCalledWith(threeRows[1]?.lead);
  });

  it('says so where there is none, and where nobody answers', async () => {
    const next = vi.fn<PopupServices['next']>(async () => null);
    const services = popupServices({ next });
    const user = open(services);
    await row(/Ana/);
    await user.keyboard('n');
    expect((await screen.findByRole('alert')).textContent).toContain('no lead to go to next');
    next.mockRejectedValueOnce(new Error('no receiver'));
    await user.keyboard('n');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Nothing is lost'));
    expect(services.close).not.toHaveBeenCalled();
  });
});

describe('snooze', () => {
  it('s opens a menu that says what it does not do; s again is an hour, and the focus goes on to the next row', async () => {
    const services = popupServices();
    const user = open(services);
    await row(/Ana/);
    await user.keyboard('js');
    const menu = screen.getByRole('menu', { name: 'Snooze my reminders of Ana' });
    const hint = document.getElementById(menu.getAttribute('aria-describedby') ?? '');
    expect(hint?.textContent).toBe('Only your reminders are silent. The clocks go on.');
    expect(document.activeElement?.textContent).toContain('in 1 h');
    await user.keyboard('s');
    expect(services.snooze).toHaveBeenCalledWith([threeRows[0]?.lead], now + hour);
    expect(await screen.findByText('Reminders of 1 lead silent until today 17:40')).toBeTruthy();
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement?.textContent).toContain('Bruno');
    expect(services.summary).toHaveBeenCalledTimes(2);
  });

  it('offers tomorrow at nine and the next working day, by arrows and by digits', async () => {
    const friday = now + 24 * hour;
    const services = popupServices({ now: () => friday });
    const user = open(services);
    await row(/Ana/);
    await user.keyboard('js');
    const items = screen.getAllByRole('menuitem').map(({ textContent }) => textContent);
    expect(items.slice(0, 3)).toEqual(['in 1 hours', 'tomorrow 09:002', 'Next working day · Mon 09:003']);
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Next working day');
    await user.keyboard('2');
    expect(services.snooze).toHaveBeenCalledWith([threeRows[0]?.lead], new Date(2026, 2, 14, 9).getTime());
  });

  it('Escape leaves the menu, back on the row, and nothing is silent', async () => {
    const services = popupServices();
    const user = open(services);
    await row(/Ana/);
    await user.keyboard('jjs{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement?.textContent).toContain('Bruno');
    expect(services.snooze).not.toHaveBeenCalled();
    expect(services.close).not.toHaveBeenCalled();
  });

  it('can be taken back', async () => {
    const services = popupServices();
    const user = open(services);
    await row(/Ana/);
    await user.keyboard('jss');
    await screen.findByText(/silent until/);
    await user.keyboard('u');
    expect(services.snooze).toHaveBeenLastCalledWith([threeRows[0]?.lead], null);
    expect(await screen.findByText('Reminders of 1 lead are on again')).toBeTruthy();
  });

  it('that could not be kept says so, and offers no undo', async () => {
    const user = open(popupServices({ snooze: async () => false }));
    await row(/Ana/);
    await user.keyboard('jss');
    expect((await screen.findByRole('alert')).textContent).toContain('nothing was changed');
    expect(screen.queryByRole('button', { name: /Undo/ })).toBeNull();
  });

  it('without a row in focus does nothing', async () => {
    open(popupServices());
    await row(/Ana/);
    await userEvent.keyboard('s');
    expect(screen.queryByRole('menu')).toBeNull();
  });
});

describe('several rows', () => {
  it('x selects and brings the boxes, Shift and arrows select on, s silences all of them at once', async () => {
    const services = popupServices();
    const user = open(services);
    await row(/Ana/);
    expect(screen.queryAllByRole('checkbox')).toHaveLength(0);
    await user.keyboard('jx');
    expect(screen.getAllByRole<HTMLInputElement>('checkbox').map(({ checked }) => checked)).toEqual([
      true,
      false,
      false,
    ]);
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(document.activeElement?.textContent).toMatch(/Bruno.*, selected$/);
    expect(screen.getAllByText('2 selected')).toHaveLength(2);
    await user.keyboard('s');
    expect(screen.getByRole('menu', { name: 'Snooze my reminders of 2 leads' })).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(services.snooze).toHaveBeenCalledWith([threeRows[0]?.lead, threeRows[1]?.lead], now + hour);
    await waitFor(() => expect(screen.queryAllByRole('checkbox')).toHaveLength(0));
    expect(document.activeElement?.textContent).toContain('Chen');
  });

  it('go by pointer too: the switch, the boxes, the button', async () => {
    const services = popupServices();
    const user = open(services);
    await row(/Ana/);
    await user.click(screen.getByRole('button', { name: 'Select rows', pressed: false }));
    await user.click(screen.getByRole('checkbox', { name: 'Select Chen' }));
    await user.click(screen.getByRole('button', { name: /^Snooze/ }));
    await user.click(screen.getByRole('menuitem', { name: /in 1 h/ }));
    expect(services.snooze).toHaveBeenCalledWith([threeRows[2]?.lead], now + hour);
  });

  it('Escape ends the selection before anything else', async () => {
    const services = popupServices();
    const user = open(services);
    await row(/Ana/);
    await user.keyboard('jx{Escape}');
    expect(screen.queryAllByRole('checkbox')).toHaveLength(0);
    expect(services.close).not.toHaveBeenCalled();
    await user.keyboard('{Escape}');
    expect(services.close).toHaveBeenCalledOnce();
  });

  it('that left the list are not silenced', async () => {
    const services = popupServices();
    const user = open(services);
    await row(/Ana/);
    await user.keyboard('jxjx');
    services.summary.mockImplementation(answering(threeRows.slice(1)));
    act(() => void window.dispatchEvent(new Event('focus')));
    await waitFor(() => expect(screen.queryByRole('button', { name: /Ana/ })).toBeNull());
    await user.keyboard('ss');
    expect(services.snooze).toHaveBeenCalledWith([threeRows[1]?.lead], now + hour);
  });
});

describe('snoozed leads', () => {
  const snoozed = [later('Kim', { snoozedUntil: tomorrow }), later('Lou', { snoozedUntil: today(18) })];

  it('are one line that opens into them, says until when, and ends it for all', async () => {
    const services = popupServices({ summary: answering(threeRows, { snoozed }) });
    const user = open(services);
    const line = await screen.findByRole('button', { name: 'Snoozed (2)', expanded: false });
    await user.click(line);
    const kim = await row(/Kim/);
    expect(kim.textContent).toContain('until tomorrow 09:00');
    expect(kim.title).toContain('Silent until Friday, March 13, 2026');
    await user.click(screen.getByRole('button', { name: 'Wake all' }));
    expect(services.snooze).toHaveBeenCalledWith(
      snoozed.map(({ lead }) => lead),
      null,
    );
  });

  it('s wakes the one in focus; a selection leaves them out', async () => {
    const services = popupServices({ summary: answering([], { snoozed }) });
    const user = open(services);
    await user.click(await screen.findByRole('button', { name: 'Snoozed (2)' }));
    await row(/Kim/);
    await user.keyboard('jx');
    expect(screen.queryAllByRole('checkbox')).toHaveLength(0);
    await user.keyboard('s');
    expect(services.snooze).toHaveBeenCalledWith([snoozed[0]?.lead], null);
  });

  it('are asked for again when the first of them wakes', async () => {
    vi.useFakeTimers();
    vi.setSystemTime(now);
    const soon = [later('Kim', { snoozedUntil: now + 90_000 })];
    const services = popupServices({ summary: answering(threeRows, { snoozed: soon }), now: () => Date.now() });
    open(services);
    await act(() => vi.advanceTimersByTimeAsync(30_000));
    expect(services.summary).toHaveBeenCalledTimes(1);
    await act(() => vi.advanceTimersByTimeAsync(120_000));
    expect(services.summary.mock.calls.length).toBeGreaterThan(1);
  });
});

describe('key help', () => {
  it('shows the keys of every day, and all of them on ?', async () => {
    const user = open(popupServices());
    await row(/Ana/);
    const keys = screen.getByRole('list', { name: 'Keys' });
    expect(within(keys).getAllByRole('listitem')).toHaveLength(4);
    await user.keyboard('?');
    expect(keys.textContent).toContain('x select');
    expect(keys.textContent).toContain('m mine or all');
    expect(screen.getByRole('button', { name: /fewer keys/, expanded: true })).toBeTruthy();
  });
});

// @vitest-environment happy-dom
/** The panel: one lead, all clocks, the reason for each deadline; and polite refusals. */
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PanelApp } from '../../../components/panel/panel-app';
import type { PanelServices } from '../../../components/panel/services';
import type { ExplainStep } from '../../../lib/clock/explain-types';
import { speak } from '../support/i18n';
import { clockWith, hour, minute, now, overdueClock, panelReply, panelServices, staleClock, today } from './support';

const open = (services: PanelServices) => {
  render(<PanelApp services={services} />);
  return userEvent.setup();
};

const steps: readonly ExplainStep[] = [
  { kind: 'start', at: today(13, 30), event: 'hand-off' },
  { kind: 'open', from: today(13, 30), to: today(14), countedMs: 30 * minute, leftMs: 30 * minute },
  { kind: 'gap', from: today(14), to: today(15), reason: 'break' },
  { kind: 'pause', from: today(15), to: today(16), reason: 'waiting for documents', author: 'crm:espocrm' },
  { kind: 'open', from: today(16), to: today(16, 30), countedMs: 30 * minute, leftMs: 0 },
  { kind: 'due', at: today(16, 30), clause: '3.2', targetMs: hour },
];
const running = clockWith();

beforeEach(() => speak('en'));

describe('the panel', () => {
  it('shows the lead, takes the focus, and is labelled', async () => {
    open(panelServices(async () => panelReply([{ clock: running, steps }])));
    const dialog = await screen.findByRole('dialog', { name: 'Lead: Ana Pérez' });
    expect(document.activeElement).toBe(dialog);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Ana Pérez');
    expect(dialog.textContent).toContain('StatusNuevo');
    expect(dialog.textContent).toContain('OwnerLuis Ortega');
    expect(dialog.textContent).toContain('Last read in EspoCRM: today 16:12');
    expect(dialog.textContent).toContain('Agreement: acme, version 4 · set by your organisation');
  });

  it('shows all clocks, the most urgent first and open', async () => {
    const accept = clockWith({ ...overdueClock, commitment: 'accept', clause: '3.1' });
    const user = open(
      panelServices(async () =>
        panelReply([
          { clock: running, steps },
          { clock: accept, steps: [] },
        ]),
      ),
    );
    const [first, second] = await screen.findAllByRole('button', { name: /owed by Sales/ });
    expect(first?.textContent).toBe('Accept clause 3.1 · owed by Sales Overdue, −1 h 40');
    expect(first?.getAttribute('aria-expanded')).toBe('true');
    expect(second?.getAttribute('aria-expanded')).toBe('false');
    await user.click(second as HTMLElement);
    expect(second?.getAttribute('aria-expanded')).toBe('true');
  });

  it('says the time left in words and the due instant on the wall clock', async () => {
    open(panelServices(async () => panelReply([{ clock: running, steps }])));
    expect(await screen.findByText('20 minutes left')).toBeTruthy();
    expect(screen.getByText('Due today 17:00')).toBeTruthy();
  });

  it('closes with Escape and with its button', async () => {
    const services = panelServices(async () => panelReply([]));
    const user = open(services);
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(services.signal.mock.calls.filter(([signal]) => signal.relevo === 'close')).toHaveLength(2);
  });

  it('tells the page around it its height, and nothing else', async () => {
    let resized: () => void = () => {};
    vi.stubGlobal(
      'ResizeObserver',
      class {
        constructor(callback: () => void) {
          resized = callback;
        }
        observe() {}
        disconnect() {}
      },
    );
    const services = panelServices(async () => panelReply([{ clock: running, steps }]));
    open(services);
    const dialog = await screen.findByRole('dialog', { name: 'Lead: Ana Pérez' });
    vi.spyOn(dialog, 'getBoundingClientRect').mockReturnValue({ height: 321.2 } as DOMRect);
    act(() => resized());
    act(() => resized());
    expect(services.signal.mock.calls).toEqual([[{ relevo: 'height', px: 322 }]]);
    vi.unstubAllGlobals();
  });

  it('keeps its height while it waits for an answer: nothing closes and opens again', async () => {
    const observed: Element[] = [];
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe(element: Element) {
          observed.push(element);
        }
        disconnect() {}
      },
    );
    const answered = Promise.withResolvers<ReturnType<typeof panelReply>>();
    open(panelServices(() => answered.promise));
    await act(() => Promise.resolve());
    expect(observed).toEqual([]);
    answered.resolve(panelReply([{ clock: running, steps }]));
    const dialog = await screen.findByRole('dialog', { name: 'Lead: Ana Pérez' });
    expect(observed).toEqual([dialog]);
    vi.unstubAllGlobals();
  });

  it('says so when the agreement promises nothing for this lead', async () => {
    open(panelServices(async () => panelReply([])));
    expect(await screen.findByText('The agreement promises nothing for this lead.')).toBeTruthy();
  });

  it('shows problems in words', async () => {
    open(panelServices(async () => panelReply([], { problems: [{ code: 'agreement-newer', since: now }] })));
    expect(await screen.findByText(/written by a newer Relevo/)).toBeTruthy();
  });
});

describe('the sentences of a clock', () => {
  it.each([
    ['overdue', overdueClock, ['Late by 1 hour, 40 minutes', 'Was due today 15:00']],
    [
      'unknown, stale: not called late',
      staleClock,
      [
        'Its time ran out 5 hours, 40 minutes ago',
        'Not seen since today 16:12: open the lead in the CRM to read it again',
        'Was due today 11:00',
      ],
    ],
    [
      'unknown, touches that cannot be read: not called late',
      { ...staleClock, unknown: 'touches' as const },
      [
        'Its time ran out 5 hours, 40 minutes ago',
        'The CRM does not let Relevo read touches: one may have been made in time',
        'Was due today 11:00',
      ],
    ],
    [
      'unknown, no start',
      clockWith({ state: 'unknown', unknown: 'no-start', startAt: null, dueAt: null, leftMs: null }),
      ['The CRM does not say when this started'],
    ],
    [
      'unknown, no instant of the evidence',
      clockWith({ state: 'unknown', unknown: 'evidence', leftMs: null }),
      ['Something was done, but the CRM does not say when', 'Due today 17:00'],
    ],
    [
      'paused',
      clockWith({
        state: 'paused',
        dueAt: null,
        pauses: [{ from: today(16, 20), to: null, reason: 'holiday', author: 'Luis' }],
      }),
      ['20 minutes left', 'Paused since today 16:20'],
    ],
    ['met', clockWith({ state: 'met', doneAt: today(16, 30) }), ['Done in time, today 16:30', 'Was due today 17:00']],
    [
      'missed, known only between two instants',
      clockWith({ state: 'missed', dueAt: today(15), doneAt: today(16, 30), doneEarliest: today(16) }),
      ['Done too late, between today 16:00 and today 16:30', 'Was due today 15:00'],
    ],
    ['ended', clockWith({ state: 'ended', doneAt: null, dueAt: null, leftMs: null }), ['No longer runs']],
    [
      'scheduled',
      clockWith({ state: 'scheduled', runsFrom: today(18), calendar: 'office', leftMs: hour }),
      ['1 hour of working time left', 'Starts today 18:00', 'Due today 17:00'],
    ],
  ])('%s', async (_, clock, sentences) => {
    open(panelServices(async () => panelReply([{ clock, steps: [] }])));
    const promised = await screen.findByRole('region', { name: 'What is promised for this lead' });
    const heading = within(promised).getByRole('heading', { level: 2 });
    const said = Array.from(heading.nextElementSibling?.children ?? [], (line) => line.textContent);
    expect(said).toEqual(sentences);
  });
});

describe('the explanation', () => {
  const told = async () => {
    const list = (await screen.findAllByRole('list')).find((candidate) => candidate.tagName === 'OL');
    return within(list as HTMLElement)
      .getAllByRole('listitem')
      .map((item) => item.lastElementChild?.textContent);
  };
  const show = (what: readonly ExplainStep[]) =>
    open(panelServices(async () => panelReply([{ clock: running, steps: what }])));

  it('tells every step in words', async () => {
    show(steps);
    expect(await told()).toEqual([
      'Start: hand-off',
      '30 minutes counted, 30 minutes to go',
      'Break, does not count',
      'Paused: waiting for documents (EspoCRM)',
      '30 minutes counted',
      'Due: 1 hour used up · clause 3.2',
    ]);
  });

  it('tells them in Spanish', async () => {
    speak('es');
    show(steps);
    expect(await told()).toEqual([
      'Inicio: traspaso',
      'Cuentan 30 minutos, faltan 30 minutos',
      'Descanso, no cuenta',
      'En pausa: waiting for documents (EspoCRM)',
      'Cuentan 30 minutos',
      'Vence: agotado el plazo de 1 hora · cláusula 3.2',
    ]);
  });

  it('tells what is missing, and why there is no due instant', async () => {
    show([
      { kind: 'start', at: now, event: 'something-newer' },
      { kind: 'more', count: 12, countedMs: 3 * hour },
      { kind: 'extension', at: now, extraMs: hour },
      { kind: 'pause', from: now, to: null, reason: 'closed', author: 'Marta' },
      { kind: 'no-due', reason: 'paused' },
    ]);
    expect(await told()).toEqual([
      'Start',
      '12 more steps, 3 hours counted in them',
      'New tier: 1 hour more',
      'Paused, no end yet: lead closed, then reopened (Marta)',
      'No due instant while the pause lasts',
    ]);
  });

  it('has a picture with a text alternative, and a legend of what is in it', async () => {
    show(steps);
    const picture = await screen.findByRole('img');
    expect(picture.getAttribute('aria-label')).toMatch(/^Time line\. Start: .+ Due: .+ Now: .+/);
    expect(Array.from(document.querySelectorAll('figure li'), ({ textContent }) => textContent)).toEqual([
      'counts',
      'closed',
      'paused',
    ]);
  });

  it('names the zone of the steps where it is not the reader’s own', async () => {
    const clock = clockWith({ calendar: 'tokyo', target: { workingMinutes: 60, calendar: 'tokyo' } });
    const calendars = { tokyo: { label: null, timeZone: 'Asia/Tokyo' } };
    open(panelServices(async () => panelReply([{ clock, steps }], { calendars })));
    expect(await screen.findByText('Times of the steps are in Asia/Tokyo.')).toBeTruthy();
    expect(screen.getByText('Promised: 1 hour of working time, calendar “tokyo”')).toBeTruthy();
  });
});

describe('refusals', () => {
  it.each([
    ['not-allowed', 'This panel was not opened from a badge', false],
    ['no-such-lead', 'This lead is not known', true],
    ['ledger-unavailable', "The browser won't open Relevo's database", true],
  ] as const)('%s: says what to do', async (reason, title, retry) => {
    const services = panelServices(async () => ({ ok: false, reason }));
    const user = open(services);
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByRole('heading').textContent).toBe(title);
    expect(alert.querySelector('p')?.textContent?.length).toBeGreaterThan(20);
    const again = within(alert).queryByRole('button', { name: 'Try again' });
    expect(again !== null).toBe(retry);
    if (!again) return;
    await user.click(again);
    expect(services.panel).toHaveBeenCalledTimes(2);
  });

  it('erased: nothing is recorded, and one click has it recorded again; where that failed, it says so', async () => {
    const recordAgain = vi.fn<PanelServices['recordAgain']>().mockResolvedValueOnce(false).mockResolvedValue(true);
    const services = panelServices(async () => ({ ok: false, reason: 'erased', lead: 'demo|x|lead|1' }), {
      recordAgain,
    });
    const user = open(services);
    expect(within(await screen.findByRole('alert')).getByRole('heading').textContent).toBe('This lead was erased here');
    await user.click(screen.getByRole('button', { name: 'Record this lead again' }));
    expect(await screen.findByText('That could not be saved. Nothing was changed. Try again.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Record this lead again' }));
    await waitFor(() => expect(screen.queryByText(/could not be saved/)).toBeNull());
    expect(recordAgain.mock.calls).toEqual([['demo|x|lead|1'], ['demo|x|lead|1']]);
  });

  it('no answer: says that nothing is lost, and tries again when told to', async () => {
    const panel = vi.fn<PanelServices['panel']>(async () => panelReply([])).mockRejectedValueOnce(new Error('gone'));
    const user = open(panelServices(panel));
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing is lost');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});

/** Reminders: told once for a lead and stage, many as one, never when nobody works, whatever the computer's clock does. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { defaultPerson, writePerson, type PersonSettings } from '../../../lib/settings/person';
import { onNotice } from '../../../lib/platform/notifications';
import { act } from '../../../lib/worker/act';
import { observe } from '../../../lib/worker/observe';
import { onReminder, remind, reminderAlarm, snoozeMs } from '../../../lib/worker/reminders';
import { quietEnd } from '../../../lib/worker/reminding';
import { rememberViewer } from '../../../lib/worker/viewers';
import { speak } from '../support/i18n';
import {
  alwaysOpen,
  exactly,
  hour,
  keyOf,
  minute,
  monday,
  origin,
  page,
  restartWorker,
  seen,
  startWorker,
  type TestWorker,
} from './support';

interface Shown {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly buttons: number;
}

let worker: TestWorker;
let shown: Shown[];
let allowed: boolean;
let takesButtons: boolean;

const popup = { kind: 'popup', origin: 'chrome-extension://x', tabId: null, frameId: null } as const;
const be = (more: Partial<PersonSettings>) =>
  writePerson({ ...defaultPerson, side: 'sales', reminders: { on: true }, ...more });

beforeEach(async () => {
  await begin(alwaysOpen);
});

async function begin(agreement: unknown): Promise<void> {
  worker = await startWorker(agreement);
  [shown, allowed, takesButtons] = [[], true, true];
  speak('en');
  vi.spyOn(browser.permissions, 'contains').mockImplementation(async () => allowed);
  vi.spyOn(browser.notifications, 'create').mockImplementation((async (
    id: string,
    options: { title: string; message: string; buttons?: unknown[] },
  ) => {
    if (options.buttons && !takesButtons) throw new Error('Property "buttons" is unsupported by Firefox');
    shown.push({ id, title: options.title, message: options.message, buttons: options.buttons?.length ?? 0 });
    return id;
  }) as never);
  await rememberViewer(origin, { id: '7', name: 'Lucía' });
  await be({});
  await remind(worker.context);
}

const lead = (recordId: string, ageMinutes: number, more: object = {}) =>
  seen(recordId, monday, {
    status: 'new',
    name: `Lead ${recordId}`,
    ownerId: '7',
    createdAt: exactly(monday - ageMinutes * minute),
    ...more,
  });

const know = (...observations: ReturnType<typeof lead>[]) => observe({ observations }, page, worker.context);
const told = async () => {
  shown.length = 0;
  await remind(worker.context);
  return shown.map(({ title }) => title);
};

describe('a reminder', () => {
  it('tells many in one, the most pressing first, and each once, also after the worker was stopped', async () => {
    await know(lead('1', 70), lead('2', 50), lead('3', 52));
    expect(await told()).toEqual(['1 lead overdue · 2 leads at risk']);
    expect(shown[0]).toMatchObject({ message: 'Lead 1, Lead 3, Lead 2', buttons: 2 });
    expect(await told()).toEqual([]);
    worker = restartWorker(monday + minute);
    expect(await told()).toEqual([]);
  });

  it('comes again for the next stage of a lead, once', async () => {
    await know(lead('1', 50));
    expect(await told()).toEqual(['1 lead at risk']);
    worker.at(monday + 11 * minute);
    await observe({ observations: [{ ...lead('1', 50), seenAt: monday + 11 * minute }] }, page, worker.context);
    expect(await told()).toEqual(['1 lead overdue']);
    expect(await told()).toEqual([]);
  });

  it('is not sent for a lead that was touched, nor for somebody else', async () => {
    await know(lead('1', 70, { firstTouchAt: exactly(monday - minute) }), lead('2', 70, { ownerId: '8' }));
    expect(await told()).toEqual([]);
  });

  it('tells of what was handed to me since reminders are on', async () => {
    worker.at(monday + 5 * minute);
    await know(lead('1', 5));
    expect(await told()).toEqual([]);
    worker.at(monday + 10 * minute);
    await know(lead('2', -8));
    expect(await told()).toEqual(['1 lead handed to you']);
    expect(await told()).toEqual([]);
  });

  it('tells of an answer to my flag, not of one that I gave myself', async () => {
    await know(lead('1', 5), lead('2', 5));
    await be({ side: 'sales' });
    const reject = async (key: string) =>
      (await act({ leads: [key], act: { do: 'reject', reason: 'spam' } }, popup, worker.context)).reply;
    const rejected = [await reject(keyOf('1')), await reject(keyOf('2'))];
    await told();
    const answer = async (index: number) => {
      const reply = rejected[index];
      const fact = reply?.ok ? (reply.facts[0] ?? '') : '';
      await act(
        { leads: [keyOf(String(index + 1))], act: { do: 'answer', fact, answer: 'agreed' } },
        popup,
        worker.context,
      );
    };
    worker.at(monday + minute);
    await be({ side: 'marketing' });
    await answer(0);
    expect(await told()).toEqual([]);
    await rememberViewer(origin, { id: '9', name: 'Marc' });
    await answer(1);
    await rememberViewer(origin, { id: '7', name: 'Lucía' });
    await be({ side: 'sales' });
    expect(await told()).toEqual(['1 flag of yours answered']);
    expect(await told()).toEqual([]);
  });

  it('is not sent while they are switched off or not allowed', async () => {
    await know(lead('1', 70));
    allowed = false;
    expect(await told()).toEqual([]);
    allowed = true;
    await be({ reminders: { on: false } });
    expect(await told()).toEqual([]);
    await be({});
    expect(await told()).toEqual(['1 lead overdue']);
  });

  it('works where the browser has no buttons', async () => {
    takesButtons = false;
    await know(lead('1', 70));
    await remind(worker.context);
    expect(shown).toMatchObject([{ title: '1 lead overdue', buttons: 0 }]);
  });

  it('that the browser did not take is tried again', async () => {
    await know(lead('1', 70));
    vi.mocked(browser.notifications.create).mockRejectedValueOnce(new Error('a')).mockRejectedValueOnce(new Error('b'));
    expect(await told()).toEqual([]);
    expect(await told()).toEqual(['1 lead overdue']);
  });
});

describe('when nobody works', () => {
  it('it is held back until the calendar opens, and an alarm stands there', async () => {
    const hours = { mon: [['10:00', '18:00']] };
    await begin({ ...alwaysOpen, calendars: { always: { timeZone: 'UTC', weekly: hours } } });
    await know(lead('1', 7 * 24 * 60));
    expect(await told()).toEqual([]);
    expect((await browser.alarms.get(reminderAlarm))?.scheduledTime).toBe(monday + hour);
    worker.at(monday + hour);
    expect(await told()).toEqual(['1 lead overdue']);
    expect(await browser.alarms.get(reminderAlarm)).toBeUndefined();
  });

  it('what has no calendar of its own is held back by the first of the agreement: elapsed time, and an answer', async () => {
    const hours = { mon: [['10:00', '18:00']] };
    const calendars = { always: { timeZone: 'UTC', weekly: hours } };
    const elapsed = [{ target: { elapsedMinutes: 60 } }];
    await begin({ ...alwaysOpen, calendars, commitments: [{ ...alwaysOpen.commitments[0], rules: elapsed }] });
    await know(lead('1', 7 * 24 * 60), lead('2', 1));
    const reject = { do: 'reject', reason: 'spam' } as const;
    const { reply } = await act({ leads: [keyOf('2')], act: reject }, popup, worker.context);
    const fact = reply.ok ? (reply.facts[0] ?? '') : '';
    await rememberViewer(origin, { id: '9', name: 'Marc' });
    await be({ side: 'marketing' });
    worker.at(monday + minute);
    const answer = { do: 'answer', fact, answer: 'agreed' } as const;
    expect((await act({ leads: [keyOf('2')], act: answer }, popup, worker.context)).reply.ok).toBe(true);
    await rememberViewer(origin, { id: '7', name: 'Lucía' });
    await be({});
    expect(await told()).toEqual([]);
    expect((await browser.alarms.get(reminderAlarm))?.scheduledTime).toBe(monday + hour);
    worker.at(monday + hour);
    expect(await told()).toEqual(['1 lead overdue · 1 flag of yours answered']);
  });

  it('it is held back in quiet hours', async () => {
    const time = (shift: number) => new Date(monday + shift).toTimeString().slice(0, 5);
    await be({ reminders: { on: true, quiet: { from: time(-hour), to: time(hour) } } });
    await know(lead('1', 70));
    expect(await told()).toEqual([]);
    worker.at(monday + hour);
    expect(await told()).toEqual(['1 lead overdue']);
  });

  it.each<[string, string, number, number]>([
    ['22:00', '07:00', 23, 31],
    ['22:00', '07:00', 3, 7],
    ['22:00', '07:00', 12, 12],
    ['12:00', '13:00', 12, 13],
    ['12:00', '13:00', 13, 13],
  ])('quiet from %s to %s, asked at %i, ends at %i', (from, to, asked, ends) => {
    const midnight = new Date(2026, 2, 12).getTime();
    const person = { reminders: { on: true, quiet: { from, to } } };
    expect(quietEnd(person, midnight + asked * hour)).toBe(midnight + ends * hour);
  });

  it('a snoozed lead is silent until its time, and its clock runs on', async () => {
    await know(lead('1', 70));
    await worker.context.withLedger((ledger) => ledger.snooze([keyOf('1')], monday + 2 * hour));
    expect(await told()).toEqual([]);
    expect((await browser.alarms.get(reminderAlarm))?.scheduledTime).toBe(monday + 2 * hour);
    worker.at(monday + 2 * hour);
    expect(await told()).toEqual(['1 lead overdue']);
  });
});

describe('a clock of the computer that jumps', () => {
  const year = 365 * 24 * hour;

  it('a year ahead: everything at once is one notice', async () => {
    await know(...Array.from({ length: 30 }, (_, index) => lead(String(index), 5)));
    worker.at(monday + year);
    expect(await told()).toEqual(['30 leads overdue']);
    expect(await told()).toEqual([]);
  });

  it('and back: reminders go on', async () => {
    await know(lead('1', 5));
    worker.at(monday + year);
    await told();
    worker.at(monday + 46 * minute);
    expect(await told()).toEqual(['1 lead at risk']);
    await know(lead('2', -46));
    worker.at(monday + 50 * minute);
    expect(await told()).toEqual(['1 lead handed to you']);
  });
});

describe('a click', () => {
  it('on the second button snoozes for an hour, everything else opens; both take the notice away', async () => {
    const opened = vi.spyOn(browser.tabs, 'create').mockResolvedValue({} as never);
    vi.spyOn(browser.tabs, 'query').mockResolvedValue([] as never);
    await know(lead('1', 70));
    await remind(worker.context);
    const id = shown.at(-1)?.id ?? '';
    await onReminder(id, null, worker.context);
    expect(opened).toHaveBeenCalledWith({ url: `${origin}/leads/1` });
    expect(await browser.storage.session.get(id)).toEqual({});
    await browser.storage.session.set({ [id]: [keyOf('1')] });
    await onReminder(id, 1, worker.context);
    const snoozed = await worker.context.withLedger((ledger) => ledger.snoozedAt(monday));
    expect(snoozed).toEqual(new Map([[keyOf('1'), monday + snoozeMs]]));
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it('is listened to once, and only where there is something to listen to', () => {
    const add = vi.spyOn(browser.notifications.onClicked, 'addListener');
    const listen = onNotice(() => {});
    listen();
    listen();
    expect(add).toHaveBeenCalledTimes(1);
  });
});

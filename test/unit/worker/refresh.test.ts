/** Rows that only moved on say the same as rows that are computed anew from their facts. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { dueLeadOf } from '../../../lib/ledger/due-lead';
import { act } from '../../../lib/worker/act';
import { observe } from '../../../lib/worker/observe';
import { projectAgain } from '../../../lib/worker/project';
import { clocksNow } from '../../../lib/worker/refresh';
import { defaultPerson, writePerson } from '../../../lib/settings/person';
import { alwaysOpen, exactly, hour, keyOf, minute, monday, page, seen, startWorker, type TestWorker } from './support';

const popup = { kind: 'popup', origin: 'chrome-extension://x', tabId: null, frameId: null } as const;
const officeDay = [['09:30', '17:00']];
const weekly = { mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay };
const agreement = {
  ...alwaysOpen,
  calendars: { ...alwaysOpen.calendars, office: { timeZone: 'UTC', weekly } },
  commitments: [
    { id: 'first-touch', owedBy: 'sales', rules: [{ target: { workingMinutes: 240, calendar: 'office' } }] },
    { id: 'accept', owedBy: 'sales', rules: [{ target: { elapsedMinutes: 300 } }] },
    { id: 'fix-data', owedBy: 'marketing', rules: [{ target: { workingMinutes: 60, calendar: 'always' } }] },
  ],
};
let worker: TestWorker;

beforeEach(async () => {
  worker = await startWorker(agreement);
  await writePerson({ ...defaultPerson, side: 'sales', name: 'Ana' });
  const lead = (recordId: string, ageMinutes: number, more: object = {}) =>
    seen(recordId, monday, { status: 'new', createdAt: exactly(monday - ageMinutes * minute), ...more });
  await observe(
    {
      observations: [
        lead('new', 5),
        lead('old', 290),
        lead('late', 3_000),
        lead('done', 60, { firstTouchAt: exactly(monday - 20 * minute) }),
        lead('paused', 30),
        lead('asked', 30),
      ],
    },
    page,
    worker.context,
  );
  const does = (what: Parameters<typeof act>[0]['act'], recordId: string) =>
    act({ leads: [keyOf(recordId)], act: what }, popup, worker.context);
  expect((await does({ do: 'pause', reason: 'on leave', until: monday + 40 * minute }, 'paused')).reply.ok).toBe(true);
  expect((await does({ do: 'reject', reason: 'data', detail: 'phone' }, 'asked')).reply.ok).toBe(true);
});

describe('the clocks of a row', () => {
  const passed = [0, 1, 29, 30, 41, 61, 120, 300, 301, 24 * 60, 3 * 24 * 60].map((minutes) => minutes * minute);

  it.each(passed)('are what its facts say, %i ms later', async (ms) => {
    const { context } = worker;
    worker.at(monday + ms);
    const inForce = await context.agreement();
    const keys = ['new', 'old', 'late', 'done', 'paused', 'asked'].map(keyOf);
    const known = await context.withLedger((ledger) => ledger.load(keys));
    const leads = [...known.values()].flatMap(({ record }) => (record ? dueLeadOf(record) : []));
    expect(leads).toHaveLength(keys.length);
    const shown = await clocksNow(leads, inForce, context);
    for (const [key, { record, facts }] of known) {
      if (!record) throw new Error(`${key} is not there`);
      expect(shown.get(key)).toEqual(projectAgain(record, facts, inForce, context).clocks);
    }
  });

  it('need no facts where nothing can have changed', async () => {
    const { context } = worker;
    worker.at(monday + 2 * minute);
    const ledger = await context.ledger();
    const leads = (await ledger.dueLeads(Number.MAX_SAFE_INTEGER)).filter(({ key }) => key === keyOf('new'));
    const load = vi.fn(ledger.load);
    const watched = {
      ...context,
      withLedger: <T>(job: (one: typeof ledger) => Promise<T>) => job({ ...ledger, load }),
    };
    const shown = await clocksNow(leads, await context.agreement(), watched);
    expect(shown.get(keyOf('new'))?.[0]?.asOf).toBe(monday + 2 * minute);
    expect(load).not.toHaveBeenCalled();
    worker.at(monday + 6 * hour);
    await clocksNow(leads, await context.agreement(), watched);
    expect(load).toHaveBeenCalledTimes(1);
  });
});

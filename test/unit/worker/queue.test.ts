/** The person's queue: order by value, what comes next, what waits for marketing, what is snoozed, who else knows. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { createMemoryLedger } from '../../../lib/ledger/memory';
import { queueRows } from '../../../lib/messages/summary';
import type { Act } from '../../../lib/messages/acts';
import { defaultPerson, writePerson, type PersonSettings } from '../../../lib/settings/person';
import { act } from '../../../lib/worker/act';
import { nextLead } from '../../../lib/worker/due';
import { observe } from '../../../lib/worker/observe';
import { createFollowUp, createServices } from '../../../lib/worker/services';
import { endOfLocalDay, summarise } from '../../../lib/worker/summary';
import { rememberViewer } from '../../../lib/worker/viewers';
import {
  alwaysOpen,
  exactly,
  hour,
  keyOf,
  minute,
  monday,
  origin,
  page,
  seen,
  startWorker,
  type TestWorker,
} from './support';

const popup = { kind: 'popup', origin: 'chrome-extension://x', tabId: null, frameId: null } as const;
const noon = new Date(monday).setHours(12, 0, 0, 0);
let worker: TestWorker;

const target = { workingMinutes: 60, calendar: 'always' };
const tiered = {
  ...alwaysOpen,
  commitments: [
    {
      id: 'first-touch',
      owedBy: 'sales',
      rules: [
        { when: [{ field: 'tier', operator: 'in', value: ['Gold', 'Silver'] }], target },
        { target: { elapsedMinutes: 60 } },
      ],
    },
    { id: 'resolve', owedBy: 'sales', rules: [{ target: { elapsedMinutes: 5_000 } }] },
    { id: 'fix-data', owedBy: 'marketing', rules: [{ target: { elapsedMinutes: 120 } }] },
    { id: 'unblock', owedBy: 'marketing', rules: [{ target: { elapsedMinutes: 90 } }] },
  ],
};

beforeEach(async () => {
  worker = await startWorker(tiered);
  worker.at(noon);
  await rememberViewer(origin, { id: '7', name: 'Lucía' });
  await be({});
});

const be = (more: Partial<PersonSettings>) => writePerson({ ...defaultPerson, side: 'sales', ...more });
const lead = (recordId: string, ageMinutes: number, more: object = {}) =>
  seen(recordId, noon, {
    status: 'new',
    name: `Lead ${recordId}`,
    ownerId: '7',
    owner: 'Lucía',
    createdAt: exactly(noon - ageMinutes * minute),
    ...more,
  });
const know = (...observations: ReturnType<typeof lead>[]) => observe({ observations }, page, worker.context);
const ask = (more: object = {}) => summarise({ mine: true, ...more }, worker.context);
const does = async (what: Act, recordId: string) =>
  (await act({ leads: [keyOf(recordId)], act: what }, popup, worker.context)).reply;

describe('the next lead', () => {
  it('is the one due soonest, of the same minute the better tier in the order of the rules', async () => {
    await know(lead('a', 20), lead('b', 20, { tier: 'Silver' }), lead('c', 20, { tier: 'gold' }), lead('d', 30));
    const { rows } = await ask();
    expect(rows.map(({ lead: key }) => key.at(-1))).toEqual(['d', 'c', 'b', 'a']);
    expect(await nextLead(worker.context)).toBe(keyOf('d'));
  });

  it('is one that can be opened, from tomorrow where today is done, and none where nothing is due', async () => {
    expect(await nextLead(worker.context)).toBeNull();
    await know(lead('a', 70, { firstTouchAt: exactly(noon - 30 * minute) }));
    expect(await nextLead(worker.context)).toBe(keyOf('a'));
    const { url: _url, ...closed } = lead('b', 20);
    await observe({ observations: [closed] }, page, worker.context);
    expect(await nextLead(worker.context)).toBe(keyOf('a'));
  });
});

describe('what comes after today', () => {
  it('is listed soonest first, bounded, and in no count', async () => {
    const touched = { firstTouchAt: exactly(noon - minute) };
    await know(...Array.from({ length: 60 }, (_, index) => lead(String(index), 60 + index, touched)));
    const summary = await ask();
    expect(summary.counts).toEqual({ overdue: 0, 'at-risk': 0, today: 0 });
    expect(summary.next).toHaveLength(queueRows);
    expect(summary.next?.[0]?.name).toBe('Lead 59');
    expect((await ask({ search: 'lead 58' })).next?.map(({ name }) => name)).toEqual(['Lead 58']);
  });

  it('holds a lead that turns at risk today and is due tomorrow', async () => {
    worker.at(endOfLocalDay(noon) - 30 * minute);
    const at = endOfLocalDay(noon) - 30 * minute;
    await know({
      ...lead('x', 0),
      seenAt: at,
      fields: { ...lead('x', 0).fields, createdAt: exactly(at - 25 * minute) },
    });
    expect((await ask()).next?.map(({ name }) => name)).toEqual(['Lead x']);
    expect((await ask()).total).toBe(0);
  });
});

describe('a snoozed lead', () => {
  it('is in no count and no list but its own, until its time; its clock is as it was', async () => {
    await know(lead('1', 70), lead('2', 50));
    const services = createServices(worker.context, createFollowUp(worker.context));
    const snooze = (until: number | null) => services.snooze({ leads: [keyOf('1')], until }, popup);
    expect(await snooze(noon - 1)).toEqual({ ok: false });
    expect(await snooze(noon + hour)).toEqual({ ok: true });
    const summary = await ask();
    expect(summary.counts).toEqual({ overdue: 0, 'at-risk': 1, today: 0 });
    expect(summary.snoozed).toMatchObject([{ name: 'Lead 1', snoozedUntil: noon + hour, clock: { state: 'overdue' } }]);
    expect(await nextLead(worker.context)).toBe(keyOf('2'));
    worker.at(noon + hour);
    expect((await ask()).counts.overdue).toBe(2);
    worker.at(noon);
    await snooze(null);
    expect((await ask()).counts.overdue).toBe(1);
  });
});

describe('what waits for marketing', () => {
  it('is every flag and rejection that nobody answered and every block, the soonest due first', async () => {
    await know(lead('1', 20), lead('2', 20), lead('3', 20), lead('4', 20));
    await does({ do: 'reject', reason: 'data', detail: 'phone' }, '1');
    await does({ do: 'block', needs: 'the contract' }, '2');
    const spam = await does({ do: 'reject', reason: 'spam' }, '3');
    const vendor = await does({ do: 'reject', reason: 'vendor' }, '4');
    expect((await ask()).waiting).toEqual([]);
    await be({ side: 'marketing' });
    await does({ do: 'answer', fact: spam.ok ? (spam.facts[0] ?? '') : '', answer: 'agreed' }, '3');
    const { waiting = [] } = await ask();
    expect(waiting.map(({ name, fact, dueAt }) => [name, fact.kind, dueAt])).toEqual([
      ['Lead 2', 'blocked', noon + 90 * minute],
      ['Lead 1', 'verdict', noon + 120 * minute],
      ['Lead 4', 'verdict', null],
    ]);
    expect(waiting[2]?.fact.id).toBe(vendor.ok && vendor.facts[0]);
  });

  it("marketing's own clocks are its queue, and sales' are not; and the other way round", async () => {
    await know(lead('1', 20), lead('2', 20));
    await does({ do: 'block', needs: 'the contract' }, '1');
    worker.at(noon + 30 * minute);
    expect((await ask()).rows.map(({ name }) => name)).toEqual(['Lead 1', 'Lead 2']);
    await be({ side: 'marketing' });
    expect((await ask()).rows.map(({ name }) => name)).toEqual(['Lead 1']);
  });
});

describe('escalation in the list', () => {
  const late = { ownerId: '8', owner: 'Marc' };

  it('shows to the owner, to whoever follows the side that owes it, and to who is named', async () => {
    await know(lead('1', 130), lead('2', 130, late));
    const marks = async () =>
      (await ask({ mine: false })).rows
        .map(({ name, escalated }) => [name, escalated?.level] as const)
        .toSorted(([a], [b]) => a.localeCompare(b));
    expect(await marks()).toEqual([
      ['Lead 1', 'overdue-owner'],
      ['Lead 2', undefined],
    ]);
    await be({ follows: ['sales'] });
    expect(await marks()).toEqual([
      ['Lead 1', 'overdue-manager'],
      ['Lead 2', 'overdue-manager'],
    ]);
    await browser.storage.sync.set({
      agreement: { ...tiered, escalation: [{ id: 'named', on: 'overdue', afterMinutes: 0, tell: { name: 'lucía ' } }] },
    });
    worker.context.agreementChanged();
    await be({});
    expect((await ask({ mine: false })).rows.map(({ escalated }) => escalated)).toMatchObject([
      { level: 'named', to: { role: 'named', name: 'lucía' } },
      { level: 'named' },
    ]);
  });
});

describe('a lead of somebody else, or of nobody', () => {
  const others = { ownerId: '8', owner: 'Marc' };
  const names = async () => (await ask()).rows.map(({ name }) => name).toSorted();
  const agree = async (more: object) => {
    await browser.storage.sync.set({ agreement: { ...tiered, ...more } });
    worker.context.agreementChanged();
  };
  const unowned = (recordId: string, ageMinutes: number) => {
    const { ownerId: _id, owner: _owner, ...fields } = lead(recordId, ageMinutes).fields;
    return { ...lead(recordId, ageMinutes), fields };
  };

  it('is in the list and the count of who is named once it is escalated to them, and not before', async () => {
    await agree({ escalation: [{ id: 'named', on: 'overdue', afterMinutes: 30, tell: { name: 'Lucía' } }] });
    await know(lead('1', 80, others), lead('2', 100, others), lead('3', 20));
    expect(await names()).toEqual(['Lead 2', 'Lead 3']);
    const { counts, rows } = await ask();
    expect(counts).toEqual({ overdue: 1, 'at-risk': 0, today: 1 });
    expect(rows[0]).toMatchObject({ name: 'Lead 2', escalated: { level: 'named' } });
  });

  it('is in the list of who follows the party that owes it, be it at risk or overdue', async () => {
    await know(lead('1', 70, others), lead('2', 50, others), lead('3', 10, others));
    expect(await names()).toEqual([]);
    await be({ side: 'marketing', follows: ['sales'] });
    expect(await names()).toEqual(['Lead 1', 'Lead 2']);
  });

  it('that nobody owns is told to who is named for it, and without a name to everybody of the side that owes it', async () => {
    await know(unowned('1', 70), lead('2', 70, others));
    const { rows } = await ask();
    expect(rows).toMatchObject([{ name: 'Lead 1', escalated: { to: { role: 'sales', name: null } } }]);
    expect(rows).toHaveLength(1);
    await be({ side: 'marketing' });
    expect(await names()).toEqual([]);
    await agree({
      escalation: [{ id: 'late', on: 'overdue', afterMinutes: 0, tell: 'owner', unowned: 'Marc Vidal' }],
    });
    await be({});
    expect(await names()).toEqual([]);
    await be({ name: 'Marc Vidal' });
    expect(await names()).toEqual(['Lead 1']);
  });

  it('whose being late nobody has looked at is escalated no further than "at risk"', async () => {
    await agree({ escalation: [{ id: 'late', on: 'overdue', afterMinutes: 0, tell: { name: 'Lucía' } }] });
    await know(lead('1', 50, others));
    worker.at(noon + 30 * minute);
    expect(await names()).toEqual([]);
    await agree({ escalation: [{ id: 'risk', on: 'at-risk', afterMinutes: 0, tell: { name: 'Lucía' } }] });
    expect(await names()).toEqual(['Lead 1']);
  });
});

describe('a full page that is looked at twice a second', () => {
  it('costs one write for a change, none for a look, over two minutes', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => lead(String(index), index % 40));
    // In memory: what is counted is how often the worker wants to write.
    const ledger = createMemoryLedger();
    vi.spyOn(worker.context, 'withLedger').mockImplementation((job) => job(ledger));
    const save = vi.spyOn(ledger, 'save');
    const written = () =>
      save.mock.calls.reduce((sum, [records, facts]) => sum + (records.length > 0 || facts.length > 0 ? 1 : 0), 0);
    await know(...rows);
    expect(written()).toBe(1);
    for (let look = 1; look <= 240; look += 1) {
      const at = noon + look * 500;
      worker.at(at);
      // Every half minute one lead changes; each look is an answer of the CRM with an instant of its own.
      const name = `Lead 7, look ${Math.floor(look / 60)}`;
      await know(
        ...rows.map((row, index) =>
          Object.assign({}, row, {
            seenAt: at,
            fields: index === 7 && look >= 60 ? { ...row.fields, name } : row.fields,
          }),
        ),
      );
    }
    expect(written()).toBe(1 + 4);
    expect(save.mock.calls.filter(([records]) => records.length > 1)).toHaveLength(1);
  });

  it('tells alarms and toolbar of a change only', async () => {
    const changes = vi.fn();
    await observe({ observations: [lead('1', 5)] }, page, worker.context, changes);
    for (let look = 0; look < 10; look += 1)
      await observe({ observations: [lead('1', 5)] }, page, worker.context, changes);
    expect(changes).toHaveBeenCalledTimes(1);
  });
});

describe('a snooze from a panel', () => {
  it('is for the leads that its frame shows, and for no other', async () => {
    await know(lead('1', 70), lead('2', 70));
    const services = createServices(worker.context, () => {});
    const panel = { kind: 'panel', origin: 'chrome-extension://x', tabId: 3, frameId: 9 } as const;
    const snooze = (recordId: string) => services.snooze({ leads: [keyOf(recordId)], until: noon + hour }, panel);
    expect(await snooze('1')).toEqual({ ok: false });
    const { token } = await services.panelToken({ lead: keyOf('1') }, page);
    await services.panel({ token }, panel);
    expect(await snooze('1')).toEqual({ ok: true });
    expect(await snooze('2')).toEqual({ ok: false });
  });
});

describe('what follows a change', () => {
  it('is done once for many changes, after the answers', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const look = vi.spyOn(browser.alarms, 'clear');
      const followUp = createFollowUp(worker.context);
      for (let change = 0; change < 20; change += 1) followUp();
      expect(look).not.toHaveBeenCalled();
      vi.runAllTimers();
      vi.useRealTimers();
      await vi.waitFor(() => expect(look.mock.calls.filter(([name]) => name === 'next-change')).toHaveLength(1));
    } finally {
      vi.useRealTimers();
    }
  });
});

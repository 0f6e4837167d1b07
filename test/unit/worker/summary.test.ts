import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import {
  changeAlarm,
  catchUp,
  reconcileAlarm,
  scheduleNextChange,
  scheduleReconcile,
} from '../../../lib/worker/alarms';
import { observe } from '../../../lib/worker/observe';
import { endOfLocalDay, summarise } from '../../../lib/worker/summary';
import { countText, updateToolbar } from '../../../lib/worker/toolbar';
import { isMine, rememberViewer } from '../../../lib/worker/viewers';
import { exactly, hour, minute, monday, origin, page, seen, startWorker, type TestWorker } from './support';

let worker: TestWorker;
/** Midday, so that "today" has both sides. */
const noon = new Date(monday).setHours(12, 0, 0, 0);

const lead = (recordId: string, ageMinutes: number, more = {}) =>
  seen(recordId, noon, {
    status: 'new',
    name: `Lead ${recordId}`,
    createdAt: exactly(noon - ageMinutes * minute),
    ...more,
  });

beforeEach(async () => {
  worker = await startWorker();
  worker.at(noon);
});

async function knowing(...observations: ReturnType<typeof lead>[]): Promise<void> {
  await observe({ observations }, page, worker.context);
}

describe('the summary', () => {
  it('groups by what is overdue, at risk and due today, the most urgent first', async () => {
    await knowing(
      lead('today', 5),
      lead('risk', 50),
      lead('late', 70),
      lead('later', 600),
      lead('done', 70, { firstTouchAt: exactly(noon - 60 * minute) }),
    );
    const summary = await summarise({ mine: false }, worker.context);
    expect(summary.rows.map(({ name, group }) => [name, group])).toEqual([
      ['Lead later', 'overdue'],
      ['Lead late', 'overdue'],
      ['Lead risk', 'at-risk'],
      ['Lead today', 'today'],
    ]);
    expect(summary.counts).toEqual({ overdue: 2, 'at-risk': 1, today: 1 });
    // Nobody waits for a count where there is something to show.
    expect(summary.leads).toBe(4);
    expect(await summarise({ mine: false, search: 'nobody' }, worker.context)).toMatchObject({ rows: [], leads: 5 });
  });

  it('moves a lead from today to at risk to overdue as time passes, without a new look', async () => {
    await knowing(lead('1', 5));
    const groupAt = async (instant: number) => {
      worker.at(instant);
      return (await summarise({ mine: false }, worker.context)).rows[0];
    };
    expect((await groupAt(noon))?.group).toBe('today');
    expect((await groupAt(noon + 45 * minute))?.group).toBe('at-risk');
    const past = await groupAt(noon + 2 * hour);
    expect(past?.group).toBe('overdue');
    expect(past?.clock).toMatchObject({ state: 'unknown', unknown: 'stale' });
  });

  it('leaves out what is due after today', async () => {
    worker.at(endOfLocalDay(noon) - 10 * minute);
    await knowing(
      seen('1', endOfLocalDay(noon) - 10 * minute, {
        status: 'new',
        createdAt: exactly(endOfLocalDay(noon) - 11 * minute),
      }),
    );
    expect((await summarise({ mine: false }, worker.context)).total).toBe(0);
  });

  it('filters by group and finds names, companies and owners without caring for case and accents', async () => {
    await knowing(
      lead('1', 70, { name: 'Óscar Peñalver' }),
      lead('2', 50, { company: 'Olivar Foods' }),
      lead('3', 5, { owner: 'Lucía' }),
    );
    const found = async (search: string) =>
      (await summarise({ mine: false, search }, worker.context)).rows.map(({ lead: key }) => key.at(-1));
    expect(await found('oscar PENALVER')).toEqual(['1']);
    expect(await found('olivar')).toEqual(['2']);
    expect(await found('lucia')).toEqual(['3']);
    expect(await found('nobody')).toEqual([]);
    expect((await summarise({ mine: false, group: 'at-risk' }, worker.context)).total).toBe(1);
  });

  it('shows at most 100 rows and counts them all', async () => {
    await knowing(...Array.from({ length: 250 }, (_, index) => lead(String(index), 70 + index)));
    const summary = await summarise({ mine: false }, worker.context);
    expect(summary.rows).toHaveLength(100);
    expect(summary.total).toBe(250);
  });

  it('of nothing says that no lead is known yet', async () => {
    expect(await summarise({ mine: true }, worker.context)).toMatchObject({ leads: 0, total: 0, viewerKnown: false });
  });
});

describe('mine', () => {
  it('is by the id of the signed-in person, else by name, and everything where nobody is known', () => {
    const owned = (fields: object) => ({
      key: 'k',
      id: { crm: 'demo', origin, object: 'lead', recordId: '1' },
      fields,
      seenAt: 1,
    });
    const me = { [origin]: { id: '7', name: 'Lucía Ortega' } };
    expect(isMine(owned({ ownerId: '7' }), me)).toBe(true);
    expect(isMine(owned({ ownerId: '8', owner: 'Lucía Ortega' }), me)).toBe(false);
    expect(isMine(owned({ owner: ' lucía ortega ' }), me)).toBe(true);
    expect(isMine(owned({}), me)).toBe(false);
    expect(isMine(owned({ ownerId: '8' }), {})).toBe(true);
  });

  it('is asked for by the popup and by the toolbar', async () => {
    await rememberViewer(origin, { id: '7' });
    await knowing(lead('1', 70, { ownerId: '7' }), lead('2', 70, { ownerId: '8' }));
    expect((await summarise({ mine: true }, worker.context)).total).toBe(1);
    expect((await summarise({ mine: false }, worker.context)).total).toBe(2);
  });

  it('is written only when the person changes', async () => {
    expect(await rememberViewer(origin, { id: '7' })).toBe(true);
    expect(await rememberViewer(origin, { id: '7' })).toBe(false);
    expect(await rememberViewer(origin, { id: '8' })).toBe(true);
  });
});

describe('the toolbar', () => {
  const shown = { text: '', colour: '', title: '' };
  beforeEach(() => {
    vi.spyOn(browser.action, 'setBadgeText').mockImplementation(
      (async ({ text }: { text: string }) => void (shown.text = text)) as never,
    );
    vi.spyOn(browser.action, 'setBadgeBackgroundColor').mockImplementation(
      async ({ color }) => void (shown.colour = String(color)),
    );
    vi.spyOn(browser.action, 'setTitle').mockImplementation(async ({ title }) => void (shown.title = title));
    vi.spyOn(browser.i18n, 'getMessage').mockImplementation(((key: string, values: string[] = []) =>
      key === 'language' ? 'en' : `${key}(${values.join()})`) as never);
  });

  it('counts my overdue leads in red when at least one is certain', async () => {
    await knowing(lead('1', 70), lead('2', 80), lead('3', 5));
    await updateToolbar(worker.context);
    expect(shown).toMatchObject({
      text: '2',
      colour: '#B3261E',
      title: expect.stringContaining('toolbar_overdue_other(2)'),
    });
  });

  it('counts those that nobody looked at since in grey, and says so', async () => {
    await knowing(lead('1', 5));
    worker.at(noon + 2 * hour);
    await updateToolbar(worker.context);
    expect(shown).toMatchObject({
      text: '1',
      colour: '#4A5560',
      title: expect.stringContaining('toolbar_unchecked_one(1)'),
    });
  });

  it('shows nothing where nothing is overdue, and never more than fits', async () => {
    await updateToolbar(worker.context);
    expect(shown.text).toBe('');
    expect([countText(0), countText(7), countText(12_345)]).toEqual(['', '7', '999+']);
  });
});

describe('alarms', () => {
  it('one stands at the next change of any clock, one every hour, and both come back after they were lost', async () => {
    await knowing(lead('1', 5), lead('2', 20));
    await scheduleNextChange(worker.context);
    await scheduleReconcile(Date.now());
    expect((await browser.alarms.get(changeAlarm))?.scheduledTime).toBe(noon + 25 * minute);
    expect((await browser.alarms.get(reconcileAlarm))?.periodInMinutes).toBe(60);
    await browser.alarms.clearAll();
    await scheduleNextChange(worker.context);
    await scheduleReconcile(Date.now());
    expect(await browser.alarms.getAll()).toHaveLength(2);
  });

  it('none stands where nothing changes by itself', async () => {
    await scheduleNextChange(worker.context);
    expect(await browser.alarms.get(changeAlarm)).toBeUndefined();
  });

  it('catching up computes what changed by itself, once', async () => {
    await knowing(lead('1', 5), lead('2', 20));
    worker.at(noon + 3 * hour);
    expect(await catchUp(worker.context)).toBeGreaterThan(0);
    expect(await catchUp(worker.context)).toBe(0);
  });

  it('catching up brings every lead under a changed agreement', async () => {
    await knowing(lead('1', 5), lead('2', 20));
    const { agreement } = await browser.storage.sync.get<{ agreement: object }>('agreement');
    await browser.storage.sync.set({ agreement: { ...agreement, version: 2 } });
    worker.context.agreementChanged();
    expect(await catchUp(worker.context)).toBe(2);
    expect(await (await worker.context.ledger()).outdated((await worker.context.agreement()).projection, 10)).toEqual(
      [],
    );
  });
});

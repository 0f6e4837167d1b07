/** The computer's clock jumps a year ahead and comes back: nothing that was read or done meanwhile may hold a lead up. */
import { describe, expect, it } from 'vitest';
import { browser } from 'wxt/browser';
import { headerLine, leadLine } from '../../../lib/ledger/file-format';
import type { LeadFields } from '../../../lib/lead/lead';
import type { Sender } from '../../../lib/messages/router';
import { catchUp, reconcileAlarm, scheduleReconcile } from '../../../lib/worker/alarms';
import { dueNow } from '../../../lib/worker/due';
import { observe } from '../../../lib/worker/observe';
import { readPanel, grantPanel } from '../../../lib/worker/panel';
import { createServices } from '../../../lib/worker/services';
import { meetTab, sweepAlarm, unseenSince } from '../../../lib/worker/sweep';
import { importChunk } from '../../../lib/worker/upkeep';
import { rememberViewer } from '../../../lib/worker/viewers';
import { exactly, hour, keyOf, minute, monday, origin, page, seen, startWorker, type TestWorker } from './support';

const year = 365 * 24 * hour;
const fresh: LeadFields = { status: 'new', name: 'Ana', ownerId: 'me', createdAt: exactly(monday - 10 * minute) };
const popup: Sender = { kind: 'popup', origin: 'chrome-extension://relevo', tabId: null, frameId: null };

async function look(worker: TestWorker, instant: number, fields: LeadFields = fresh) {
  worker.at(instant);
  const { clocks } = await observe({ observations: [seen('1', instant, fields)] }, page, worker.context);
  return clocks[keyOf('1')]?.[0];
}

async function known(worker: TestWorker) {
  const ledger = await worker.context.ledger();
  return (await ledger.load([keyOf('1')])).get(keyOf('1'));
}

describe('a clock that was a year ahead and came back', () => {
  it('the next look counts: a change of status is seen, with bounds that hold', async () => {
    const worker = await startWorker();
    await look(worker, monday);
    await look(worker, monday + year);
    const clock = await look(worker, monday + 20 * minute, { ...fresh, status: 'working' });
    expect(clock).toMatchObject({ state: 'met', doneAt: monday + 20 * minute, doneEarliest: monday - 10 * minute });
    const { record, facts } = (await known(worker))!;
    expect(record?.lead).toMatchObject({ seenAt: monday + 20 * minute, fields: { status: 'working' } });
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'touch', at: monday + 20 * minute }));
  });

  it('a status that was first seen under the wrong clock is told again', async () => {
    const worker = await startWorker();
    await look(worker, monday);
    await look(worker, monday + year, { ...fresh, status: 'working' });
    expect(await look(worker, monday + 20 * minute, { ...fresh, status: 'working' })).toMatchObject({ state: 'met' });
  });

  it('rule 12: nothing is overdue by that look, and the next one is kept', async () => {
    const worker = await startWorker();
    await look(worker, monday);
    await look(worker, monday + year);
    worker.at(monday + 2 * hour);
    const { token } = await grantPanel(keyOf('1'), page, monday + 2 * hour);
    const shown = await readPanel(token, { ...page, kind: 'panel' }, worker.context);
    expect(shown).toMatchObject({ ok: true, clocks: [{ clock: { state: 'unknown', unknown: 'stale' } }] });
    expect(await look(worker, monday + 2 * hour)).toMatchObject({ state: 'overdue' });
    expect((await known(worker))?.record?.lead.seenAt).toBe(monday + 2 * hour);
  });

  it('a lead that no page shows is computed anew, so that its clock goes on by itself', async () => {
    const worker = await startWorker();
    await look(worker, monday + year, { ...fresh, createdAt: exactly(monday - minute) });
    worker.at(monday);
    await catchUp(worker.context);
    const { record } = (await known(worker))!;
    expect(record?.lead.seenAt).toBe(monday - minute);
    expect(record?.clocks).toMatchObject([{ state: 'running', asOf: monday }]);
    expect(record?.nextChangeAt).toBeLessThan(monday + hour);
    expect((await dueNow(false, worker.context)).candidates).toMatchObject([{ record: { isSeenLate: false } }]);
    // And once only.
    const asOf = record?.clocks[0]?.asOf;
    worker.at(monday + 1);
    await catchUp(worker.context);
    expect((await known(worker))?.record?.clocks[0]?.asOf).toBe(asOf);
  });

  it('a sweep that did not meet the lead looks it up', async () => {
    const worker = await startWorker();
    await rememberViewer(origin, { id: 'me' });
    await look(worker, monday + year);
    worker.at(monday);
    expect(await unseenSince(origin, monday - 1, worker.context)).toEqual([{ object: 'lead', recordId: '1' }]);
  });

  it('a snooze that was asked for meanwhile silences nothing, neither now nor in a year', async () => {
    const worker = await startWorker();
    const services = createServices(worker.context, () => {});
    await look(worker, monday + year);
    await services.snooze({ leads: [keyOf('1')], until: monday + year + hour }, popup);
    worker.at(monday);
    expect((await dueNow(false, worker.context)).snoozed.size).toBe(0);
    await catchUp(worker.context);
    worker.at(monday + year);
    expect((await dueNow(false, worker.context)).snoozed.size).toBe(0);
    expect(await services.snooze({ leads: [keyOf('1')], until: monday + 2 * year }, popup)).toEqual({ ok: false });
  });

  it('alarms that come again and again do not wait for a year', async () => {
    const worker = await startWorker();
    await browser.alarms.create(reconcileAlarm, { when: monday + year, periodInMinutes: 60 });
    await browser.alarms.create(sweepAlarm, { when: monday + year, periodInMinutes: 5 });
    worker.at(monday);
    await scheduleReconcile(Date.now());
    await meetTab(3, origin, Date.now());
    for (const name of [reconcileAlarm, sweepAlarm])
      expect((await browser.alarms.get(name))?.scheduledTime).toBeLessThanOrEqual(Date.now() + hour);
  });

  it('a file from a computer whose clock is ahead is older than the next look', async () => {
    const worker = await startWorker();
    const lead = {
      key: keyOf('1'),
      id: { crm: 'demo', origin, object: 'lead', recordId: '1' },
      fields: fresh,
      seenAt: monday + year,
    };
    const text = [headerLine(monday), leadLine(lead), ''].join('\n');
    expect(await importChunk({ text, line: 1 }, worker.context)).toMatchObject({ ok: true, leads: 1 });
    expect((await known(worker))?.record?.lead.seenAt).toBe(monday - 10 * minute);
    expect(await look(worker, monday + minute, { ...fresh, status: 'working' })).toMatchObject({ state: 'met' });
  });
});

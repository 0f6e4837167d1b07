import { beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '../../../lib/lead/facts';
import type { Sender } from '../../../lib/messages/router';
import { act } from '../../../lib/worker/act';
import { catchUp } from '../../../lib/worker/alarms';
import { observe } from '../../../lib/worker/observe';
import { grantPanel, readPanel } from '../../../lib/worker/panel';
import { createServices } from '../../../lib/worker/services';
import { defaultPerson, writePerson } from '../../../lib/settings/person';
import { eraseLead } from '../../../lib/worker/upkeep';
import { exactly, hour, keyOf, minute, monday, page, seen, startWorker, type TestWorker } from './support';

const mail = 'ana@example.com';
const fresh = { status: 'new', name: 'Ana', email: mail, createdAt: exactly(monday - 10 * minute) };
const panel: Sender = { kind: 'panel', origin: 'chrome-extension://x', tabId: page.tabId, frameId: 7 };
const popup: Sender = { kind: 'popup', origin: 'chrome-extension://x', tabId: null, frameId: null };
const key = keyOf('1');

let worker: TestWorker;
beforeEach(async () => {
  worker = await startWorker();
  await writePerson({ ...defaultPerson, side: 'sales', name: 'Rosa' });
});

const look = (instant: number, fields = fresh) => {
  worker.at(instant);
  return observe({ observations: [seen('1', instant, fields)] }, page, worker.context);
};
const touch = (at?: number, from = panel) =>
  act(
    { leads: [key], act: { do: 'touch', channel: 'call', ...(at === undefined ? {} : { at }) } },
    from,
    worker.context,
  );
async function openPanel() {
  const { token } = await grantPanel(key, page, worker.context.now());
  return readPanel(token, panel, worker.context);
}
const known = async () => (await worker.context.withLedger((ledger) => ledger.load([key]))).get(key);

describe('a lead that a person erased and that a page shows again', () => {
  beforeEach(async () => {
    await look(monday);
    expect(await eraseLead(key, worker.context)).toEqual({ ok: true, facts: 1 });
  });

  it('has its clock on the page, and nothing of it is written, neither by a look nor by whatever follows', async () => {
    for (let at = monday + minute; at < monday + 2 * hour; at += 30 * minute) {
      const reply = await look(at, { ...fresh, status: at > monday + hour ? 'working' : 'new' });
      expect(reply.clocks[key]).toMatchObject([{ dueAt: monday + 50 * minute }]);
      await catchUp(worker.context);
    }
    const ledger = await worker.context.ledger();
    expect(await ledger.counts()).toEqual({ leads: 0, facts: 0, snoozes: 0, forgotten: 1 });
    expect(await ledger.dueLeads(Number.MAX_SAFE_INTEGER)).toEqual([]);
    expect(await known()).toMatchObject({ record: undefined, facts: [], erased: true });
  });

  it('nobody acts on it, and its panel says why', async () => {
    await look(monday + minute);
    expect(await openPanel()).toEqual({ ok: false, reason: 'erased', lead: key });
    expect((await touch()).reply).toEqual({ ok: false, code: 'erased' });
    expect((await known())?.facts).toEqual([]);
  });

  it('is whole again once a person has it recorded again', async () => {
    const services = createServices(worker.context, () => {});
    worker.at(monday + minute);
    await openPanel();
    expect(await services.recordAgain({ lead: keyOf('2') }, panel)).toEqual({ ok: false });
    expect(await services.recordAgain({ lead: key }, panel)).toEqual({ ok: true });
    await look(monday + 2 * minute);
    expect(await openPanel()).toMatchObject({ ok: true, lead: { fields: { email: mail } }, clocks: [{}] });
    expect((await known())?.facts.map(({ kind }: Fact) => kind)).toEqual(['hand-off']);
    const { reply } = await touch();
    expect(reply).toMatchObject({ ok: true });
  });
});

describe('a lead whose time was up and that a page shows again', () => {
  beforeEach(async () => {
    await look(monday, { ...fresh, status: 'lost' });
    const ledger = await worker.context.ledger();
    const step = { cutoff: monday + minute, now: monday + hour, limit: 9 };
    expect(await ledger.retain(step)).toMatchObject({ leads: 1 });
    await look(monday + 2 * hour);
  });

  it('may start anew: what happens from then on is written, and what was counted is not', async () => {
    await look(monday + 3 * hour, { ...fresh, status: 'working' });
    const facts = (await known())?.facts ?? [];
    expect(facts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['touch']));
    expect(facts.some(({ kind }) => kind === 'hand-off')).toBe(false);
  });

  it('an act that lies in the time that became counts is refused, not lost', async () => {
    expect((await touch(monday + 30 * minute, popup)).reply).toEqual({ ok: false, code: 'forgotten' });
    const { reply } = await touch(monday + 90 * minute, popup);
    expect(reply).toMatchObject({ ok: true });
    expect((await known())?.facts.map(({ id }) => id)).toEqual(reply.ok ? reply.facts : null);
  });
});

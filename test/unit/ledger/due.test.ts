/** What lists need of leads: the same from memory, from the database, and from a ledger that never left memory. */
import * as fc from 'fast-check';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { ledgerName, openLedger } from '../../../lib/ledger/database';
import { bucketOf, changedBucket, dueLeadOf, leadsIn } from '../../../lib/ledger/due-lead';
import { readDueText, writeDueText } from '../../../lib/ledger/due-text';
import { identify } from '../../../lib/ledger/fact-id';
import { createMemoryLedger } from '../../../lib/ledger/memory';
import type { Ledger, LeadRecord } from '../../../lib/ledger/types';
import { draft, key, ledgers, makeLead, newDatabase, record } from './support';

beforeEach(newDatabase);

const always = Number.MAX_SAFE_INTEGER;
const question = (recordId: string, at: number) => identify(draft(recordId, at, { kind: 'flag', reason: 'other' }));
const asking = async (recordId: string, at: number, more: Partial<LeadRecord> = {}): Promise<LeadRecord> =>
  record(recordId, { questions: [await question(recordId, at)], ...more });

const told = async (ledger: Ledger): Promise<unknown> => ({
  due: await ledger.dueLeads(always),
  asked: await ledger.askedSince(0, 100),
});

describe.each(ledgers)('what lists need, of the ledger %s', (_name, open) => {
  it('is what is due up to an instant, soonest first', async () => {
    const ledger = await open();
    await ledger.save([record('1', { attention: 30 }), record('2', { attention: 10 }), record('3')], []);
    expect((await ledger.dueLeads(29)).map((lead) => lead.key)).toEqual([key('2')]);
    expect((await ledger.dueLeads(30)).map((lead) => lead.key)).toEqual([key('2'), key('1')]);
    expect(await ledger.dueAfter(10, 9)).toMatchObject([{ key: key('1'), lead: { fields: { name: 'Lead 1' } } }]);
  });

  it('is what was asked since an instant, newest first, due or not, and no more than asked for', async () => {
    const ledger = await open();
    await ledger.save([await asking('1', 10), await asking('2', 30, { attention: 5 }), await asking('3', 20)], []);
    const asked = async (since: number, limit: number) =>
      (await ledger.askedSince(since, limit)).map((lead) => lead.key);
    expect(await asked(11, 9)).toEqual([key('2'), key('3')]);
    expect(await asked(0, 1)).toEqual([key('2')]);
    await ledger.save([record('2', { attention: 5 })], []);
    expect(await asked(0, 9)).toEqual([key('3'), key('1')]);
  });

  it('gives clocks as they were computed, and none for what is not there', async () => {
    const ledger = await open();
    await ledger.save([record('1', { nextChangeAt: 7 })], []);
    const computed = await ledger.clocksOf([key('1'), key('2')]);
    expect([...computed.keys()]).toEqual([key('1')]);
    expect(computed.get(key('1'))).toMatchObject({ clocks: [], projection: 'a', nextChangeAt: 7 });
  });
});

describe('what is kept in memory', () => {
  const step = fc.record({
    kind: fc.constantFrom('save', 'ask', 'take', 'erase', 'retain', 'look'),
    recordId: fc.constantFrom('1', '2', '3', '4'),
    at: fc.integer({ min: 1, max: 50 }),
  });

  async function doStep(ledger: Ledger, { kind, recordId, at }: { kind: string; recordId: string; at: number }) {
    if (kind === 'save') await ledger.save([record(recordId, at % 3 === 0 ? {} : { attention: at })], []);
    if (kind === 'ask') await ledger.save([await asking(recordId, 60, { attention: at })], []);
    if (kind === 'take') await ledger.take([makeLead(recordId, { name: `Lead ${at}` }, 100 + at)], []);
    if (kind === 'erase') await ledger.erase(key(recordId), at);
    if (kind === 'retain') await ledger.retain({ cutoff: at, now: at, limit: 10 });
    if (kind === 'look') await ledger.dueLeads(at);
  }

  it('is what lies in the database, and what a ledger in memory says, after any steps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        newDatabase();
        const [ledger, memory] = [await openLedger(() => {}), createMemoryLedger()];
        await ledger.dueLeads(0);
        for (const one of steps) for (const each of [ledger, memory]) await doStep(each, one);
        const fresh = await openLedger(() => {});
        expect(await told(ledger)).toEqual(await told(fresh));
        const order = (leads: readonly { key: string }[]) => leads.map((lead) => lead.key).toSorted();
        expect(order(await ledger.dueLeads(always))).toEqual(order(await memory.dueLeads(always)));
        ledger.close();
        fresh.close();
      }),
      { numRuns: 60 },
    );
  });

  it('holds what is written while it is read', async () => {
    const ledger = await openLedger(() => {});
    await ledger.save([record('1', { attention: 1 }), record('2', { attention: 2 })], []);
    const again = await openLedger(() => {});
    const [, , due] = await Promise.all([
      again.dueLeads(always),
      again.save([record('1'), record('3', { attention: 3 })], []),
      again.dueLeads(always),
    ]);
    expect(due.length).toBeGreaterThan(0);
    expect((await again.dueLeads(always)).map((lead) => lead.key)).toEqual([key('2'), key('3')]);
  });

  it('leaves out what is damaged, and has it again when its record is written', async () => {
    const ledger = await openLedger(() => {});
    await ledger.save([record('1', { attention: 1 }), record('2', { attention: 2 })], []);
    ledger.close();
    const raw = await openDB(ledgerName);
    await raw.put('due', { bucket: bucketOf(key('1')), rows: [[key('1'), '{"key":']] });
    raw.close();
    const again = await openLedger(() => {});
    const keys = async () => (await again.dueLeads(always)).map((lead) => lead.key);
    expect(await keys()).not.toContain(key('1'));
    await again.save([record('1', { attention: 1 })], []);
    expect(await keys()).toContain(key('1'));
  });
});

describe('a database of version 2', () => {
  it('has its lists after the upgrade, without what is damaged', async () => {
    const old = await openDB(ledgerName, 2, {
      upgrade(db) {
        const leads = db.createObjectStore('leads', { keyPath: 'key' });
        for (const name of ['attention', 'nextChangeAt', 'projection']) leads.createIndex(name, name);
        leads.createIndex('dupes', 'dupes', { multiEntry: true });
        const facts = db.createObjectStore('facts', { keyPath: 'id' });
        facts.createIndex('lead', 'lead');
        facts.createIndex('instant', ['at', 'id']);
        db.createObjectStore('aggregates', { keyPath: ['day', 'crm', 'kind', 'what', 'reason', 'source'] });
        db.createObjectStore('snoozes', { keyPath: 'lead' }).createIndex('until', 'until');
        db.createObjectStore('forgotten', { keyPath: 'hash' });
        db.createObjectStore('meta', { keyPath: 'name' });
      },
    });
    const count = 1_203;
    for (let index = 0; index < count; index += 1) await old.put('leads', record(`${index}`, { attention: index + 1 }));
    await old.put('leads', { key: key('damaged'), attention: 1, lead: 'nonsense' });
    old.close();
    const ledger = await openLedger(() => {});
    expect(await ledger.dueLeads(always)).toHaveLength(count);
    expect((await ledger.dueLeads(2)).map((lead) => lead.key)).toEqual([key('0'), key('1')]);
    ledger.close();
  });
});

describe('the text of a lead in a list', () => {
  const clock = {
    commitment: 'accept',
    owedBy: 'sales',
    state: 'running',
    startAt: 1,
    startEvent: 'hand-off',
    dueAt: 9,
    atRiskAt: null,
    calendar: 'office',
    unknown: null,
    upcoming: [
      { at: 7, state: 'at-risk' },
      { at: 10, state: 'overdue' },
    ],
  } as const;
  const made = async (recordId: string) =>
    dueLeadOf({
      ...(await asking(recordId, 5, { attention: 7 })),
      lead: makeLead(recordId, { name: 'A,\n"B|%', tier: 'A' }),
    });

  it('says all that lists know, whatever characters a name has', async () => {
    const leads = [{ ...(await made('1')), clocks: [clock] }, await made('2"')];
    expect(leads.map((lead) => readDueText(writeDueText(lead)))).toEqual(leads);
    const changes = new Map(leads.map((lead) => [lead.key, writeDueText(lead)]));
    const bucket = changedBucket(1, undefined, changes);
    expect(bucket && leadsIn(bucket)).toEqual(leads);
    expect(changedBucket(1, bucket ?? undefined, changes)).toBeNull();
  });

  it('is read as an earlier build wrote it, and written anew with the first change', async () => {
    const [one, other] = [{ ...(await made('1')), clocks: [clock] }, await made('2')];
    const old = { bucket: 1, rows: [[one.key, JSON.stringify(one)] as const, [key('3'), '{"key":'] as const] };
    expect(leadsIn(old)).toEqual([one]);
    const changed = changedBucket(1, old, new Map([[other.key, writeDueText(other)]]));
    expect(changed).toEqual({ bucket: 1, lines: expect.stringContaining('accept') });
    expect(changed && leadsIn(changed)).toEqual([one, other]);
    expect(
      changedBucket(
        1,
        changed ?? undefined,
        new Map([
          [one.key, null],
          [other.key, null],
        ]),
      ),
    ).toEqual({
      bucket: 1,
      lines: '',
    });
  });

  it('loses no neighbour where one of them is damaged', async () => {
    const one = await made('1');
    expect(leadsIn({ bucket: 1, lines: `["x",\n${writeDueText(one)}` })).toEqual([one]);
  });
});

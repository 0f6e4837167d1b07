import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '../../../lib/lead/facts';
import { aggregatesOf } from '../../../lib/ledger/aggregate';
import { ledgerName, openLedger } from '../../../lib/ledger/database';
import { identify } from '../../../lib/ledger/fact-id';
import { applyRetention, isForgettable } from '../../../lib/ledger/retention';
import type { Ledger } from '../../../lib/ledger/types';
import {
  allFacts,
  allLeads,
  damageFactOf,
  day,
  draft,
  factsOnDisk,
  key,
  ledgers,
  makeFact,
  makeLead,
  monday,
  newDatabase,
  record,
} from './support';

beforeEach(newDatabase);

const always = ['0000', '9999'] as const;
const total = async (ledger: Ledger): Promise<number> =>
  (await ledger.aggregates(...always)).reduce((sum, { count }) => sum + count, 0);

/** Handed over, touched and won on these days before Monday. */
const wonLead = (id: string, daysAgo: number): Promise<Fact[]> =>
  Promise.all([
    makeFact(id, monday - (daysAgo + 2) * day, { kind: 'hand-off' }),
    makeFact(id, monday - (daysAgo + 1) * day, { kind: 'touch', channel: 'call' }),
    makeFact(id, monday - daysAgo * day, { kind: 'disposition', outcome: 'won' }),
  ]);

describe('whether the time of a lead is up', () => {
  const cutoff = monday;
  it('yes where it was closed and nothing happened since', async () => {
    expect(isForgettable(makeLead('1'), await wonLead('1', 1), cutoff)).toBe(true);
  });

  it('no where anything happened since, be it a note', async () => {
    const note = await makeFact('1', cutoff, { kind: 'note', text: 'Call in May' });
    expect(isForgettable(makeLead('1'), [...(await wonLead('1', 1)), note], cutoff)).toBe(false);
  });

  it('no while it is open, or open again, and was seen since', async () => {
    const won = await wonLead('1', 9);
    const seen = makeLead('1', {}, cutoff);
    expect(isForgettable(seen, won.slice(0, 2), cutoff)).toBe(false);
    const reopened = await makeFact('1', cutoff - 2, { kind: 'reopen' });
    expect(isForgettable(seen, [...won, reopened], cutoff)).toBe(false);
  });

  it('yes where nobody ever closed it, and neither a fact nor a look is newer', async () => {
    const open = (await wonLead('1', 9)).slice(0, 2);
    expect(isForgettable(makeLead('1', {}, cutoff - 1), open, cutoff)).toBe(true);
    expect(isForgettable(undefined, open, cutoff)).toBe(true);
    const note = await makeFact('1', cutoff, { kind: 'note', text: 'Call in May' });
    expect(isForgettable(makeLead('1', {}, cutoff - 1), [...open, note], cutoff)).toBe(false);
  });

  it('never where it is no lead: who signed an agreement and who has read it stays', async () => {
    const signed = await makeFact('1', cutoff - 9, { kind: 'approval', version: 1, hash: 'a'.repeat(64) });
    const read = await makeFact('2', cutoff - 9, { kind: 'acknowledgement', version: 1 });
    for (const fact of [signed, read]) expect(isForgettable(undefined, [fact], cutoff)).toBe(false);
  });

  it('yes for a rejection that stands, no for one that was taken back', async () => {
    const rejected = await makeFact('1', cutoff - 10, { kind: 'verdict', verdict: 'rejected', reason: 'spam' });
    const back = await identify({ ...draft('1', cutoff - 9, { kind: 'retraction', replaces: rejected.id }) });
    const seen = makeLead('1', {}, cutoff);
    expect(isForgettable(seen, [rejected], cutoff)).toBe(true);
    expect(isForgettable(seen, [rejected, back], cutoff)).toBe(false);
  });

  it('without a fact: when it was not seen since', () => {
    expect(isForgettable(makeLead('1', {}, cutoff - 1), [], cutoff)).toBe(true);
    expect(isForgettable(makeLead('1', {}, cutoff), [], cutoff)).toBe(false);
    expect(isForgettable(undefined, [], cutoff)).toBe(false);
  });
});

describe('what stays', () => {
  it('counts what stands, by day, and nothing that names a person', async () => {
    const wrong = await makeFact('1', monday, { kind: 'verdict', verdict: 'rejected', reason: 'spam' });
    const facts = await Promise.all([
      makeFact('1', monday, { kind: 'touch', channel: 'call' }),
      makeFact('1', monday + 1, { kind: 'touch', channel: 'call' }),
      makeFact('1', monday + day, { kind: 'touch', channel: 'call' }),
      makeFact('1', monday, { kind: 'pause', reason: 'Ana Ruiz is on holiday' }),
      makeFact('1', monday, { kind: 'flag', reason: 'Ana Ruiz left the company' }),
      makeFact('1', monday, { kind: 'reassignment', owner: 'Ana Ruiz' }),
      identify({ ...draft('1', monday, { kind: 'verdict', verdict: 'accepted' }), replaces: wrong.id }),
    ]);
    const known = makeLead('1', { name: 'Ana Ruiz', owner: 'Ana Ruiz', email: 'ana.ruiz@acme.example', source: 'Web' });
    const counted = aggregatesOf([wrong, ...facts], known);
    expect(counted.find(({ kind, day: on }) => kind === 'touch' && on === '2026-11-23')).toEqual({
      day: '2026-11-23',
      crm: 'demo',
      kind: 'touch',
      what: 'call',
      reason: '',
      source: 'Web',
      count: 2,
    });
    expect(counted.filter(({ kind }) => kind === 'verdict').map(({ what }) => what)).toEqual(['accepted']);
    expect(counted.find(({ kind }) => kind === 'flag')?.reason).toBe('other');
    expect(JSON.stringify(counted)).not.toMatch(/ana|ruiz|holiday/i);
  });
});

describe.each(ledgers)('forgetting %s', (_name, open) => {
  it('retention: removes the lead with all that is known of it, keeps counts, and leaves others alone', async () => {
    const ledger = await open();
    const young = await wonLead('2', 10);
    await ledger.save([record('1'), record('2')], [...(await wonLead('1', 500)), ...young]);
    await ledger.snooze([key('1')], monday);
    const done = await ledger.retain({ cutoff: monday - 400 * day, now: monday, limit: 100 });
    expect(done).toEqual({ leads: 1, facts: 3 });
    expect((await allLeads(ledger)).map((one) => one.key)).toEqual([key('2')]);
    expect((await allFacts(ledger)).map(({ id }) => id).toSorted()).toEqual(young.map(({ id }) => id).toSorted());
    expect(await ledger.counts()).toEqual({ leads: 1, facts: 3, snoozes: 0, forgotten: 1 });
    expect(await total(ledger)).toBe(3);
    expect(await ledger.retain({ cutoff: monday - 400 * day, now: monday, limit: 100 })).toEqual({
      leads: 0,
      facts: 0,
    });
    expect(await total(ledger)).toBe(3);
  });

  it('retention: counts of the same day and kind add up', async () => {
    const ledger = await open();
    for (const id of ['1', '2', '3']) {
      await ledger.save([record(id)], await wonLead(id, 500));
      await ledger.retain({ cutoff: monday - 400 * day, now: monday, limit: 100 });
    }
    const counts = (await ledger.aggregates(...always)).map(({ count }) => count);
    expect(counts).toEqual([3, 3, 3]);
    const [first] = (await ledger.aggregates(...always)).toSorted((a, b) => (a.day < b.day ? -1 : 1));
    const inDay = await ledger.aggregates(first?.day ?? '', `${first?.day ?? ''}~`);
    expect(inDay).toEqual([first]);
    expect(await ledger.aggregates('0000', first?.day ?? '')).toEqual([]);
  });

  it('retention: in bounded steps, and all of it in the end', async () => {
    const ledger = await open();
    for (let id = 0; id < 10; id += 1) await ledger.save([record(String(id))], await wonLead(String(id), 500));
    // Facts of a lead that nothing else is known of, as an import may leave them.
    await ledger.save([], await wonLead('orphan', 500));
    let after: string | undefined;
    const steps: number[] = [];
    do {
      const step = { cutoff: monday, now: monday, limit: 4 };
      const done = await ledger.retain(after === undefined ? step : { ...step, after });
      steps.push(done.leads);
      after = done.next;
    } while (after !== undefined);
    expect(steps).toEqual([4, 4, 3]);
    expect(await ledger.counts()).toMatchObject({ leads: 0, facts: 0, forgotten: 11 });
    expect(await total(ledger)).toBe(33);
  });

  it('does not let back in what was forgotten, but what is new of the same lead', async () => {
    const ledger = await open();
    const old = await wonLead('1', 500);
    await ledger.save([record('1')], old);
    await ledger.retain({ cutoff: monday, now: monday, limit: 10 });
    expect((await ledger.load([key('1')])).get(key('1'))).toEqual({
      record: undefined,
      facts: [],
      forgottenUntil: monday,
    });
    await ledger.save([], old);
    expect(await ledger.take([makeLead('1', { name: 'Ana' }, monday)], old)).toEqual({
      leads: 0,
      facts: 0,
      known: 0,
      refused: 4,
    });
    expect(await ledger.counts()).toMatchObject({ leads: 0, facts: 0 });
    const fresh = await makeFact('1', monday + 1, { kind: 'hand-off' });
    await ledger.save([record('1')], [fresh]);
    expect(await allFacts(ledger)).toEqual([fresh]);
    expect((await ledger.load([key('2')])).get(key('2'))?.forgottenUntil).toBeUndefined();
  });

  it('lets nothing back in of what a person erased, be it new, until a person has it recorded again', async () => {
    const ledger = await open();
    const old = await wonLead('1', 500);
    await ledger.save([record('1')], old);
    await ledger.erase(key('1'), monday);
    const fresh = await makeFact('1', monday + 1, { kind: 'hand-off' });
    const other = await makeFact('2', monday + 1, { kind: 'hand-off' });
    expect(await ledger.save([record('1', { attention: 1 }), record('2')], [fresh, other])).toEqual(
      new Set([other.id]),
    );
    expect(await ledger.take([makeLead('1', { name: 'Ana' }, monday + 1)], [fresh])).toMatchObject({ refused: 2 });
    expect(await ledger.counts()).toMatchObject({ leads: 1, facts: 1 });
    expect(await ledger.dueLeads(Number.MAX_SAFE_INTEGER)).toEqual([]);
    // Retention that comes later does not soften it.
    await ledger.retain({ cutoff: monday + day, now: monday + day, limit: 10 });
    expect((await ledger.load([key('1')])).get(key('1'))).toMatchObject({ record: undefined, erased: true });
    await ledger.recordAgain(key('1'));
    await ledger.save([record('1')], [...old, fresh]);
    expect((await ledger.load([key('1')])).get(key('1'))?.facts).toHaveLength(4);
  });

  it('erasing: all of the lead goes, its counts stay, and once more changes nothing', async () => {
    const ledger = await open();
    await ledger.save([record('1'), record('2')], [...(await wonLead('1', 3)), ...(await wonLead('2', 3))]);
    await ledger.snooze([key('1')], monday);
    expect(await ledger.erase(key('1'), monday)).toBe(3);
    expect(await ledger.erase(key('1'), monday - day)).toBe(0);
    expect((await ledger.load([key('1')])).get(key('1'))?.forgottenUntil).toBe(monday);
    expect(await ledger.counts()).toEqual({ leads: 1, facts: 3, snoozes: 0, forgotten: 1 });
    expect(await total(ledger)).toBe(3);
  });

  it('runs about once a day, and not before the clock has gone on day by day for two weeks', async () => {
    const ledger = await open();
    await ledger.save([record('1')], await wonLead('1', 500));
    const run = (now: number) => applyRetention(ledger, { now, retentionDays: 400 });
    const unsure = { ran: false, why: 'clock-unsure' };
    for (let days = 0; days < 14; days += 1) expect(await run(monday + days * day)).toEqual(unsure);
    expect(await run(monday + 13 * day + 3_600_000)).toEqual({ ran: false, why: 'too-soon' });
    expect(await run(monday + 14 * day)).toEqual({ ran: true, leads: 1, facts: 3 });
    expect(await run(monday + 15 * day)).toEqual({ ran: true, leads: 0, facts: 0 });
  });

  it('a clock that is a year ahead for a week, and then right again, costs no lead of last month', async () => {
    const ledger = await open();
    const run = (now: number) => applyRetention(ledger, { now, retentionDays: 400 });
    for (let days = 0; days <= 14; days += 1) await run(monday + days * day);
    await ledger.save([record('2', { lead: makeLead('2', {}, monday) })], await wonLead('2', 40));
    const unsure = { ran: false, why: 'clock-unsure' };
    for (let days = 15; days < 22; days += 1) expect(await run(monday + (days + 365) * day)).toEqual(unsure);
    for (let days = 22; days < 36; days += 1) expect(await run(monday + days * day)).toEqual(unsure);
    expect(await run(monday + 36 * day)).toEqual({ ran: true, leads: 0, facts: 0 });
    expect(await ledger.count()).toBe(1);
  });

  it('a run that is stopped goes on the next time', async () => {
    const ledger = await open();
    for (let id = 0; id < 300; id += 1)
      await ledger.save(
        [record(String(id))],
        [await makeFact(String(id), 5, { kind: 'disposition', outcome: 'lost' })],
      );
    await ledger.setNote('retention', monday);
    await ledger.setNote('retention-steady', monday - 14 * day);
    const options = { now: monday + day, retentionDays: 1 };
    expect(await applyRetention(ledger, options, AbortSignal.abort())).toEqual({ ran: true, leads: 100, facts: 100 });
    expect(await applyRetention(ledger, options)).toEqual({ ran: true, leads: 200, facts: 200 });
    expect(await total(ledger)).toBe(300);
  });
});

describe('forgetting in the database', () => {
  it('leaves no trace that says who it was', async () => {
    const ledger = await openLedger(() => {});
    await ledger.save([record('1', { lead: makeLead('1', { name: 'Ana Ruiz' }) })], await wonLead('1', 3));
    await ledger.erase(key('1'), monday);
    const raw = await openDB(ledgerName);
    const all = await Promise.all([...raw.objectStoreNames].map((name) => raw.getAll(name)));
    expect(JSON.stringify(all)).not.toMatch(/Ana|crm\.example/);
    expect(all.flat()).not.toEqual([]);
    raw.close();
  });

  it('remembers what it forgot over a restart', async () => {
    const first = await openLedger(() => {});
    const old = await wonLead('1', 3);
    await first.erase(key('1'), monday);
    first.close();
    const second = await openLedger(() => {});
    expect(await second.take([], old)).toMatchObject({ facts: 0, refused: 3 });
    second.close();
  });

  it('never takes a lead for over whose facts can not all be read', async () => {
    const ledger = await openLedger(() => {});
    await ledger.save([record('1')], await wonLead('1', 500));
    const raw = await openDB(ledgerName);
    await damageFactOf(raw, key('1'));
    expect(await ledger.retain({ cutoff: monday, now: monday, limit: 10 })).toEqual({ leads: 0, facts: 0 });
    expect(await factsOnDisk(raw)).toHaveLength(4);
    expect(await ledger.counts()).toMatchObject({ facts: 4 });
    // A person who asks for it gets all of it erased.
    await ledger.erase(key('1'), monday);
    expect(await factsOnDisk(raw)).toEqual([]);
    expect(await ledger.counts()).toMatchObject({ facts: 0 });
    raw.close();
  });
});

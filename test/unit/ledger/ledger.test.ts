import { beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { Fact } from '../../../lib/lead/facts';
import type { FactDraft } from '../../../lib/lead/evidence';
import { identify } from '../../../lib/ledger/fact-id';
import { factSchema } from '../../../lib/ledger/fact-schema';
import { draft, makeFact, key, makeLead, ledgers, newDatabase, record, touch } from './support';

beforeEach(newDatabase);

describe('the schema of a fact', () => {
  it('takes every fact that the type allows, and gives one back', () => {
    // Checked by the compiler: a kind or a field that one of them lacks is an error here.
    expectTypeOf<Fact>().toExtend<z.infer<typeof factSchema>>();
    expectTypeOf<z.infer<typeof factSchema>>().toExtend<Fact>();
    expect(factSchema.unwrap().options.map((option) => option.shape.kind.value)).toContain('hand-off');
  });
});

describe('the id of a fact', () => {
  it('is the same for the same statement and another for any other', async () => {
    const [first, again] = [await identify(touch('1', 5)), await identify({ ...touch('1', 5) })];
    expect(first.id).toMatch(/^[0-9a-f]{32}$/);
    expect(again.id).toBe(first.id);
    const others = [
      touch('1', 6),
      touch('2', 5),
      { ...touch('1', 5), author: 'Ana' },
      { ...touch('1', 5), earliest: 4 },
    ];
    for (const other of others) expect((await identify(other)).id).not.toBe(first.id);
  });

  it('stays what it was in every version: a fact that lacks what later ones may say has the id of then', async () => {
    expect((await identify(draft('1', 5, { kind: 'tier-change', tier: 'hot' }))).id).toBe(
      '5dc7af2c5d9314226cdcc364316f8793',
    );
  });

  it('does not depend on the order of keys', async () => {
    const one = touch('1', 5);
    const reversed = Object.fromEntries(Object.entries(one).toReversed()) as unknown as FactDraft;
    expect((await identify(reversed)).id).toBe((await identify(one)).id);
  });
});

describe.each(ledgers)('the ledger %s', (_name, open) => {
  it('gives back what was saved, and nothing for what was not', async () => {
    const ledger = await open();
    const fact = await identify(touch('1', 5));
    await ledger.save([record('1')], [fact]);
    const loaded = await ledger.load([key('1'), key('2')]);
    expect(loaded.get(key('1'))).toEqual({ record: record('1'), facts: [fact] });
    expect(loaded.get(key('2'))).toEqual({ record: undefined, facts: [] });
    expect(await ledger.count()).toBe(1);
  });

  it('keeps one fact however often it is written', async () => {
    const ledger = await open();
    const fact = await identify(touch('1', 5));
    await ledger.save([], [fact, fact]);
    await ledger.save([], [fact]);
    expect((await ledger.load([key('1')])).get(key('1'))?.facts).toEqual([fact]);
  });

  it('finds what is due, soonest first, and leaves out what is not', async () => {
    const ledger = await open();
    await ledger.save(
      [record('1', { attention: 30 }), record('2', { attention: 10 }), record('3'), record('4', { attention: 99 })],
      [],
    );
    expect((await ledger.dueLeads(30)).map(({ lead }) => lead.id.recordId)).toEqual(['2', '1']);
  });

  it('finds what is due later, soonest first, and no more than asked for', async () => {
    const ledger = await open();
    const due = [30, 10, 99, 31].map((attention) => record(String(attention), { attention }));
    await ledger.save([...due, record('none')], []);
    const found = async (limit: number) => (await ledger.dueAfter(30, limit)).map(({ attention }) => attention);
    expect(await found(9)).toEqual([31, 99]);
    expect(await found(1)).toEqual([31]);
  });

  it('knows the next change and who changes until an instant', async () => {
    const ledger = await open();
    expect(await ledger.nextChange()).toBeUndefined();
    await ledger.save([record('1', { nextChangeAt: 30 }), record('2', { nextChangeAt: 10 }), record('3')], []);
    expect(await ledger.nextChange()).toBe(10);
    expect(await ledger.changingUntil(29, 10)).toEqual([key('2')]);
    expect(await ledger.changingUntil(30, 1)).toEqual([key('2')]);
  });

  it('names the leads that were computed with another agreement', async () => {
    const ledger = await open();
    await ledger.save([record('1'), record('2', { projection: 'b' }), record('3', { projection: 'c' })], []);
    expect((await ledger.outdated('b', 10)).toSorted()).toEqual([key('1'), key('3')]);
    expect(await ledger.outdated('b', 1)).toHaveLength(1);
  });

  it('keeps the instant at which a fact was first recorded', async () => {
    const ledger = await open();
    const first = await identify({ ...touch('1', 5), recordedAt: 10 });
    const again = await identify({ ...touch('1', 5), recordedAt: 20 });
    expect(again.id).toBe(first.id);
    await ledger.save([], [first, again]);
    await ledger.save([], [again]);
    expect((await ledger.factsOf([key('1')])).get(key('1'))).toEqual([first]);
  });

  it('gives the facts of many leads at once, also of those that have none', async () => {
    const ledger = await open();
    const facts = await Promise.all([touch('1', 5), touch('1', 6), touch('2', 7)].map(identify));
    await ledger.save([], facts);
    const found = await ledger.factsOf([key('1'), key('2'), key('3'), key('1')]);
    expect([...found.values()].map((list) => list.length)).toEqual([2, 1, 0]);
    expect(await ledger.counts()).toEqual({ leads: 0, facts: 3, snoozes: 0, forgotten: 0 });
  });

  it('goes through histories by their newest fact: spans that follow one another come to every fact once', async () => {
    const ledger = await open();
    const facts = await Promise.all([
      ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => identify(touch(id, 20))),
      ...[9, 10, 19, 21, 29, 30].map((at) => identify(touch('x', at))),
      ...Array.from({ length: 230 }, (_, turn) => identify(touch('long', 100 + turn))),
    ]);
    await ledger.save([], facts);
    const idsBetween = async (from: number, until: number): Promise<string[]> => {
      const found: string[] = [];
      for await (const some of ledger.historiesBetween(from, until)) found.push(...some.map(({ id }) => id));
      return found;
    };
    const spans = await Promise.all(
      [0, 20, 30, 150, 1_000].map((from, place, all) => idsBetween(from, all[place + 1] ?? 9_999)),
    );
    expect(spans.flat().toSorted()).toEqual(facts.map(({ id }) => id).toSorted());
    expect(spans[1]).toHaveLength(7);
    // With an open end nothing since then is left out, also where the newest fact of a lead lies far ahead.
    for (const since of [0, 10, 25, 30, 120, 329]) {
      const found = new Set(await idsBetween(since, Number.MAX_VALUE));
      expect(facts.filter(({ at, id }) => at >= since && !found.has(id))).toEqual([]);
    }
    expect(await idsBetween(30, 10)).toEqual([]);
  });

  it('finds leads that may be the same by what they share, and follows when that changes', async () => {
    const ledger = await open();
    const shared = ['mail:ana@acme.example', 'phone:+34600000001'];
    await ledger.save([record('1', { dupes: shared }), record('2', { dupes: [shared[1] as string] }), record('3')], []);
    const found = await ledger.duplicatesOf([...shared, 'mail:nobody@acme.example']);
    expect(found).toEqual(
      new Map([
        [shared[0], [key('1')]],
        [shared[1], [key('1'), key('2')]],
        ['mail:nobody@acme.example', []],
      ]),
    );
    await ledger.save([record('1', { dupes: [] })], []);
    expect((await ledger.duplicatesOf(shared)).get(shared[1] as string)).toEqual([key('2')]);
  });

  it('holds reminders back until their instant, and no longer when they are let go', async () => {
    const ledger = await open();
    await ledger.snooze([key('1'), key('2')], 100);
    await ledger.snooze([key('2')], 200);
    expect(await ledger.snoozedAt(99)).toEqual(
      new Map([
        [key('1'), 100],
        [key('2'), 200],
      ]),
    );
    expect(await ledger.snoozedAt(100)).toEqual(new Map([[key('2'), 200]]));
    await ledger.snooze([key('2')], null);
    expect((await ledger.snoozedAt(0)).has(key('2'))).toBe(false);
  });

  it('takes in what was written elsewhere: newer readings win, and the clocks are to be computed anew', async () => {
    const ledger = await open();
    await ledger.save([record('1', { lead: makeLead('1', { name: 'Old', source: 'Web' }, 10), attention: 5 })], []);
    const newer = makeLead('1', { name: 'New' }, 20);
    const touched = await makeFact('1', 15, { kind: 'hand-off' });
    expect(await ledger.take([newer, makeLead('2')], [touched])).toEqual({ leads: 2, facts: 1, known: 0, refused: 0 });
    const known = await ledger.load([key('1'), key('2')]);
    expect(known.get(key('1'))?.record).toMatchObject({
      lead: { fields: { name: 'New', source: 'Web' }, seenAt: 20 },
      attention: 5,
    });
    expect((await ledger.outdated('a', 10)).toSorted()).toEqual([key('1'), key('2')]);
    expect(await ledger.take([newer, makeLead('2')], [touched])).toEqual({ leads: 0, facts: 0, known: 1, refused: 0 });
  });

  it('does not have clocks computed anew for what it knew', async () => {
    const ledger = await open();
    const known = await identify(touch('1', 5));
    await ledger.save([record('1')], [known]);
    await ledger.take([makeLead('1')], [known]);
    expect(await ledger.outdated('a', 10)).toEqual([]);
    await ledger.take([], [await identify(touch('1', 6))]);
    expect(await ledger.outdated('a', 10)).toEqual([key('1')]);
  });

  it('keeps notes about itself', async () => {
    const ledger = await open();
    expect(await ledger.note('ran')).toBeUndefined();
    await ledger.setNote('ran', 5);
    expect(await ledger.note('ran')).toBe(5);
  });
});

/**
 * Invariant: whatever is saved, imported, exported, erased and forgotten, in whatever order and with restarts in between, the
 * ledger holds the same facts as a plain map that follows the rules in the slowest way, and no fact is ever counted twice.
 */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../../lib/lead/facts';
import { openLedger } from '../../../lib/ledger/database';
import { exportLines } from '../../../lib/ledger/export';
import { identify } from '../../../lib/ledger/fact-id';
import { importLedger } from '../../../lib/ledger/import';
import { createMemoryLedger } from '../../../lib/ledger/memory';
import type { Ledger } from '../../../lib/ledger/types';
import { allFacts, allLeads, day, draft, key, makeLead, monday, newDatabase, record } from './support';

const ids = ['a', 'b', 'c'];
const pool: Fact[] = [];

beforeAll(async () => {
  for (const id of ids) {
    const handOff = await identify(draft(id, day, { kind: 'hand-off' }));
    const touched = await identify(draft(id, 3 * day, { kind: 'touch', channel: 'call' }));
    const moved = await identify({ ...draft(id, 4 * day, { kind: 'touch', channel: 'email' }), replaces: touched.id });
    const won = await identify(draft(id, 5 * day, { kind: 'disposition', outcome: 'won' }));
    const undone = await identify(draft(id, 7 * day, { kind: 'retraction', replaces: won.id }));
    const reopened = await identify(draft(id, 9 * day, { kind: 'reopen' }));
    const lost = await identify(draft(id, 11 * day, { kind: 'disposition', outcome: 'lost' }));
    pool.push(handOff, touched, moved, won, undone, reopened, lost);
  }
});

type Step =
  | { readonly do: 'save' | 'import'; readonly facts: readonly number[]; readonly recordedAt: number }
  | { readonly do: 'export' | 'import-exported' | 'restart' }
  | { readonly do: 'retain'; readonly cutoff: number; readonly limit: number }
  | { readonly do: 'erase'; readonly id: string; readonly now: number }
  | { readonly do: 'record-again'; readonly id: string };

const someFacts = fc.array(fc.nat({ max: 20 }), { maxLength: 12 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('save' as const), facts: someFacts, recordedAt: fc.nat(99) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('import' as const), facts: someFacts, recordedAt: fc.nat(99) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('export' as const, 'import-exported' as const, 'restart') }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('retain' as const),
        cutoff: fc.integer({ min: 0, max: 14 }).map((days) => days * day),
        limit: fc.integer({ min: 1, max: 4 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('erase' as const),
        id: fc.constantFrom(...ids),
        now: fc.integer({ min: 0, max: 14 }).map((days) => days * day),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('record-again' as const), id: fc.constantFrom(...ids) }) },
  ),
  { maxLength: 30 },
) as fc.Arbitrary<Step[]>;

/** The rules, in plain loops. */
class Model {
  readonly facts = new Map<string, Fact>();
  readonly leads = new Set<string>();
  readonly forgotten = new Map<string, number>();
  readonly erased = new Set<string>();
  counted = 0;

  add(fact: Fact): void {
    const until = this.forgotten.get(fact.lead);
    if (this.erased.has(fact.lead)) return;
    if (this.facts.has(fact.id) || (until !== undefined && fact.at <= until)) return;
    this.facts.set(fact.id, fact);
  }

  /** Leads of this test are last seen at instant 1. */
  import(leadKey: string): void {
    if (!this.erased.has(leadKey) && 1 > (this.forgotten.get(leadKey) ?? 0)) this.leads.add(leadKey);
  }

  save(leadKey: string): void {
    if (!this.erased.has(leadKey)) this.leads.add(leadKey);
  }

  of(leadKey: string): Fact[] {
    return [...this.facts.values()].filter((fact) => fact.lead === leadKey);
  }

  standingOf(leadKey: string): Fact[] {
    const all = this.of(leadKey);
    return all.filter((fact) => fact.kind !== 'retraction' && !all.some((other) => other.replaces === fact.id));
  }

  forget(leadKey: string, now: number): void {
    this.counted += this.standingOf(leadKey).length;
    for (const { id } of this.of(leadKey)) this.facts.delete(id);
    this.leads.delete(leadKey);
    this.forgotten.set(leadKey, Math.max(now, this.forgotten.get(leadKey) ?? 0));
  }

  isOver(leadKey: string, cutoff: number): boolean {
    const all = this.of(leadKey);
    if (all.length === 0) return this.leads.has(leadKey) && 1 < cutoff;
    if (all.some(({ at }) => at >= cutoff)) return false;
    const ends = this.standingOf(leadKey).filter(({ kind }) => ['hand-off', 'reopen', 'disposition'].includes(kind));
    const isClosed = ends.toSorted((a, b) => a.at - b.at).at(-1)?.kind === 'disposition';
    return isClosed || !this.leads.has(leadKey) || 1 < cutoff;
  }
}

const recordsFor = (facts: readonly Fact[]) => ids.filter((id) => facts.some((one) => one.lead === key(id)));

async function* bytesOf(lines: readonly string[]): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(lines.join('\n'));
}

async function linesOf(ledger: Ledger): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLines(ledger, 1)) lines.push(line);
  return lines;
}

interface World {
  ledger: Ledger;
  readonly model: Model;
  exported: readonly string[];
  exportedFacts: readonly Fact[];
  exportedLeads: readonly string[];
}

async function play(step: Step, world: World, restart: (ledger: Ledger) => Promise<Ledger>): Promise<void> {
  const { ledger, model } = world;
  switch (step.do) {
    case 'save': {
      const facts = step.facts.map((index) => ({ ...(pool[index] as Fact), recordedAt: step.recordedAt }));
      const seen = recordsFor(facts);
      await ledger.save(
        seen.map((id) => record(id)),
        facts,
      );
      for (const id of seen) model.save(key(id));
      for (const fact of facts) model.add(fact);
      break;
    }
    case 'import': {
      const facts = step.facts.map((index) => ({ ...(pool[index] as Fact), recordedAt: step.recordedAt }));
      const seen = recordsFor(facts);
      const lines = [...seen.map((id) => ({ lead: makeLead(id) })), ...facts.map((fact) => ({ fact }))].map((line) =>
        JSON.stringify(line),
      );
      const result = await importLedger(ledger, bytesOf(['{"format":"relevo-ledger","version":1}', ...lines]), monday);
      expect(result).toMatchObject({ ok: true, bad: 0 });
      for (const id of seen) model.import(key(id));
      for (const fact of facts) model.add({ ...fact, recordedAt: monday });
      break;
    }
    case 'export':
      world.exported = await linesOf(ledger);
      world.exportedFacts = [...model.facts.values()];
      world.exportedLeads = [...model.leads];
      break;
    case 'import-exported':
      if (world.exported.length === 0) break;
      expect(await importLedger(ledger, bytesOf(world.exported), monday)).toMatchObject({ ok: true, bad: 0 });
      for (const one of world.exportedLeads) model.import(one);
      for (const fact of world.exportedFacts) model.add({ ...fact, recordedAt: monday });
      break;
    case 'restart':
      world.ledger = await restart(ledger);
      break;
    case 'retain': {
      let after: string | undefined;
      do {
        const bounds = { cutoff: step.cutoff, now: step.cutoff + day, limit: step.limit };
        after = (await ledger.retain(after === undefined ? bounds : { ...bounds, after })).next;
      } while (after !== undefined);
      for (const id of ids) if (model.isOver(key(id), step.cutoff)) model.forget(key(id), step.cutoff + day);
      break;
    }
    case 'erase':
      await ledger.erase(key(step.id), step.now);
      model.forget(key(step.id), step.now);
      model.erased.add(key(step.id));
      break;
    case 'record-again':
      await ledger.recordAgain(key(step.id));
      if (model.erased.delete(key(step.id))) model.forgotten.delete(key(step.id));
      break;
  }
}

async function compare({ ledger, model }: World): Promise<void> {
  const byId = (a: Fact, b: Fact): number => (a.id < b.id ? -1 : 1);
  expect(await allFacts(ledger)).toEqual([...model.facts.values()].toSorted(byId));
  expect((await allLeads(ledger)).map((one) => one.key)).toEqual([...model.leads].toSorted());
  const counts = await ledger.aggregates('0000', '9999');
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(model.counted);
  expect(ledger.unreadable()).toBe(0);
}

describe.each<[string, () => Promise<Ledger>, (ledger: Ledger) => Promise<Ledger>]>([
  [
    'in IndexedDB',
    () => {
      newDatabase();
      return openLedger(() => {});
    },
    (ledger) => {
      ledger.close();
      return openLedger(() => {});
    },
  ],
  ['in memory', async () => createMemoryLedger(), async (ledger) => ledger],
])('the ledger %s', (_name, open, restart) => {
  it('is the model, after any steps in any order', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (played) => {
        const world: World = {
          ledger: await open(),
          model: new Model(),
          exported: [],
          exportedFacts: [],
          exportedLeads: [],
        };
        for (const step of played) {
          await play(step, world, restart);
          await compare(world);
        }
        world.ledger.close();
      }),
      { numRuns: 120 },
    );
  });

  it('writes at once, from wherever, are the same as one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someFacts, { maxLength: 12 }), async (groups) => {
        const ledger = await open();
        const factsOf = (group: readonly number[]): Fact[] => group.map((index) => pool[index] as Fact);
        await Promise.all(
          groups.map((group, index) =>
            index % 2 === 0 ? ledger.save([], factsOf(group)) : ledger.take([], factsOf(group)),
          ),
        );
        const wanted = [...new Set(groups.flat())].map((index) => (pool[index] as Fact).id).toSorted();
        expect((await allFacts(ledger)).map(({ id }) => id)).toEqual(wanted);
        ledger.close();
      }),
      { numRuns: 60 },
    );
  });
});

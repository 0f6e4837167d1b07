/**
 * Budget: a year of 500,000 facts. Digests are made when a lead changes and kept; from them the first page of figures in at
 * most 1 s, the next one after a change of filter in at most 100 ms, all of it in at most 200 MB. The same from 50,000 facts
 * in at most 200 ms. Run: `node test/bench/report.bench.ts`. Fails where a budget is missed.
 */
import { registerHooks } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Agreement } from '../../lib/agreement/schema';
import type { Clock } from '../../lib/clock';
import type { Fact, FactContent } from '../../lib/lead/facts';
import type { Lead } from '../../lib/lead/lead';
import type { Columns, Digest, Filters } from '../../lib/report';
import { isKept, print, verdictLine } from './table.ts';

// Node strips types but wants file names in full; the code leaves them to the bundler.
registerHooks({
  resolve(specifier, context, next) {
    for (const ending of ['', '.ts', '/index.ts']) {
      try {
        return next(`${specifier}${ending}`, context);
      } catch (error) {
        if (!specifier.startsWith('.') || ending === '/index.ts') throw error;
      }
    }
    throw new Error(`not found: ${specifier}`);
  },
});

const { createCalendarCache } = await import('../../lib/calendar/index.ts');
const { evaluateAll } = await import('../../lib/clock/index.ts');
const report = await import('../../lib/report/index.ts');

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const timeZone = 'Europe/Madrid';
const year = { from: Date.parse('2025-12-31T23:00:00Z'), to: Date.parse('2026-12-31T23:00:00Z') };
const now = year.to;
const factsPerLead = 10;

/** Fixed pseudo-random numbers (mulberry32), so that every run asks the same. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const random = randomFrom(7);
const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;

const open = [['09:00', '18:00']] as [string, string][];
const office = { timeZone, weekly: { mon: open, tue: open, wed: open, thu: open, fri: open } };
const agreement = {
  schema: 1,
  id: 'bench',
  version: 1,
  atRisk: { share: 0.75, floorMinutes: 5 },
  calendars: { office },
  commitments: [
    { id: 'accept', owedBy: 'sales', rules: [{ target: { workingMinutes: 240, calendar: 'office' } }] },
    { id: 'first-touch', owedBy: 'sales', rules: [{ target: { workingMinutes: 60, calendar: 'office' } }] },
    { id: 'respond', owedBy: 'sales', rules: [{ target: { elapsedMinutes: 1_440 } }] },
    { id: 'fix-data', owedBy: 'marketing', rules: [{ target: { workingMinutes: 540, calendar: 'office' } }] },
  ],
} as unknown as Agreement;

const names = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);
const [sources, campaigns, reps] = [names('source', 40), names('campaign', 200), names('rep', 60)];

function contentOf(place: number): FactContent {
  switch (place) {
    case 0:
      return { kind: 'hand-off' };
    case 1:
    case 4:
    case 6:
      return { kind: 'touch', channel: 'call' };
    case 2:
      return {
        kind: 'verdict',
        verdict: pick(['accepted', 'accepted', 'rejected', 'recycled']),
        reason: pick(['fit', 'timing']),
      };
    case 3:
      return random() < 0.3 ? { kind: 'flag', reason: 'data', data: true } : { kind: 'note', text: 'called' };
    case 5:
      return { kind: 'inbound', channel: 'email' };
    case 7:
      return { kind: 'pause', reason: 'waiting' };
    case 8:
      return { kind: 'resume' };
    default:
      return { kind: 'disposition', outcome: pick(['won', 'lost', 'converted', 'closed']) };
  }
}

interface Told {
  readonly lead: Lead;
  readonly facts: readonly Fact[];
}

function tell(index: number): Told {
  const id = {
    crm: pick(['demo', 'espocrm']),
    origin: 'https://crm.example.com',
    object: 'lead',
    recordId: String(index),
  };
  const key = `${id.crm}|https://crm.example.com|lead|${index}`;
  const start = year.from + Math.floor(random() * (year.to - year.from));
  const facts = Array.from({ length: factsPerLead }, (_, place): Fact => {
    const at = start + Math.floor(place * 6 * hour * random());
    return {
      id: `${index}-${place}`,
      lead: key,
      at,
      author: 'ada',
      evidence: 'person',
      recordedAt: at + 5 * minute,
      ...contentOf(place),
    };
  });
  const fields = {
    source: pick(sources),
    campaign: pick(campaigns),
    tier: pick(['hot', 'warm', 'cold']),
    status: pick(['new', 'working', 'done']),
    ownerId: pick(reps),
  };
  return { lead: { key, id, fields, seenAt: now - Math.floor(random() * day) }, facts };
}

const calendars = createCalendarCache();
const digestOf = ({ lead, facts }: Told, clocks: readonly Clock[]): Digest =>
  report.digestOf({ lead, facts, clocks, now, measure: { spec: office, calendars } });

/** All that the first page shows. */
function page(columns: Columns, filters: Filters): unknown[] {
  const request = { window: year, filters };
  return [
    report.kpiOf(columns, request),
    report.kpiOf(columns, { ...request, window: report.windowBefore(year, timeZone) }),
    report.kpisOver(columns, request, 'month'),
    report.heatMap(columns, request, { commitment: 'first-touch', owedBy: 'sales' }),
    report.sourcesTable(columns, request),
    report.peopleTable(columns, request, 'rep', 'shown'),
    report.paceOf(columns, { window: year, filters, promised: 50_000, spec: office, calendars }),
    report.slaOf(columns, { filters }),
  ];
}

/** Time of this thread's own work, ms: other programs on the machine make no difference. */
function timed<Answer>(run: () => Answer): { readonly ms: number; readonly answer: Answer } {
  const before = process.threadCpuUsage();
  const answer = run();
  const { user, system } = process.threadCpuUsage(before);
  return { ms: (user + system) / 1_000, answer };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function megabytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_048_576;
}

function check(name: string, measured: number, unit: string, budget?: number): void {
  if (budget === undefined) return print(`${name.padEnd(56)} ${measured.toFixed(1).padStart(8)} ${unit}`);
  const verdict = { name, measured, unit, budget };
  if (!isKept(verdict)) process.exitCode = 1;
  return print(verdictLine(verdict));
}

const filterChanges: readonly Filters[] = [
  { source: sources.slice(0, 20) },
  { tier: ['hot'], weekday: [0, 1, 2] },
  { rep: reps.slice(0, 50) },
  {},
  { crm: ['demo'] },
];

function measure(
  factCount: number,
  budgets: { readonly first: number; readonly change: number; readonly memory?: number },
): void {
  const name = `${factCount.toLocaleString('en')} facts`;
  const count = factCount / factsPerLead;
  const digests: Digest[] = [];
  let digesting = 0;
  // A batch at a time, as the worker does it: the facts are never all in memory.
  for (let index = 0; index < count; index += 1_000) {
    const told = Array.from({ length: 1_000 }, (_, place) => tell(index + place));
    const clocks = told.map(({ lead, facts }) => evaluateAll(lead, facts, [agreement], calendars, now));
    const { ms, answer } = timed(() => told.map((one, place) => digestOf(one, clocks[place]!)));
    digesting += ms;
    digests.push(...answer);
  }
  check(`${name}: digests, without the clocks`, digesting, 'ms');
  const kept = digests.map((digest) => JSON.stringify(digest));
  digests.length = 0;
  check(`${name}: digests as they are stored`, kept.reduce((sum, text) => sum + text.length, 0) / 1_048_576, 'MB');
  const base = megabytes();
  const first = timed(() => {
    const read = kept.map((text) => JSON.parse(text) as Digest);
    const columns = report.createColumns(read, { timeZone, now });
    return { read, columns, figures: page(columns, {}) };
  });
  check(`${name}: first figures, from stored digests`, first.ms, 'ms', budgets.first);
  const { columns } = first.answer;
  check(`${name}: memory while the digests are read`, megabytes() - base, 'MB', budgets.memory);
  first.answer.read.length = 0;
  check(`${name}: memory of columns and figures`, megabytes() - base, 'MB', budgets.memory);
  const changes = filterChanges.map((filters) => timed(() => page(columns, filters)).ms);
  check(`${name}: change of filter, the slowest of ${changes.length}`, Math.max(...changes), 'ms', budgets.change);
  const list = timed(() => report.leadsBehind(columns, { window: year }, { of: 'verdict', part: 'rejected' }));
  check(`${name}: leads behind a number`, list.ms, 'ms', budgets.change);
}

measure(50_000, { first: 200, change: 100 });
measure(500_000, { first: 1_000, change: 100, memory: 200 });

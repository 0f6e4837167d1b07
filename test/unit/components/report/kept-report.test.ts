/**
 * Invariant: whatever is written, learnt late, corrected, erased or forgotten, under whatever agreement, at whatever time and with
 * whatever damage to what is kept, a report that takes days from the ledger says the same as one that computes all from facts.
 */
import * as fc from 'fast-check';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { gather, type Gathered } from '../../../../components/report/gather';
import type { DayServices } from '../../../../components/report/services';
import type { Agreement } from '../../../../lib/agreement/schema';
import type { FactDraft } from '../../../../lib/lead/evidence';
import type { Fact, FactContent } from '../../../../lib/lead/facts';
import type { Lead, LeadKey } from '../../../../lib/lead/lead';
import { ledgerName, openLedger } from '../../../../lib/ledger/database';
import { identify } from '../../../../lib/ledger/fact-id';
import { readDays } from '../../../../lib/ledger/read-days';
import type { Ledger } from '../../../../lib/ledger/types';
import { messageSchemas } from '../../../../lib/messages/schemas';
import { kpiOf, kpisBy, kpisOver, leadsBehind, peopleTable, slaOf, sourcesTable } from '../../../../lib/report';
import { beginDays, dayLeads, keepDays, settleDays } from '../../../../lib/worker/report-days';
import { exportPage } from '../../../../lib/worker/upkeep';
import { newDatabase } from '../../ledger/support';
import { day, hour, minute, now, quarter, tellQuarter } from '../../report/quarter';
import { reportServices, termsOf } from './support';

const leadCount = 30;

type Step =
  | { readonly do: 'report'; readonly keptMessages: number }
  | { readonly do: 'save' | 'take'; readonly lead: number; readonly at: number; readonly content: FactContent }
  | { readonly do: 'see'; readonly lead: number; readonly at: number; readonly source: string; readonly rep: string }
  | { readonly do: 'correct'; readonly lead: number; readonly nth: number; readonly by: 'retraction' | 'touch' }
  | { readonly do: 'erase'; readonly lead: number }
  | { readonly do: 'retain'; readonly cutoff: number }
  | { readonly do: 'promise'; readonly minutes: number; readonly timeZone: string }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'damage'; readonly of: number; readonly at: number }
  | { readonly do: 'restart' };

const lead = fc.nat({ max: leadCount + 3 });
const instant = fc
  .integer({ min: quarter.from / minute, max: (now + 10 * day) / minute })
  .map((minutes) => minutes * minute);
const content: fc.Arbitrary<FactContent> = fc.oneof(
  fc.constantFrom<FactContent[]>(
    { kind: 'hand-off' },
    { kind: 'touch', channel: 'call' },
    { kind: 'inbound', channel: 'email' },
    { kind: 'verdict', verdict: 'accepted' },
    { kind: 'verdict', verdict: 'rejected', reason: 'fit', data: true },
    { kind: 'flag', reason: 'data', data: true },
    { kind: 'pause', reason: 'waiting' },
    { kind: 'disposition', outcome: 'won' },
    { kind: 'reopen' },
  ),
  instant.map((until): FactContent => ({ kind: 'verdict', verdict: 'recycled', until })),
  instant.map((until): FactContent => ({ kind: 'pause', reason: 'waiting', until })),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('report'), keptMessages: fc.constantFrom(0, 1, 99, 99, 99) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('save', 'take'), lead, at: instant, content }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('see'),
      lead,
      at: instant,
      source: fc.constantFrom('web', 'fair', 'a new one'),
      rep: fc.constantFrom('r1', 'r9'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('correct'),
      lead,
      nth: fc.nat({ max: 5 }),
      by: fc.constantFrom('retraction', 'touch'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase'), lead }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retain'), cutoff: instant }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('promise'),
      minutes: fc.constantFrom(30, 600),
      timeZone: fc.constantFrom('Europe/Madrid', 'Asia/Kathmandu'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(minute, 3 * hour, 2 * day, -5 * hour) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('damage'), of: fc.nat(), at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
) as fc.Arbitrary<Step>;

/** A browser: its ledger, its agreement, its time. */
class World {
  versions: readonly Agreement[] = termsOf();
  now = now;
  /** Reports in which not all was computed anew. */
  kept = 0;
  readonly known = new Map<LeadKey, { lead: Lead; facts: Fact[] }>();

  ledger: Ledger;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  readonly context = {
    withLedger: <Answer>(job: (ledger: Ledger) => Promise<Answer>): Promise<Answer> => job(this.ledger),
    now: () => this.now,
  };

  keyOf(index: number): LeadKey {
    return `demo|https://crm.example.com|lead|${index}`;
  }

  leadAt(index: number, fields: Lead['fields'] = {}, seenAt = this.now): Lead {
    const id = { crm: 'demo', origin: 'https://crm.example.com', object: 'lead', recordId: String(index) };
    return { key: this.keyOf(index), id, fields, seenAt };
  }

  async write(how: 'save' | 'take', known: Lead, drafts: readonly FactDraft[]): Promise<void> {
    const facts = await Promise.all(drafts.map(identify));
    const before = this.known.get(known.key)?.facts ?? [];
    this.known.set(known.key, { lead: known, facts: [...before, ...facts] });
    if (how === 'take') await this.ledger.take([known], facts);
    else await this.ledger.save([{ key: known.key, lead: known, clocks: [], projection: 'a' }], facts);
  }

  async report(keptMessages: number): Promise<void> {
    const signal = new AbortController().signal;
    const read = async (days: DayServices | null): Promise<Gathered> => {
      const terms = {
        asOf: this.now,
        agreement: this.versions[0]!,
        versions: this.versions,
        leads: await this.ledger.count(),
        shown: {},
      };
      // oxlint-disable-next-line typescript/no-misused-spread -- the services are plain functions
      const services = { ...reportServices(), terms: async () => terms, days };
      const page = (after?: string) => exportPage(after, this.context as Parameters<typeof exportPage>[1]);
      return gather({ ...services, page }, { signal, onProgress: () => {} });
    };
    const fromFacts = await read(null);
    const fromDays = await read(this.#days(keptMessages));
    expect(figuresOf(fromDays)).toEqual(figuresOf(fromFacts));
    await fromDays.keep(signal);
  }

  #days(keptMessages: number): DayServices {
    let left = keptMessages;
    return {
      build: '1',
      begin: async () => (await beginDays(this.context)).session,
      read: readDays,
      leads: async (leads) => {
        this.kept += 1;
        return dayLeads(leads, this.context);
      },
      keep: async ({ put, ...change }) => {
        if (left-- <= 0) return false;
        const sent = put.map(({ rows, ...one }) => ({ ...one, rows: Buffer.from(rows).toString('base64') }));
        return (await keepDays(messageSchemas.keepDays().parse({ ...change, put: sent }), this.context)).ok;
      },
      settle: async (session) => (await settleDays(messageSchemas.settleDays().parse({ session }), this.context)).ok,
    };
  }

  async take(given: Step): Promise<void> {
    switch (given.do) {
      case 'report':
        return this.report(given.keptMessages);
      case 'save':
      case 'take': {
        const known = this.known.get(this.keyOf(given.lead))?.lead ?? this.leadAt(given.lead);
        const draft = {
          lead: known.key,
          at: given.at,
          author: 'ada',
          evidence: 'person',
          recordedAt: this.now,
        } as const;
        return this.write(given.do, known, [{ ...draft, ...given.content }]);
      }
      case 'see':
        return this.write('save', this.leadAt(given.lead, { source: given.source, ownerId: given.rep }, given.at), []);
      case 'correct': {
        const known = this.known.get(this.keyOf(given.lead));
        const wrong = known?.facts[given.nth];
        if (!known || !wrong) return;
        const draft = {
          lead: wrong.lead,
          at: wrong.at,
          author: 'ada',
          evidence: 'person',
          replaces: wrong.id,
        } as const;
        const right = given.by === 'touch' ? { kind: 'touch', channel: 'email' } : { kind: 'retraction' };
        return this.write('save', known.lead, [{ ...draft, ...right } as FactDraft]);
      }
      case 'erase':
        this.known.delete(this.keyOf(given.lead));
        await this.ledger.erase(this.keyOf(given.lead), this.now);
        return;
      case 'retain':
        await this.ledger.retain({ cutoff: given.cutoff, now: this.now, limit: 100 });
        return;
      case 'promise':
        this.versions = termsOf({
          calendars: { office: { timeZone: given.timeZone, weekly: { mon: [['09:00', '18:00']] } } },
          commitments: [
            {
              id: 'first-touch',
              owedBy: 'sales',
              rules: [{ target: { workingMinutes: given.minutes, calendar: 'office' } }],
            },
          ],
        });
        return;
      case 'wait':
        this.now += given.ms;
        return;
      case 'damage':
        return damage(given.of, given.at);
      case 'restart':
        this.ledger.close();
        this.ledger = await openLedger(() => {});
        return;
    }
  }
}

async function damage(of: number, at: number): Promise<void> {
  const raw = await openDB(ledgerName);
  const all = (await raw.getAll('days')) as { rows: Uint8Array }[];
  const one = all[of % Math.max(1, all.length)];
  if (one && one.rows.length > 0) {
    const rows = one.rows.slice();
    rows[at % rows.length]! ^= 0x40;
    await raw.put('days', { ...one, rows });
  }
  raw.close();
}

function figuresOf({ columns, faces, withoutLead }: Gathered): unknown {
  const request = { window: { from: quarter.from - 100 * day, to: now + 30 * day } };
  return {
    kpi: kpiOf(columns, request),
    months: kpisOver(columns, request, 'month'),
    crms: kpisBy(columns, request, 'crm'),
    hours: kpisBy(columns, request, 'hour'),
    sources: sourcesTable(columns, request),
    people: peopleTable(columns, request, 'rep', 'shown'),
    sla: slaOf(columns),
    keys: leadsBehind(columns, request, { of: 'hand-offs' }),
    faces: columns.keys.map((key) => faces.get(key)),
    withoutLead,
  };
}

describe('a report that takes what is kept', () => {
  it('says the same as one from facts, whatever happened in between', { timeout: 300_000 }, async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.array(step, { minLength: 6, maxLength: 16 }), async (seed, steps) => {
        newDatabase();
        const world = new World(await openLedger(() => {}));
        for (const [index, told] of tellQuarter(leadCount, seed).entries()) {
          const own = { ...told.lead, fields: { ...told.lead.fields, name: `Lead ${index}` } };
          await world.write(
            'save',
            { ...own, key: world.keyOf(index) },
            told.facts.map((fact): FactDraft => Object.assign({}, fact, { lead: world.keyOf(index) })),
          );
        }
        for (const one of [{ do: 'report', keptMessages: 99 } as const, ...steps]) await world.take(one);
        await world.report(99);
        await world.report(99);
        kept += world.kept;
        world.ledger.close();
      }),
      { numRuns: 25 },
    );
    // Else nothing was tried.
    expect(kept).toBeGreaterThan(15);
  });
});

/** Leads for the report's tests, one fact list each, under office hours of Madrid. */
import type { Agreement } from '../../../lib/agreement/schema';
import { evaluateAll } from '../../../lib/clock';
import type { Fact, FactBase, FactContent } from '../../../lib/lead/facts';
import type { LeadFields } from '../../../lib/lead/lead';
import { createColumns, digestOf, type Columns, type Digest, type DigestInput } from '../../../lib/report';
import { agreements, calendars, madrid, timeZone } from './quarter';

export interface Sketch {
  readonly id?: string;
  readonly fields?: LeadFields;
  readonly seenAt?: number;
  readonly facts: readonly (readonly [at: string | number, content: FactContent, more?: Partial<FactBase>])[];
}

/** Instants without a zone are those of Madrid in winter. */
export const at = (when: string): number => Date.parse(when.endsWith('Z') ? when : `${when}+01:00`);

export const handOff: FactContent = { kind: 'hand-off' };
export const call: FactContent = { kind: 'touch', channel: 'call' };
export const accepted: FactContent = { kind: 'verdict', verdict: 'accepted' };
export const rejected = (reason: string, data = false): FactContent => ({
  kind: 'verdict',
  verdict: 'rejected',
  reason,
  data,
});
export const won: FactContent = { kind: 'disposition', outcome: 'won' };

export function digest(
  sketch: Sketch,
  now: number,
  versions: readonly Agreement[] = agreements,
  more: Partial<DigestInput> = {},
): Digest {
  const recordId = sketch.id ?? '1';
  const key = `demo|https://crm.example.com|lead|${recordId}`;
  const facts = sketch.facts.map(([when, content, extra = {}], index): Fact => {
    const instant = typeof when === 'number' ? when : at(when);
    const base = { id: `${recordId}-${index}`, lead: key, at: instant, author: 'ada', evidence: 'person' } as const;
    return { ...base, ...extra, ...content };
  });
  const id = { crm: 'demo', origin: 'https://crm.example.com', object: 'lead', recordId };
  const lead = { key, id, fields: sketch.fields ?? {}, seenAt: sketch.seenAt ?? now };
  const clocks = evaluateAll(lead, facts, versions, calendars, now);
  return digestOf({ lead, facts, clocks, now, measure: { spec: madrid, calendars }, ...more });
}

export function columnsOf(sketches: readonly Sketch[], now: number, versions?: readonly Agreement[]): Columns {
  const digests = sketches.map((sketch, index) => digest({ id: String(index + 1), ...sketch }, now, versions));
  return createColumns(digests, { timeZone, now });
}

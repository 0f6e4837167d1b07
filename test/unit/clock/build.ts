/** Builders of leads, facts and agreements for the clock's tests. Office hours are Mon–Fri 09–17 UTC unless a test says otherwise. */
import type { Agreement, Commitment, CommitmentId, Rule } from '../../../lib/agreement/schema';
import { createCalendarCache } from '../../../lib/calendar';
import type { CalendarSpec } from '../../../lib/calendar/types';
import { evaluate, explain, type Clock, type ExplainStep } from '../../../lib/clock';
import type { Fact, FactBase, FactContent } from '../../../lib/lead/facts';
import type { Lead, LeadFields } from '../../../lib/lead/lead';

export const minute = 60_000;
export const hour = 60 * minute;

/** Week of the examples: Monday is 2026-03-02. All local times are UTC. */
const days = { mon: 2, tue: 3, wed: 4, thu: 5, fri: 6, sat: 7, sun: 8 } as const;
type Day = keyof typeof days;

/** `at('fri 16:30')`, `at('mon 09:30', 1)` for the week after. */
export function at(when: `${Day} ${string}`, weeks = 0): number {
  const [day, time] = when.split(' ') as [Day, string];
  const date = String(days[day]).padStart(2, '0');
  return Date.parse(`2026-03-${date}T${time.length === 5 ? `${time}:00` : time}Z`) + weeks * 7 * 24 * hour;
}

export const week = (open: string, close: string): CalendarSpec['weekly'] =>
  Object.fromEntries((['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day) => [day, [[open, close]]]));

export const office: CalendarSpec = { timeZone: 'UTC', weekly: week('09:00', '17:00') };

export const working = (minutes: number, calendar = 'office'): Rule => ({
  target: { workingMinutes: minutes, calendar },
});
export const elapsed = (minutes: number): Rule => ({ target: { elapsedMinutes: minutes } });

export function commitment(
  id: CommitmentId,
  rules: readonly Rule[] | Rule,
  more: Partial<Commitment> = {},
): Commitment {
  const owedBy = id === 'fix-data' || id === 'unblock' ? 'marketing' : 'sales';
  return { id, owedBy, rules: Array.isArray(rules) ? [...(rules as Rule[])] : [rules as Rule], ...more };
}

interface AgreementParts extends Partial<Omit<Agreement, 'calendars' | 'commitments'>> {
  readonly calendars?: Readonly<Record<string, CalendarSpec>>;
  readonly commitments?: readonly Commitment[];
}

export function agreement(parts: AgreementParts = {}): Agreement {
  return {
    schema: 1,
    id: 'test',
    version: 1,
    atRisk: { share: 0.75, floorMinutes: 5 },
    calendars: { office },
    commitments: [commitment('first-touch', working(60), { clause: '3.2' })],
    ...parts,
  } as Agreement;
}

export const key = 'demo|https://crm.example.com|lead|1';

export function lead(fields: LeadFields = {}, seenAt = 0): Lead {
  return { key, id: { crm: 'demo', origin: 'https://crm.example.com', object: 'lead', recordId: '1' }, fields, seenAt };
}

/** An id made from what the fact states, as the ledger does it. */
export function fact(when: number, content: FactContent, more: Partial<FactBase> = {}): Fact {
  const base = { lead: key, at: when, author: 'ada', evidence: 'person', ...more } as const;
  return { id: JSON.stringify({ ...base, ...content }), ...base, ...content };
}

export const handOff = (when: number, more: Partial<FactBase> = {}): Fact => fact(when, { kind: 'hand-off' }, more);
export const touch = (when: number, more: Partial<FactBase> = {}): Fact =>
  fact(when, { kind: 'touch', channel: 'call' }, more);
export const inbound = (when: number): Fact => fact(when, { kind: 'inbound', channel: 'email' });
export const verdict = (
  when: number,
  answer: 'accepted' | 'rejected' | 'recycled',
  more: Partial<FactBase> = {},
): Fact => fact(when, { kind: 'verdict', verdict: answer }, more);
export const pause = (when: number, until?: number, more: Partial<FactBase> = {}): Fact =>
  fact(when, { kind: 'pause', reason: 'waiting', ...(until === undefined ? {} : { until }) }, more);
export const resume = (when: number): Fact => fact(when, { kind: 'resume' });
export const disposition = (
  when: number,
  outcome: 'won' | 'lost' | 'converted' | 'disqualified' | 'merged' | 'closed',
  more: Partial<FactBase> = {},
): Fact => fact(when, { kind: 'disposition', outcome }, more);
export const reopen = (when: number): Fact => fact(when, { kind: 'reopen' });
export const tierChange = (when: number, tier: string, from?: string): Fact =>
  fact(when, { kind: 'tier-change', tier, ...(from === undefined ? {} : { from }) });
export const reassignment = (when: number, owner: string, more: Partial<FactBase> = {}): Fact =>
  fact(when, { kind: 'reassignment', owner }, more);

export interface Case {
  readonly facts: readonly Fact[];
  readonly now: number;
  readonly agreements?: readonly Agreement[];
  readonly fields?: LeadFields;
  /** Default: seen at `now`, so that nothing is stale. */
  readonly seenAt?: number;
  readonly touchesUnread?: true;
}

export const calendars = createCalendarCache();

export function clocks({ facts, now, agreements = [agreement()], fields, seenAt = now, ...more }: Case): Clock[] {
  return evaluate({ ...lead(fields, seenAt), ...more }, facts, agreements, calendars, now);
}

/** The only clock of a case. */
export function only(given: Case): Clock {
  const all = clocks(given);
  if (all.length !== 1) throw new Error(`expected one clock, got ${all.length}`);
  return all[0]!;
}

/** An agreement with one commitment. */
export const promising = (id: CommitmentId, rules: readonly Rule[] | Rule, more: Partial<Commitment> = {}): Agreement =>
  agreement({ commitments: [commitment(id, rules, more)] });

/** When a lead handed over at `start` is due under one target. */
export function dueAt(
  start: number,
  rule: Rule,
  calendar: CalendarSpec = office,
  facts: readonly Fact[] = [],
): string | null {
  const own = agreement({ calendars: { office: calendar }, commitments: [commitment('first-touch', rule)] });
  const clock = only({
    facts: [handOff(start), ...facts],
    now: Math.max(start, ...facts.map((one) => one.at)),
    agreements: [own],
  });
  return clock.dueAt === null ? null : iso(clock.dueAt);
}

export const iso = (when: number): string => new Date(when).toISOString();

export function steps(clock: Clock, of: Agreement, now: number): ExplainStep[] {
  return explain(clock, of, calendars, now);
}

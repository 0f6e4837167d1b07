/**
 * What stays of facts that are forgotten: counts by day, for the reports of past periods. Nothing in here may name a
 * person or a lead, so no author, owner, company or free text gets in. Pure.
 */
import { assertNever } from '../clock/assert-never';
import type { Fact, FactKind } from '../lead/facts';
import { parseLeadKey, type Lead } from '../lead/lead';
import { standing } from '../lead/standing';

/** Empty text stands for "none": IndexedDB can't have holes in a key. */
export interface Aggregate {
  /** `YYYY-MM-DD` in UTC, of the instant at which it happened. */
  readonly day: string;
  /** Adapter id. */
  readonly crm: string;
  readonly kind: FactKind;
  /** Verdict, outcome, answer, readiness, axis or channel: the word that tells facts of one kind apart. */
  readonly what: string;
  /** Id of a reason of the taxonomy. */
  readonly reason: string;
  readonly source: string;
  readonly count: number;
}

/** Of all fields but the count; also the key in the database. */
export function aggregateKey({ day, crm, kind, what, reason, source }: Aggregate): string[] {
  return [day, crm, kind, what, reason, source];
}

/** A taxonomy's id, or a CRM's internal status; anything that may be a person's sentence is not kept. */
const idLike = /^[\w.:-]{1,60}$/u;
/** A CRM's list of sources has short names. */
const sourceAtMost = 80;

function whatOf(fact: Fact): string {
  switch (fact.kind) {
    case 'touch':
    case 'inbound':
      return fact.channel;
    case 'verdict':
      return fact.verdict;
    case 'flag':
      return fact.axis ?? '';
    case 'flag-answer':
      return fact.answer;
    case 'readiness':
      return fact.value;
    case 'blocked':
      return fact.by;
    case 'disposition':
      return fact.outcome;
    case 'hand-off':
    case 'pause':
    case 'resume':
    case 'unblocked':
    case 'reassignment':
    case 'tier-change':
    case 'reopen':
    case 'note':
    case 'dismissal':
    case 'retraction':
    case 'approval':
    case 'acknowledgement':
    case 'agreement-applied':
      return '';
    default:
      return assertNever(fact);
  }
}

function reasonOf(fact: Fact): string {
  if (fact.kind !== 'verdict' && fact.kind !== 'flag') return '';
  if (fact.reason === undefined) return '';
  return idLike.test(fact.reason) ? fact.reason : 'other';
}

/** The day of an instant (epoch ms) in UTC. */
export const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** Counts of the facts of one lead that stand. */
export function aggregatesOf(facts: readonly Fact[], lead: Lead | undefined): Aggregate[] {
  const source = lead?.fields.source?.slice(0, sourceAtMost) ?? '';
  return sumAggregates(
    standing(facts).map((fact) => ({
      day: dayOf(fact.at),
      crm: parseLeadKey(fact.lead)?.crm ?? '',
      kind: fact.kind,
      what: whatOf(fact),
      reason: reasonOf(fact),
      source,
      count: 1,
    })),
  );
}

/** One of each key. */
export function sumAggregates(aggregates: readonly Aggregate[]): Aggregate[] {
  const sums = new Map<string, Aggregate>();
  for (const aggregate of aggregates) {
    const key = JSON.stringify(aggregateKey(aggregate));
    sums.set(key, { ...aggregate, count: (sums.get(key)?.count ?? 0) + aggregate.count });
  }
  return [...sums.values()];
}

/** What counts are shown of; verdicts apart, because a share of them is what people ask for. */
export const keptKinds = [
  'hand-off',
  'touch',
  'inbound',
  'accepted',
  'rejected',
  'recycled',
  'flag',
  'flag-answer',
  'disposition',
  'other',
] as const;
export type KeptKind = (typeof keptKinds)[number];

export interface KeptCounts {
  /** First and last day of what was counted, `YYYY-MM-DD` in UTC. */
  readonly from: string;
  readonly to: string;
  /** Those that are more than none, in the order of `keptKinds`. */
  readonly counts: readonly { readonly kind: KeptKind; readonly count: number }[];
}

const isKeptKind = (word: string): word is KeptKind => keptKinds.some((kind) => kind === word);

/** All days in one: what is left to see of what retention forgot. `null` where nothing was counted. */
export function keptCounts(aggregates: readonly Aggregate[]): KeptCounts | null {
  const [first] = aggregates;
  if (!first) return null;
  let { day: from, day: to } = first;
  const sums = new Map<KeptKind, number>();
  for (const { day, kind, what, count } of aggregates) {
    if (day < from) from = day;
    if (day > to) to = day;
    const word = kind === 'verdict' ? what : kind;
    const under = isKeptKind(word) ? word : 'other';
    sums.set(under, (sums.get(under) ?? 0) + count);
  }
  return {
    from,
    to,
    counts: keptKinds.map((kind) => ({ kind, count: sums.get(kind) ?? 0 })).filter(({ count }) => count > 0),
  };
}

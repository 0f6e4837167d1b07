/** A ledger for as long as the worker lives: what we work with when the database can't be opened, so that reading goes on. */
import type { Fact } from '../lead/facts';
import type { Lead, LeadKey } from '../lead/lead';
import { aggregatesOf, sumAggregates, type Aggregate } from './aggregate';
import { computedNote, computedUntil, isFromAhead } from './ahead';
import { askedAt, byAsked, dueLeadOf } from './due-lead';
import { mergeLead, outdatedRecord, sameLead } from './merge-lead';
import { pageOf } from './read';
import { isForgettable } from './retention';
import { duplicatesAtMost, type Known, type Ledger, type LeadRecord, type Taken } from './types';

/** Oldest records go first beyond this many: memory is no place to keep a quarter's leads. */
const keepAtMost = 20_000;

interface Memory {
  readonly records: Map<LeadKey, LeadRecord>;
  readonly facts: Map<LeadKey, Map<string, Fact>>;
  readonly snoozes: Map<LeadKey, number>;
  readonly forgotten: Map<LeadKey, { readonly until: number; readonly erased: boolean }>;
  readonly notes: Map<string, number>;
  aggregates: readonly Aggregate[];
}

export function createMemoryLedger(): Ledger {
  const memory: Memory = {
    records: new Map(),
    facts: new Map(),
    snoozes: new Map(),
    forgotten: new Map(),
    notes: new Map(),
    aggregates: [],
  };
  return {
    durable: false,
    isNew: true,
    ...reading(memory),
    ...searching(memory),
    ...writing(memory),
    ...keeping(memory),
    // Days that end with the worker are not worth keeping.
    beginDays: async () => null,
    keepDays: async () => false,
    settleDays: async () => false,
    close() {},
  };
}

const factsIn = ({ facts }: Memory, key: LeadKey): Fact[] => [...(facts.get(key)?.values() ?? [])];
const allFacts = ({ facts }: Memory): Fact[] => [...facts.values()].flatMap((ofLead) => Array.from(ofLead.values()));
const keysAfter = ({ records, facts }: Memory, after: LeadKey | undefined): LeadKey[] =>
  [...new Set([...records.keys(), ...facts.keys()])].filter((key) => after === undefined || key > after).sort();

function reading(memory: Memory) {
  const { records } = memory;
  const sorted = (field: 'attention' | 'nextChangeAt', until: number): LeadRecord[] =>
    [...records.values()]
      .filter((record) => (record[field] ?? Number.POSITIVE_INFINITY) <= until)
      .sort((a, b) => (a[field] ?? 0) - (b[field] ?? 0));
  const keysOf = (list: readonly LeadRecord[], limit: number): LeadKey[] => list.slice(0, limit).map(({ key }) => key);
  return {
    load: async (keys) =>
      new Map(
        keys.map((key) => {
          const forgotten = memory.forgotten.get(key);
          const known = { record: records.get(key), facts: factsIn(memory, key) };
          if (!forgotten) return [key, known];
          const { until: forgottenUntil, erased } = forgotten;
          return [key, { ...known, forgottenUntil, ...(erased ? { erased } : {}) }];
        }),
      ),
    clocksOf: async (keys) => new Map(keys.flatMap((key) => records.get(key) ?? []).map((one) => [one.key, one])),
    dueLeads: async (instant) => sorted('attention', instant).map(dueLeadOf),
    dueAfter: async (instant, limit) =>
      sorted('attention', Number.MAX_VALUE)
        .filter(({ attention = 0 }) => attention > instant)
        .slice(0, limit)
        .map(dueLeadOf),
    askedSince: async (instant, limit) =>
      [...records.values()]
        .filter((record) => askedAt(record) >= instant)
        .sort(byAsked)
        .slice(0, limit)
        .map(dueLeadOf),
    changingUntil: async (instant, limit) => keysOf(sorted('nextChangeAt', instant), limit),
    nextChange: async () => sorted('nextChangeAt', Number.MAX_VALUE)[0]?.nextChangeAt,
    outdated: async (projection, limit) =>
      keysOf(
        [...records.values()].filter((record) => record.projection !== projection),
        limit,
      ),
    fromAhead: async (now, after, limit) => {
      const page = [...records.keys()]
        .filter((key) => after === undefined || key > after)
        .sort()
        .slice(0, limit);
      const ahead = page.filter((key) => isFromAhead(records.get(key)!, now));
      return pageOf(ahead, page.length < limit ? undefined : page.at(-1));
    },
    count: async () => records.size,
    counts: async () => ({
      leads: records.size,
      facts: allFacts(memory).length,
      snoozes: memory.snoozes.size,
      forgotten: memory.forgotten.size,
    }),
    unreadable: () => 0,
  } satisfies Partial<Ledger>;
}

function searching(memory: Memory) {
  const { records } = memory;
  return {
    factsOf: async (keys) => new Map(keys.map((key) => [key, factsIn(memory, key)])),
    async *historiesBetween(from, until) {
      for (const key of memory.facts.keys()) {
        const facts = factsIn(memory, key);
        const newest = facts.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
        if (from <= newest && newest < until) yield facts;
      }
    },
    knownAfter: async (after, limit) => {
      const page = keysAfter(memory, after).slice(0, limit);
      const known = page.map((key): Known => {
        const { lead, views } = records.get(key) ?? { lead: undefined };
        return { key, lead, facts: factsIn(memory, key), ...(views && { views }) };
      });
      return pageOf(known, page.length < limit ? undefined : page.at(-1));
    },
    duplicatesOf: async (dupes) =>
      new Map(
        dupes.map((dupe) => {
          const found = [...records.values()].filter((record) => record.dupes?.includes(dupe));
          const keys = found.map(({ key }) => key).sort();
          return [dupe, keys.slice(0, duplicatesAtMost)];
        }),
      ),
  } satisfies Partial<Ledger>;
}

const isErased = ({ forgotten }: Memory, key: LeadKey): boolean => forgotten.get(key)?.erased === true;
const comesBack = (memory: Memory, key: LeadKey, at: number): boolean =>
  isErased(memory, key) || at <= (memory.forgotten.get(key)?.until ?? Number.NEGATIVE_INFINITY);

function putRecord({ records, facts }: Memory, record: LeadRecord): void {
  // The newest stand last.
  records.delete(record.key);
  records.set(record.key, record);
  for (const key of records.keys()) {
    if (records.size <= keepAtMost) break;
    records.delete(key);
    facts.delete(key);
  }
}

/** @returns whether it was not there. */
function addFact({ facts }: Memory, fact: Fact): boolean {
  const ofLead = facts.get(fact.lead) ?? new Map<string, Fact>();
  if (ofLead.has(fact.id)) return false;
  ofLead.set(fact.id, fact);
  facts.set(fact.lead, ofLead);
  return true;
}

function writing(memory: Memory) {
  return {
    async save(changed, added) {
      const welcome = added.filter(({ lead, at }) => !comesBack(memory, lead, at));
      for (const fact of welcome) addFact(memory, fact);
      for (const record of changed) if (!isErased(memory, record.key)) putRecord(memory, record);
      const until = Math.max(computedUntil(changed), memory.notes.get(computedNote) ?? 0);
      memory.notes.set(computedNote, until);
      return new Set(welcome.map(({ id }) => id));
    },
    take: async (leads, facts) => take(memory, leads, facts),
    async snooze(keys, until) {
      for (const key of keys)
        if (until === null) memory.snoozes.delete(key);
        else memory.snoozes.set(key, until);
    },
    snoozedAt: async (instant) => new Map([...memory.snoozes].filter(([, until]) => until > instant)),
  } satisfies Partial<Ledger>;
}

function take(memory: Memory, leads: readonly Lead[], facts: readonly Fact[]): Taken {
  const welcomeLeads = leads.filter(({ key, seenAt }) => !comesBack(memory, key, seenAt));
  const welcomeFacts = facts.filter(({ lead, at }) => !comesBack(memory, lead, at));
  const added = welcomeFacts.filter((fact) => addFact(memory, fact));
  const changed = new Set<LeadKey>();
  for (const theirs of welcomeLeads) {
    const before = memory.records.get(theirs.key);
    const lead = mergeLead(before?.lead, theirs);
    if (before && sameLead(lead, before.lead)) continue;
    putRecord(memory, outdatedRecord(before, lead));
    changed.add(theirs.key);
  }
  for (const { lead } of added) {
    const record = memory.records.get(lead);
    if (record) putRecord(memory, outdatedRecord(record, record.lead));
  }
  return {
    leads: changed.size,
    facts: added.length,
    known: welcomeFacts.length - added.length,
    refused: leads.length - welcomeLeads.length + facts.length - welcomeFacts.length,
  };
}

/** @returns how many facts went. */
function forget(memory: Memory, key: LeadKey, now: number, byPerson: boolean): number {
  const facts = factsIn(memory, key);
  const counted = aggregatesOf(facts, memory.records.get(key)?.lead);
  memory.aggregates = sumAggregates([...memory.aggregates, ...counted]);
  memory.records.delete(key);
  memory.facts.delete(key);
  memory.snoozes.delete(key);
  const before = memory.forgotten.get(key);
  memory.forgotten.set(key, { until: Math.max(now, before?.until ?? 0), erased: byPerson || before?.erased === true });
  return facts.length;
}

function keeping(memory: Memory) {
  return {
    aggregates: async (from, until) => memory.aggregates.filter(({ day }) => from <= day && day < until),
    erase: async (key, now) => forget(memory, key, now, true),
    async recordAgain(key) {
      if (isErased(memory, key)) memory.forgotten.delete(key);
    },
    async retain({ cutoff, now, after, limit }) {
      const keys = keysAfter(memory, after).slice(0, limit);
      const going = keys.filter((key) => isForgettable(memory.records.get(key)?.lead, factsIn(memory, key), cutoff));
      const facts = going.reduce((sum, key) => sum + forget(memory, key, now, false), 0);
      const next = keys.length < limit ? undefined : keys.at(-1);
      return { leads: going.length, facts, ...(next === undefined ? {} : { next }) };
    },
    note: async (name) => memory.notes.get(name),
    async setNote(name, value) {
      memory.notes.set(name, value);
    },
  } satisfies Partial<Ledger>;
}

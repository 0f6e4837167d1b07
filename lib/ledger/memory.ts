/** A ledger for as long as the worker lives: what we work with when the database can't be opened, so that reading goes on. */
import type { Fact } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import type { Ledger, LeadRecord } from './types';

/** Oldest records go first beyond this many: memory is no place to keep a quarter's leads. */
const keepAtMost = 20_000;

export function createMemoryLedger(): Ledger {
  const records = new Map<LeadKey, LeadRecord>();
  const facts = new Map<LeadKey, Map<string, Fact>>();
  const sorted = (field: 'attention' | 'nextChangeAt', until: number): LeadRecord[] =>
    [...records.values()]
      .filter((record) => (record[field] ?? Number.POSITIVE_INFINITY) <= until)
      .sort((a, b) => (a[field] ?? 0) - (b[field] ?? 0));
  const keysOf = (list: readonly LeadRecord[], limit: number): LeadKey[] => list.slice(0, limit).map(({ key }) => key);
  return {
    durable: false,
    load: async (keys) =>
      new Map(keys.map((key) => [key, { record: records.get(key), facts: [...(facts.get(key)?.values() ?? [])] }])),
    async save(changed, added) {
      for (const record of changed) {
        records.delete(record.key);
        records.set(record.key, record);
      }
      for (const fact of added) {
        const ofLead = facts.get(fact.lead) ?? new Map<string, Fact>();
        ofLead.set(fact.id, fact);
        facts.set(fact.lead, ofLead);
      }
      for (const key of records.keys()) {
        if (records.size <= keepAtMost) break;
        records.delete(key);
        facts.delete(key);
      }
    },
    dueUntil: async (instant) => sorted('attention', instant),
    changingUntil: async (instant, limit) => keysOf(sorted('nextChangeAt', instant), limit),
    nextChange: async () => sorted('nextChangeAt', Number.MAX_VALUE)[0]?.nextChangeAt,
    outdated: async (projection, limit) =>
      keysOf(
        [...records.values()].filter((record) => record.projection !== projection),
        limit,
      ),
    count: async () => records.size,
    close() {},
  };
}

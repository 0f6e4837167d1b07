/**
 * What lists need of every lead that is due or waits for an answer, in memory: read once, kept current by what is written. The
 * worker may die at any moment, so this is nothing but a cache of one connection, and whoever loses the connection loses it.
 */
import type { LeadKey } from '../lead/lead';
import { askedAt, byAsked, leadsIn, type DueBucket, type DueChanges } from './due-lead';
import { readDueText } from './due-text';
import { nextTask } from './next-task';
import type { DueLead } from './types';

export interface DueCache {
  /** Something due in `(after, until]`, soonest first. */
  between(after: number, until: number): Promise<readonly DueLead[]>;
  /** See {@link Ledger.askedSince}. */
  askedSince(instant: number, limit: number): Promise<readonly DueLead[]>;
  /** Call it with what was committed, in that order. */
  apply(changes: DueChanges): void;
}

/** Leads that are read before another task may run. */
const leadsAtOnce = 2_000;

interface Held {
  readonly leads: Map<LeadKey, DueLead>;
  /** Those with something due, in order; made again after a change. */
  sorted?: readonly DueLead[] | undefined;
  /** Those with an open question, the newest first; made again after a change. */
  asked?: readonly DueLead[] | undefined;
}

/** @param read begins to read all buckets, in parts that come one after the other */
export function createDueCache(read: () => readonly Promise<readonly DueBucket[]>[]): DueCache {
  let held: Held | undefined;
  let loading: Promise<Held> | undefined;
  /** What is written while all is read: that may hold it or not. */
  let missed: DueChanges[] = [];

  const load = async (): Promise<Held> => {
    try {
      missed = [];
      const fresh: Held = { leads: new Map() };
      const parts = read();
      // One that fails while another is awaited is awaited, too, but later.
      void Promise.allSettled(parts);
      for (const part of parts) await takeApart(await part, fresh);
      for (const changes of missed) for (const [key, text] of changes) put(fresh, key, text);
      held = fresh;
      return fresh;
    } finally {
      loading = undefined;
    }
  };
  const all = async (): Promise<Held> => held ?? (loading ??= load());

  return {
    async between(after, until) {
      const known = await all();
      known.sorted ??= [...known.leads.values()].filter(({ attention }) => attention !== undefined).sort(byAttention);
      return known.sorted.filter(({ attention = after }) => attention > after && attention <= until);
    },
    async askedSince(instant, limit) {
      const known = await all();
      known.asked ??= [...known.leads.values()].filter(({ questions }) => questions.length > 0).sort(byAsked);
      return known.asked.filter((lead) => askedAt(lead) >= instant).slice(0, limit);
    },
    apply(changes) {
      if (loading) missed.push(changes);
      if (!held || changes.size === 0) return;
      for (const [key, text] of changes) put(held, key, text);
      held.sorted = undefined;
      held.asked = undefined;
    },
  };
}

async function takeApart(buckets: readonly DueBucket[], { leads }: Held): Promise<void> {
  let count = 0;
  for (const bucket of buckets) {
    if (count >= leadsAtOnce) {
      count = 0;
      await nextTask();
    }
    const some = leadsIn(bucket);
    for (const lead of some) leads.set(lead.key, lead);
    count += some.length;
  }
}

function put({ leads }: Held, key: LeadKey, text: string | null): void {
  const lead = text === null ? null : readDueText(text);
  if (lead) leads.set(key, lead);
  else leads.delete(key);
}

const byAttention = (a: DueLead, b: DueLead): number =>
  (a.attention ?? 0) - (b.attention ?? 0) || (a.key < b.key ? -1 : 1);

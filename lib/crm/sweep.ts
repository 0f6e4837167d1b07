/**
 * All open leads of the person, page by page from the CRM's own API, so that the popup is complete and not only what was
 * looked at. The worker says when (one tab of a CRM, every five minutes at most); here it is only done: paced, bounded,
 * behind whatever the page itself wants to know, and given up at the first trouble, for the next turn comes anyway. It
 * comes with the adapter, because a page that is no CRM has nothing to sweep.
 */
import type { LeadId, Observation, Viewer } from '../lead/lead';
import type { ApiRecord, CrmAdapter, CrmRequest, Page, Site, SweepEnd, SweepLook, SweepPage } from './types';
import { noWorld } from './world';

/** Between two pages of a sweep, ms: the CRM has other users. */
const paceMs = 500;
/** Leads of one turn: more than a person can have open. What is more goes on at the next turn. */
const leadsAtMost = 12_000;
/** Pages of one turn, however little is on them: with their pauses some three of the five minutes until the next. */
const pagesAtMost = 250;

/** Whom a sweep tells what it finds. */
export interface SweepWorker {
  sweepPage(data: { readonly observations: readonly Observation[] }): Promise<void>;
  sweepEnd(data: SweepEnd): Promise<readonly SweepLook[]>;
}

export interface SweepOptions {
  readonly adapter: CrmAdapter;
  readonly site: () => Site;
  /** Whose leads to list; `null` where that is not known now: then there is nothing to list. */
  readonly viewer: () => Promise<Viewer | null>;
  /** What the turn before left. */
  readonly rest: SweepRest | null;
  readonly request: CrmRequest;
  /** Asks the CRM when nothing else is asked; `null` where it must not be asked now, or did not answer. */
  readonly politely: <T>(question: () => Promise<T>) => Promise<T | null>;
  readonly worker: SweepWorker;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Waits between two pages. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Where a turn that ended early stopped. */
export interface SweepRest {
  readonly cursor: string;
  /** When its first turn began, epoch ms. */
  readonly startedAt: number;
  /** Id of the person whose leads they are. */
  readonly viewer: string;
}

/** @returns where to go on at the next turn; `null`: from the beginning. */
export async function sweepLeads(options: SweepOptions): Promise<SweepRest | null> {
  const { adapter, now, pause = wait, politely, request, signal, worker } = options;
  const { api } = adapter;
  const viewer = await options.viewer();
  // Everybody's leads are not this person's.
  if (!api?.sweep || viewer?.id === undefined) return null;
  const rest = options.rest?.viewer === viewer.id ? options.rest : null;
  const startedAt = rest?.startedAt ?? now();
  const told = (records: readonly ApiRecord[], object?: string): Promise<void> =>
    worker.sweepPage({ observations: records.flatMap((record) => observationOf(record, object) ?? []) });
  const idOf = (object: string, recordId: string): LeadId => {
    return { crm: adapter.id, origin: options.site().url.origin, object, recordId };
  };

  function observationOf(record: ApiRecord, of = record.object): Observation | null {
    if (of === undefined) return null;
    const { fields, missing, recordId } = record;
    const url = adapter.recordUrl(of, recordId, options.site());
    return {
      id: idOf(of, recordId),
      seenAt: now(),
      source: 'api',
      surface: 'list',
      ...(url && { url }),
      fields,
      missing,
    };
  }

  const lookAfter = async (open: readonly SweepLook[]): Promise<void> => {
    const absent: LeadId[] = [];
    for (const [object, looks] of Map.groupBy(open, ({ object: of }) => of))
      for (let from = 0; from < looks.length && !signal.aborted; from += api.batch) {
        const refs = looks
          .slice(from, from + api.batch)
          .map(({ recordId }) => ({ by: 'id', value: recordId }) as const);
        const page: Page = { ...options.site(), route: { kind: 'list', object }, now };
        const records = await politely(() => api.fetch(refs, page, request, noWorld));
        if (!records) break;
        await told(records, object);
        const found = new Set(records.map(({ ref }) => ref.value));
        if (api.exhaustive?.includes(object))
          absent.push(...refs.filter(({ value }) => !found.has(value)).map(({ value }) => idOf(object, value)));
      }
    if (!signal.aborted) await worker.sweepEnd({ startedAt, complete: false, ...(absent.length > 0 && { absent }) });
  };

  let cursor = rest?.cursor ?? null;
  let complete = false;
  let pages = 0;
  let leads = 0;
  while (!complete && pages < pagesAtMost && leads < leadsAtMost) {
    const at: string | null = cursor;
    if (pages > 0) await pause(paceMs, signal);
    // Somebody else may have signed in.
    if ((await options.viewer())?.id !== viewer.id) break;
    const swept: SweepPage | null = await politely(
      () => api.sweep?.(at, viewer, options.site(), request) ?? Promise.reject(new Error('no sweep')),
    );
    if (signal.aborted) return null;
    if (!swept) break;
    await told(swept.records);
    cursor = swept.next;
    complete = cursor === null;
    pages += 1;
    leads += swept.records.length;
  }

  // Leads that the worker holds for open and the sweep did not meet: closed, or somebody else's by now.
  const unseen = await worker.sweepEnd({ startedAt, complete });
  if (unseen.length > 0) await lookAfter(unseen);
  // Where not even one page came, the place to go on may be the trouble.
  return cursor === null || pages === 0 ? null : { cursor, startedAt, viewer: viewer.id };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

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
/** Pages of one sweep: 200 leads each make 12,000, more than a person can have open. */
const pagesAtMost = 60;

/** Whom a sweep tells what it finds. */
export interface SweepWorker {
  sweepPage(data: { readonly observations: readonly Observation[] }): Promise<void>;
  sweepEnd(data: SweepEnd): Promise<readonly SweepLook[]>;
}

export interface SweepOptions {
  readonly adapter: CrmAdapter;
  readonly site: () => Site;
  readonly viewer: () => Viewer | null;
  readonly request: CrmRequest;
  /** Asks the CRM when nothing else is asked; `null` where it must not be asked now, or did not answer. */
  readonly politely: <T>(question: () => Promise<T>) => Promise<T | null>;
  readonly worker: SweepWorker;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export async function sweepLeads(options: SweepOptions): Promise<void> {
  const { adapter, now, politely, request, signal, worker } = options;
  const api = adapter.api;
  if (!api?.sweep) return;
  const startedAt = now();
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

  let cursor: string | null = null;
  let pages = 0;
  let complete = false;
  do {
    const at: string | null = cursor;
    const swept: SweepPage | null = await politely(
      () => api.sweep?.(at, options.viewer(), options.site(), request) ?? Promise.reject(new Error('no sweep')),
    );
    if (signal.aborted) return;
    if (!swept) break;
    await told(swept.records);
    cursor = swept.next;
    complete = cursor === null;
    pages += 1;
    if (!complete) await pause(paceMs, signal);
    if (signal.aborted) return;
  } while (!complete && pages < pagesAtMost);

  // Leads that the worker holds for open and the sweep did not meet: closed, or somebody else's by now.
  const unseen = await worker.sweepEnd({ startedAt, complete });
  if (unseen.length === 0) return;
  const absent: LeadId[] = [];
  for (const [object, looks] of Map.groupBy(unseen, ({ object: of }) => of))
    for (let from = 0; from < looks.length && !signal.aborted; from += api.batch) {
      const refs = looks.slice(from, from + api.batch).map(({ recordId }) => ({ by: 'id', value: recordId }) as const);
      const page: Page = { ...options.site(), route: { kind: 'list', object }, now };
      const records = await politely(() => api.fetch(refs, page, request, noWorld));
      if (!records) break;
      await told(records, object);
      const found = new Set(records.map(({ recordId }) => recordId));
      if (api.exhaustive?.includes(object))
        absent.push(...refs.filter(({ value }) => !found.has(value)).map(({ value }) => idOf(object, value)));
    }
  if (!signal.aborted) await worker.sweepEnd({ startedAt, complete: false, ...(absent.length > 0 && { absent }) });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

/**
 * All open leads of the person, page by page from the CRM's own API, so that the popup is complete and not only what was
 * looked at. The worker says when (one tab of a CRM, every five minutes at most); here it is only done: paced, bounded,
 * behind whatever the page itself wants to know, and given up at the first trouble, for the next turn comes anyway.
 */
import type { ApiRecord, CrmAdapter, CrmRequest, Page, Site, SweepPage } from '../crm/types';
import type { Observation, Viewer } from '../lead/lead';
import { noWorld } from '../crm/world';
import type { WorkerPort } from './types';

/** Between two pages of a sweep, ms: the CRM has other users. */
const paceMs = 500;
/** Pages of one sweep: 200 leads each make 12,000, more than a person can have open. */
const pagesAtMost = 60;

export interface SweepOptions {
  readonly adapter: CrmAdapter;
  readonly site: () => Site;
  readonly viewer: () => Viewer | null;
  readonly request: CrmRequest;
  /** Asks the CRM when nothing else is asked; `null` where it must not be asked now, or did not answer. */
  readonly politely: <T>(question: () => Promise<T>) => Promise<T | null>;
  readonly worker: Pick<WorkerPort, 'sweepPage' | 'sweepEnd'>;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export async function sweepLeads(options: SweepOptions): Promise<void> {
  const { adapter, now, politely, request, signal } = options;
  const api = adapter.api;
  if (!api?.sweep) return;
  const startedAt = now();
  const told = (records: readonly ApiRecord[], object?: string): Promise<void> =>
    options.worker.sweepPage({ observations: records.flatMap((record) => observationOf(record, object) ?? []) });

  function observationOf(record: ApiRecord, of = record.object): Observation | null {
    if (of === undefined) return null;
    const site = options.site();
    const { fields, missing, recordId } = record;
    const url = adapter.recordUrl(of, recordId, site);
    const id = { crm: adapter.id, origin: site.url.origin, object: of, recordId };
    return { id, seenAt: now(), source: 'api', surface: 'list', ...(url && { url }), fields, missing };
  }

  let cursor: string | null = null;
  let pages = 0;
  do {
    const at: string | null = cursor;
    const swept: SweepPage | null = await politely(
      () => api.sweep?.(at, options.viewer(), options.site(), request) ?? Promise.reject(new Error('no sweep')),
    );
    if (!swept || signal.aborted) return;
    await told(swept.records);
    cursor = swept.next;
    pages += 1;
    if (cursor !== null) await pause(paceMs, signal);
  } while (cursor !== null && pages < pagesAtMost && !signal.aborted);

  // Leads that the worker holds for open and the sweep did not meet: closed, or somebody else's by now.
  const unseen = await options.worker.sweepEnd({ startedAt, complete: cursor === null });
  const byObject = Map.groupBy(unseen, ({ object }) => object);
  for (const [object, looks] of byObject)
    for (let from = 0; from < looks.length && !signal.aborted; from += api.batch) {
      const refs = looks.slice(from, from + api.batch).map(({ recordId }) => ({ by: 'id', value: recordId }) as const);
      const page: Page = { ...options.site(), route: { kind: 'list', object }, now };
      const records = await politely(() => api.fetch(refs, page, request, noWorld));
      if (!records) return;
      await told(records, object);
    }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

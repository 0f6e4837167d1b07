/**
 * What rows say, and to whom it is told: each new reading goes to the worker as an observation, and its record is asked
 * for at the CRM's API. Which rows are read, and when, is the engine's; it paints what this says has changed.
 *
 *   row to read ─▶ read ─┬─ same ─────────────▶ paint: is its badge still there?
 *                        ├─ unsettled ────────▶ no lead's; read again in 300 ms
 *                        └─ changed ─▶ lead known by id ────────────▶ observe, ask the API, paint
 *                                   └▶ known by a handle ─▶ ask the API ─▶ record id ─▶ observe, paint
 */
import type { ApiRecord, CrmAdapter, Page, RecordRef } from '../crm/types';
import type { LeadKey } from '../lead/lead';
import type { ApiReads } from './api-reads';
import type { Doubt } from './doubt';
import type { Outbox } from './outbox';
import { remember } from './remember';
import { observer, type Row, type Rows } from './rows';
import type { Settling } from './settling';
import type { Whereabouts } from './whereabouts';

export interface Reader {
  read(el: Element): void;
  /** The CRM's API has answered for this page. */
  take(records: readonly ApiRecord[], arrivedAt: number, from: Page): void;
  /** Tells again what these rows show and asks the API for them. */
  refresh(rows: Iterable<Row>): void;
  /** Asks the API for these rows, unless its last answer is fresh. */
  want(rows: Iterable<Row>): void;
  /** What is not known of a row: what its reading misses, and what the API was asked for and did not tell either. */
  unread(row: Row): Row['missing'];
  /** The page is left: what was told of it will be told again. */
  leave(): void;
}

export interface ReaderOptions {
  readonly adapter: CrmAdapter;
  readonly where: Whereabouts;
  readonly rows: Rows;
  readonly doubt: Doubt;
  readonly settling: Settling;
  readonly outbox: Outbox;
  readonly api: () => ApiReads | null;
  readonly paint: (row: Row) => void;
  /** Reads a row once more, in its turn. */
  readonly again: (el: Element) => void;
  readonly signal: AbortSignal;
}

export function createReader(options: ReaderOptions): Reader {
  const { adapter, where, rows, settling, outbox, paint, signal } = options;
  /** What the worker was told last of each lead, as the page showed it. */
  const told = new Map<LeadKey, string>();
  /** Unsettled: nothing is told of them, and nothing asked. */
  const held = new WeakSet<Row>();
  /** Unsettled, and read again soon. */
  const waiting = new WeakSet<Row>();

  const recordIdOf = ({ ref }: Row): string | null =>
    ref?.by === 'id'
      ? ref.value
      : ref && where.page
        ? (options.api()?.answer(ref, where.page)?.recordId ?? null)
        : null;

  /** The row stands for this lead now: tell the worker what it shows, unless it knows. */
  function identify(row: Row, lead: LeadKey | null): void {
    rows.setLead(row, lead);
    paint(row);
    if (lead !== null && told.get(lead) !== row.content) tell(row, lead);
  }

  function tell(row: Row, lead: LeadKey): void {
    const recordId = recordIdOf(row);
    if (!where.page || recordId === null) return;
    remember(told, lead, row.content);
    const missing = row.missing.filter((field) => field !== 'recordId');
    outbox.add(observer(adapter, where.page).observation('page', recordId, row.seenAt, row.fields, missing));
  }

  function hold(row: Row, on: Page): void {
    held.add(row);
    rows.setLead(row, null);
    paint(row);
    if (waiting.has(row)) return;
    waiting.add(row);
    setTimeout(() => {
      waiting.delete(row);
      if (!signal.aborted && where.page === on) options.again(row.el);
    }, settling.againMs);
  }

  function want(which: Iterable<Row>, anew = false): void {
    const refs = [...which].flatMap((row): RecordRef[] => (row.ref && !held.has(row) ? [row.ref] : []));
    const api = options.api();
    if (!where.page) return;
    if (anew) api?.wantAnew(refs, where.page);
    else api?.want(refs, where.page);
  }

  return {
    read(el) {
      const { page: on, surface } = where;
      if (!on || !surface || !el.isConnected) return;
      const { row, changed, anew } = rows.read(el, surface, on);
      if (settling.holds(row)) return hold(row, on);
      held.delete(row);
      options.doubt.end(row);
      const first = row.lead === null;
      if (changed || first) {
        const recordId = recordIdOf(row);
        identify(row, recordId === null ? null : observer(adapter, on).keyOf(recordId));
        want([row], anew || !first);
      }
      paint(row);
    },
    take(records, arrivedAt, from) {
      const { keyOf, observation } = observer(adapter, from);
      for (const record of records)
        outbox.add(observation('api', record.recordId, arrivedAt, record.fields, record.missing));
      if (from.route !== where.page?.route) return;
      for (const row of rows.all()) {
        const recordId = row.lead === null && !held.has(row) ? recordIdOf(row) : null;
        if (recordId !== null) identify(row, keyOf(recordId));
      }
    },
    refresh(which) {
      const those = [...which];
      if (!where.page || signal.aborted) return;
      for (const row of those) if (row.lead !== null) tell(row, row.lead);
      want(those, true);
    },
    want,
    unread(row) {
      const { ref, lead, fields, missing } = row;
      if (!ref || !where.page) return missing;
      const api = options.api();
      const answer = api?.answer(ref, where.page);
      // Until the CRM has answered or failed to, a handle may well stand for a record.
      if (ref.by === 'handle' && lead === null)
        return answer || !api || api.problem ? [...missing, 'recordId'] : missing;
      return [...new Set([...missing, ...(answer?.missing ?? []).filter((field) => !fields[field])])];
    },
    leave: () => told.clear(),
  };
}

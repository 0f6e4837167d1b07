/**
 * The overlay of one CRM page: route → surface → rows → readings → observations and API reads → clocks → badges. It ties
 * the parts together. Nothing here throws into the page, and no piece of work lasts longer than a slice of the pump.
 *
 *            no route                          surface
 *   started ──────────▶ idle ◀───────────────────────────────────▶ on a surface
 *                        │  navigatesuccess · popstate · hashchange · batch of changes (route compared)
 *                        ▼
 *           cancel what is pending ─▶ one frame ─▶ sweep all rows
 *
 *   on a surface:  batch ─▶ rows to read ─▶ read ─┬─ same ─────────────▶ is its badge still there?
 *                                                 ├─ unsettled record ─▶ read again in 300 ms
 *                                                 └─ changed ─▶ observe + API ─▶ clocks ─▶ rows to paint ─▶ paint
 *   abort (update, teardown) from anywhere: every node of ours leaves the page
 */
import type { ApiRecord, Page, RecordRef, Route, Surface } from '../crm/types';
import type { LeadKey } from '../lead/lead';
import { createApiReads, freshMs, type ApiReads } from './api-reads';
import { breathe } from './breathe';
import { createCard, type Card } from './card';
import { createClocks } from './clocks';
import { createHealth } from './health';
import { logOnce } from './log';
import { removeLeftovers } from './markers';
import { createOutbox } from './outbox';
import { createPainter } from './painter';
import { createPanelFrame } from './panel-frame';
import { createPump } from './pump';
import { createRefresher } from './refresher';
import { watchRoute } from './route';
import { createRows, observer, targetsOf, type Row } from './rows';
import { createSettling } from './settling';
import { createTicker } from './ticker';
import type { OverlayOptions } from './types';
import { createWatcher, wholeBody, type Batch } from './watcher';

/** The worker's open hours reach a day; ask again well before they end, ms. */
const answerAgesMs = 6 * 3_600_000;
/** A change that the page shows is asked for at the API, but not more often than this for one lead, ms. */
const changedFreshMs = 5_000;
/** Longest wait of the ticker, ms: a change that is weeks away is longer than a timer may be. */
const longestTickMs = 3_600_000;

export interface Overlay {
  /** The agreement, the ledger or the time changed: look and ask again. */
  refresh(): void;
}

export function startOverlay(options: OverlayOptions): Overlay {
  const { adapter, doc, words, worker, signal } = options;
  const { now = Date.now, random = Math.random } = options;
  const view = doc.defaultView ?? window;

  let page: Page | null = null;
  let surface: Surface | null = null;
  let routeText = '';
  let frame = 0;
  let viewerAsked = false;
  let viewerMet = false;
  /** What the worker was told last of each lead, as the page showed it. */
  const told = new Map<LeadKey, string>();

  const rows = createRows(now);
  const clocks = createClocks();
  const settling = createSettling(now);
  const watcher = createWatcher(doc, onBatch, signal);
  const writing = (change: () => void): void => watcher.writing(change);
  const ticker = createTicker(doc, now, nextTick, onTick, signal);
  const refresher = createRefresher((leads) => refreshRows(leads.flatMap((lead) => rows.of(lead))), random, signal);
  const painter = createPainter({
    doc,
    clocks,
    words,
    now,
    writing,
    card: (): Card => card,
    onOpen: (badge) => panel.open(badge),
    onNear: () => ticker.plan(),
    signal,
  });
  const card = createCard(doc, (badge) => painter.cardContent(badge), writing, signal);
  const panel = createPanelFrame({
    doc,
    url: options.panelUrl,
    title: words.t('badge_panel_title'),
    token: (lead) => ask(() => worker.panelToken({ lead })),
    writing,
    badgeOf: (lead) => rows.of(lead).find((row) => row.badge)?.badge ?? null,
    signal,
  });
  const pump = createPump<Element, Row>({
    read: readRow,
    paint: (row) => page && surface && row.el.isConnected && painter.paint(row, surface, page),
    writing,
    breathe: options.breathe ?? breathe,
    onIdle() {
      health.touch();
      ticker.plan();
    },
    signal,
  });
  const outbox = createOutbox({
    worker,
    onReply(reply, leads) {
      clocks.take(reply);
      for (const lead of leads) for (const row of rows.of(lead)) pump.paint(row);
    },
    gone,
    signal,
  });
  const api: ApiReads | null = adapter.api
    ? createApiReads({
        api: adapter.api,
        request: options.request,
        now,
        random,
        signal,
        onRecords,
        onProblem: () => health.touch(),
      })
    : null;
  const health = createHealth(
    () => ({
      adapter,
      surface: page?.route.kind ?? null,
      rows: rows.all(),
      putBack: painter.markers.putBack,
      givenUp: painter.markers.givenUp,
      problems: api?.problem ? [api.problem] : [],
    }),
    now,
    (said) => void ask(() => worker.health(said)).catch((error: unknown) => logOnce('health', error)),
    signal,
  );

  /** Whether the extension is gone (updated, removed); then the page is left as it was. */
  function gone(): boolean {
    if (options.alive?.() !== false) return false;
    options.onDead?.();
    return true;
  }

  async function ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      gone();
      throw error;
    }
  }

  function guarded<T>(where: string, work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      logOnce(where, error);
      return null;
    }
  }

  // Route

  /** Compares the route with the last one. `true` if it changed; then everything of the old page is gone. */
  function followRoute(): boolean {
    const url = options.url();
    const route = guarded<Route | null>('route', () => adapter.route(url, doc));
    const text = route ? JSON.stringify([route.kind, route.object, route.recordId]) : '';
    if (text === routeText) {
      // Same surface, other address (a filter, a tab): the next sweep reads with it.
      if (page && page.url.href !== url.href) page = { ...page, url };
      return false;
    }
    settling.leave(rows.all(), page?.route ?? null, route);
    pump.clear();
    refresher.clear();
    told.clear();
    card.close();
    panel.close();
    api?.leavePage();
    writing(() => painter.clear());
    rows.clear();
    clocks.clear();
    routeText = text;
    page = route ? { doc, url, route } : null;
    surface = route ? (adapter.surfaces[route.kind] ?? null) : null;
    viewerMet = false;
    health.touch();
    return true;
  }

  function meetViewer(on: Page): void {
    const shown = guarded('viewer', () => adapter.viewer?.(on) ?? null);
    if (shown) {
      viewerMet = true;
      return outbox.setViewer(shown);
    }
    if (viewerAsked || !adapter.api?.viewer) return;
    viewerAsked = true;
    adapter.api.viewer(on, options.request).then(
      (viewer) => viewer && outbox.setViewer(viewer),
      (error: unknown) => signal.aborted || logOnce('viewer', error),
    );
  }

  /** One frame after a change of route: the framework has usually rendered by then, and a burst of events is one look. */
  function lookSoon(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      followRoute();
      sweep();
    });
  }

  /** Finds all rows of the surface anew. */
  function sweep(): void {
    if (doc.hidden || signal.aborted) return;
    if (page && !viewerMet) meetViewer(page);
    const on = surface;
    // Without a surface the body is watched: a route may depend on what the page shows.
    watcher.watch((on && guarded('root', () => targetsOf(on, doc))) ?? wholeBody);
    if (on) {
      dropGone(on);
      for (const el of guarded('rows', () => rows.find(watcher.scopes(), on)) ?? []) pump.read(el);
    }
    health.touch();
  }

  // Changes of the page

  function onBatch(batch: Batch): void {
    if (signal.aborted) return;
    if (followRoute() || batch.full) {
      sweep();
      // The tab was away, or much has changed.
      if (page) api?.want(refsOf(rows.all()), page);
      return;
    }
    // A page may draw its rows before it says who is signed in.
    if (page && !viewerMet) meetViewer(page);
    const on = surface;
    if (!on) return;
    dropGone(on);
    guarded('rows', () => {
      if (watcher.stale(targetsOf(on, doc), batch.added)) return sweep();
      for (const node of batch.changed) {
        const row = rows.around(node, on);
        if (row) pump.read(row);
      }
      for (const el of batch.added) for (const row of rows.within(el, on)) pump.read(row);
    });
  }

  function dropGone(on: Surface): void {
    const lost = rows.drop(on);
    if (lost.length === 0) return;
    pump.drop(lost);
    writing(() => painter.lose(lost));
    health.touch();
  }

  function readRow(el: Element): void {
    if (!page || !surface || !el.isConnected) return;
    const on = page;
    const { row, changed } = rows.read(el, surface, on);
    if (settling.holds(row)) {
      setTimeout(() => signal.aborted || page !== on || pump.read(el), settling.againMs);
      return;
    }
    const first = row.lead === null;
    if (changed || first) {
      const recordId = recordIdOf(row);
      identify(row, recordId === null ? null : observer(adapter, on).keyOf(recordId));
      if (row.ref) api?.want([row.ref], on, first ? freshMs : changedFreshMs);
    }
    pump.paint(row);
  }

  const recordIdOf = ({ ref }: Row): string | null =>
    ref?.by === 'id' ? ref.value : ref && page ? (api?.resolved(ref, page) ?? null) : null;

  /** The row stands for this lead now: tell the worker what it shows, unless it knows. */
  function identify(row: Row, lead: LeadKey | null): void {
    rows.setLead(row, lead);
    pump.paint(row);
    if (lead !== null && told.get(lead) !== row.content) tell(row, lead);
  }

  function tell(row: Row, lead: LeadKey): void {
    const recordId = recordIdOf(row);
    if (!page || recordId === null) return;
    told.set(lead, row.content);
    const missing = row.missing.filter((field) => field !== 'recordId');
    outbox.add(observer(adapter, page).observation('page', recordId, row.seenAt, row.fields, missing));
  }

  function onRecords(records: readonly ApiRecord[], arrivedAt: number, from: Page): void {
    const { keyOf, observation } = observer(adapter, from);
    for (const record of records)
      outbox.add(observation('api', record.recordId, arrivedAt, record.fields, record.missing));
    if (from.route !== page?.route) return;
    for (const row of rows.all()) {
      const recordId = row.lead === null ? recordIdOf(row) : null;
      if (recordId !== null) identify(row, keyOf(recordId));
    }
  }

  // Time

  function nextTick(at: number): number | null {
    const change = Math.min(clocks.nextChange(at), painter.markers.nextRetry());
    const wait = Math.min(painter.nextTick(at), change - at + 1);
    return wait === Infinity ? null : Math.min(wait, longestTickMs);
  }

  function onTick(at: number): void {
    const changed = clocks.changed(at);
    for (const lead of [...changed, ...painter.markers.retry(at)]) for (const row of rows.of(lead)) pump.paint(row);
    refresher.ask(changed);
    if (clocks.asOf > 0 && at - clocks.asOf > answerAgesMs)
      refresher.ask([...rows.all()].flatMap((row) => row.lead ?? []));
    painter.tick(at);
  }

  function refreshRows(which: readonly Row[]): void {
    if (!page || signal.aborted) return;
    for (const row of which) if (row.lead !== null) tell(row, row.lead);
    api?.want(refsOf(which), page, changedFreshMs);
  }

  function refsOf(which: Iterable<Row>): RecordRef[] {
    return [...which].flatMap((row) => row.ref ?? []);
  }

  signal.addEventListener('abort', () => {
    cancelAnimationFrame(frame);
    rows.clear();
  });
  removeLeftovers(doc);
  watchRoute(view, lookSoon, signal);
  view.addEventListener('resize', () => painter.remeasure(), { signal, passive: true });
  view.matchMedia?.('(prefers-color-scheme: dark)').addEventListener('change', () => painter.remeasure(), { signal });
  followRoute();
  sweep();
  return { refresh: () => refreshRows([...rows.all()]) };
}

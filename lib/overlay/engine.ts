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
 *   on a surface:  change ─▶ a badge that may be false is hidden before the next frame (`doubt.ts`)
 *                  batch ─▶ rows to read ─▶ read ─┬─ same ─────────────▶ is its badge still there?
 *                                                 ├─ unsettled ────────▶ read again in 300 ms
 *                                                 └─ changed ─▶ observe + API ─▶ clocks ─▶ rows to paint ─▶ paint
 *   abort (update, teardown) from anywhere: every node of ours leaves the page
 */
import type { SweepRest } from '../crm/sweep';
import type { Route, Site, Surface } from '../crm/types';
import { noWorld } from '../crm/world';
import { createApiReads, type ApiReads } from './api-reads';
import { createAsking } from './asking';
import { createBreath } from './breathe';
import { createClocks } from './clocks';
import { createDoubt } from './doubt';
import { createHealth } from './health';
import { guarded, logOnce } from './log';
import { removeLeftovers } from './markers';
import { createOutbox } from './outbox';
import { createPainter } from './painter';
import { createPump } from './pump';
import { createReader } from './reader';
import { watchRoute } from './route';
import { createRows, targetsOf, type Row } from './rows';
import { createSettling } from './settling';
import { createTime } from './time';
import type { OverlayOptions } from './types';
import { createWatcher, wholeBody, type Batch } from './watcher';
import { createWhereabouts } from './whereabouts';

export interface Overlay {
  /** The agreement, the ledger or the time changed: look and ask again. */
  refresh(): void;
  /** How this site shows times is known better now: read all rows again. */
  reread(): void;
  /**
   * It is this tab's turn to tell the worker all open leads of the person. `false` where it can't, or is at it.
   * @param named what the person calls themselves.
   */
  sweep(named?: string): boolean;
}

export function startOverlay(options: OverlayOptions): Overlay {
  const { adapter, doc, words, worker, signal } = options;
  const { now = Date.now, random = Math.random } = options;
  const view = doc.defaultView ?? window;

  let frame = 0;
  let sweeping = false;
  let leftOver: SweepRest | null = null;
  const site = (): Site => ({ doc, url: options.url() });

  const { ask, gone } = createAsking(options);
  const rows = createRows(now);
  const clocks = createClocks();
  const settling = createSettling(now);
  const where = createWhereabouts({ adapter, doc, url: options.url, dates: options.dates, now, onLeave });
  const watcher = createWatcher(doc, { onChange, onBatch }, signal);
  const writing = (change: () => void): void => watcher.writing(change);
  const time = createTime({
    doc,
    clocks,
    rows,
    painter: () => painter,
    paint: (row) => pump.paint(row),
    refresh: (which) => reader.refresh(which),
    now,
    random,
    signal,
  });
  const doubt = createDoubt({ rows, same: namesSame, hide: (row) => painter.hide(row), writing });
  const painter = createPainter({
    doc,
    clocks,
    words,
    now,
    writing,
    doubtful: (row) => doubt.of(row),
    outdated: (row) => health.outdated(row),
    card: () => desk?.card ?? null,
    onOpen: (badge) => desk?.panel.open(badge),
    onCommand: (badge, command) => desk?.bar.command(badge, command),
    selected: (lead) => desk?.bar.selected(lead) ?? false,
    onNear: () => time.plan(),
    signal,
  });
  const desk = options.createDesk?.({
    ...options,
    ask,
    rows,
    where,
    paint: (row) => pump.paint(row),
    refresh: (which) => reader.refresh(which),
    cardContent: (badge) => painter.cardContent(badge),
    writing,
    now,
  });
  const pump = createPump<Element, Row>({
    read: (el) => reader.read(el),
    paint(row) {
      if (where.page && where.surface && row.el.isConnected) painter.paint(row, where.surface, where.page);
    },
    writing,
    breathe: options.breathe ?? createBreath(),
    onIdle() {
      health.touch();
      time.plan();
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
        world: options.world ?? noWorld,
        session: () => viewer.session(where.page),
        now,
        random,
        signal,
        onRecords(records, arrivedAt, from) {
          reader.take(records, arrivedAt, from);
          health.touch();
        },
        onProblem: () => health.touch(),
      })
    : null;
  const reader = createReader({
    adapter,
    where,
    rows,
    doubt,
    settling,
    outbox,
    api: () => api,
    paint: (row) => pump.paint(row),
    again: (el) => pump.read(el),
    signal,
  });
  const viewer = options.createViewerLook({
    adapter,
    guarded,
    request: options.request,
    politely: async (question) => (api ? api.politely(question) : null),
    onViewer: (shown) => outbox.setViewer(shown),
    now,
    signal,
  });
  const health = createHealth({
    source: () => ({
      adapter,
      surface: where.page?.route.kind ?? null,
      rows: rows.all(),
      unread: (row) => reader.unread(row),
      putBack: painter.markers.putBack,
      givenUp: painter.markers.givenUp,
      problems: api?.problem ? [api.problem] : [],
      refused: options.refusedRepairs ?? [],
    }),
    look: options.selectorLook,
    scopes: () => [doc, ...watcher.scopes()],
    now,
    tell: (said) => ask(() => worker.health(said)),
    onChanged: () => {
      for (const row of rows.all()) pump.paint(row);
    },
    signal,
  });

  // Route

  function onLeave(to: Route | null): void {
    settling.leave(rows.all(), where.page?.route ?? null, to);
    pump.clear();
    time.leave();
    reader.leave();
    desk?.leave();
    api?.leavePage();
    writing(() => painter.clear());
    rows.clear();
    clocks.clear();
    viewer.leave();
    health.leave();
  }

  /** Follows the route. Somebody may have signed in again, too, since the CRM refused to answer. */
  function follow(): boolean {
    const changed = where.follow();
    if (api?.look()) reader.want(rows.all());
    return changed;
  }

  /** One frame after a change of route: the framework has usually rendered by then, and a burst of events is one look. */
  function lookSoon(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      follow();
      sweep();
    });
  }

  /** Finds all rows of the surface anew. */
  function sweep(): void {
    if (doc.hidden || signal.aborted) return;
    const { page, surface: on } = where;
    if (page) viewer.meet(page);
    // Without a surface the body is watched: a route may depend on what the page shows.
    watcher.watch((on && guarded('root', () => targetsOf(on, doc))) ?? wholeBody);
    if (on) {
      dropGone(on);
      for (const el of guarded('rows', () => rows.find(watcher.scopes(), on)) ?? []) pump.read(el);
    }
    health.touch();
  }

  // Changes of the page

  /** At once, before the browser paints. */
  function onChange(nodes: ReadonlySet<Node> | null): void {
    doubt.touched(where.moved() ? null : nodes);
  }

  function namesSame({ el, ref }: Row): boolean {
    const { page, surface } = where;
    if (!page || !surface || where.moved()) return false;
    const reading = guarded('row', () => surface.read(el, page));
    return reading?.ok === true && reading.ref.by === ref?.by && reading.ref.value === ref.value;
  }

  function onBatch(batch: Batch): void {
    if (signal.aborted) return;
    if (follow() || batch.full) {
      sweep();
      // The tab was away, or much has changed.
      reader.want(rows.all());
      return;
    }
    const { page, surface: on } = where;
    if (page) viewer.meet(page);
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

  signal.addEventListener('abort', () => {
    cancelAnimationFrame(frame);
    rows.clear();
  });
  removeLeftovers(doc);
  watchRoute(view, lookSoon, signal);
  view.addEventListener('resize', () => painter.remeasure(), { signal, passive: true });
  view.matchMedia?.('(prefers-color-scheme: dark)').addEventListener('change', () => painter.remeasure(), { signal });
  follow();
  sweep();
  return {
    refresh: () => reader.refresh(rows.all()),
    reread: sweep,
    sweep(named) {
      if (!api || !adapter.api?.sweep || sweeping || signal.aborted) return false;
      // Where only the page says whose leads to list, it may not have been drawn so far yet.
      if (!adapter.api.viewer && !guarded('viewer', () => adapter.viewer?.(site()))) return false;
      sweeping = true;
      void sweepOnce(api, named);
      return true;
    },
  };

  async function sweepOnce({ politely }: ApiReads, named?: string): Promise<void> {
    try {
      leftOver = await options.sweepLeads({
        adapter,
        site,
        viewer: () => viewer.known(site(), named),
        rest: leftOver,
        request: options.request,
        politely,
        worker,
        now,
        signal,
      });
    } catch (error) {
      leftOver = null;
      if (!gone()) logOnce('sweep', error);
    }
    sweeping = false;
  }
}

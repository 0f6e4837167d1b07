/**
 * Badges of the rows: whether there is one, where, how it looks and what it says. Only rows near the viewport are drawn;
 * the others carry an empty box with their lead, state and due instant.
 *
 *   no badge ──clock known──▶ box ──near the viewport──▶ measured (room, background) ──same task──▶ drawn
 *                              ▲                             ▲ row changed, window resized     │
 *                              └───────── page wiped it ─────┴─────────────────────────────────┘
 */
import type { Tick } from '../clock/tick';
import type { Clock } from '../clock/types';
import type { Page, Surface } from '../crm/types';
import type { LeadKey } from '../lead/lead';
import { firstFit, type Badge, type BadgeCommand, type Mark } from './badge';
import type { Card, CardContent } from './card';
import type { Clocks } from './clocks';
import { cardOf, dueTextOf, labelOf, textOf, warmUp } from './face';
import { fitBadge } from './fit';
import { guarded } from './log';
import { createMarkers, type Markers } from './markers';
import type { Row } from './rows';
import { signLines, signWords } from './signs';
import { minuteMs, secondMs } from './ticker';
import { createThemeProbe } from './theme';
import type { Words } from './types';

const hourMs = 60 * minuteMs;
/** Within the last hour a badge may lag this much behind. */
const underAnHourMs = 15_000;
/** How far outside the viewport a badge is drawn, so that it is there before it is scrolled to. */
const nearMargin = '200px';
/** Badges measured in one task, beside the page's own layout; the next ones follow a frame later. */
const perTask = 32;
/** Drawing stops after this time, ms: the first badges build their formatters and are dearer than the rest. */
const drawMs = 6;

export interface PainterOptions {
  readonly doc: Document;
  readonly clocks: Clocks;
  readonly words: Words;
  readonly now: () => number;
  readonly writing: (change: () => void) => void;
  /** Whether nothing may be said of a row: it may stand for another lead by now. */
  readonly doubtful: (row: Row) => boolean;
  /** Whether the CRM changed its page in a way that touches what this row says. */
  readonly outdated: (row: Row) => boolean;
  /** `null` where there is no desk. */
  readonly card: () => Card | null;
  readonly onOpen: (badge: Badge) => void;
  readonly onCommand: (badge: Badge, command: BadgeCommand) => void;
  readonly selected: (lead: LeadKey) => boolean;
  /** Other badges are visible: the ticker may have to tick at another pace. */
  readonly onNear: () => void;
  readonly signal: AbortSignal;
}

export interface Painter {
  /** Puts, updates or removes the badge of a row. Call inside `writing`. */
  paint(row: Row, surface: Surface, page: Page): void;
  /** The badge of a row may be false: shows and says nothing until the row is painted again. Call inside `writing`. */
  hide(row: Row): void;
  /** The page took these rows away. */
  lose(rows: readonly Row[]): void;
  /** Takes every badge off. */
  clear(): void;
  /** Writes what has changed since the last tick, on badges near the viewport. */
  tick(now: number): void;
  /** ms until a badge near the viewport says something else; `Infinity` if none will. */
  nextTick(now: number): number;
  /** The window or the page's theme may have changed. */
  remeasure(): void;
  cardContent(badge: Badge): CardContent | null;
  readonly markers: Markers;
}

export function createPainter(options: PainterOptions): Painter {
  const { doc, clocks, words, now, writing, signal } = options;
  const theme = createThemeProbe(doc);
  const rowOf = new Map<Element, Row>();
  const near = new Set<Row>();
  const waiting = new Set<Row>();
  const rowOfBadge = new WeakMap<Badge, Row>();
  const labels = new WeakMap<Badge, string>();
  let kind: 'row' | 'record' = 'row';
  let frame = 0;
  let measuring: ReturnType<typeof setTimeout> | undefined;

  const markers = createMarkers(doc, now, {
    open(badge) {
      options.card()?.close();
      options.onOpen(badge);
    },
    command: (badge, command) => options.onCommand(badge, command),
    reach(badge, by) {
      const row = rowOfBadge.get(badge);
      // Told anew when it is reached: its time left may be an hour old.
      if (row) say(row, now(), true);
      options.card()?.open(badge, by);
    },
    leave: () => options.card()?.leave(),
  });

  const sight = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const row = rowOf.get(entry.target);
        if (!row) continue;
        row.near = entry.isIntersecting;
        if (!row.near) near.delete(row);
        else {
          near.add(row);
          if (row.badge) waiting.add(row);
        }
      }
      // An observer hears of its rows right after a frame.
      if (waiting.size > 0) measureWaiting();
      options.onNear();
    },
    { rootMargin: nearMargin, ...({ scrollMargin: nearMargin } as object) },
  );

  const markAt = (row: Row, { lead, dueAt }: Clock, { state }: Tick): Mark => ({
    lead,
    state,
    due: dueAt,
    marks: clocks.marks(lead),
    selected: options.selected(lead),
    outdated: options.outdated(row),
  });

  function markOf(row: Row, at: number): Mark | null {
    const clock = row.lead === null ? null : clocks.of(row.lead);
    // Also what has ended is said: a row without a badge means "no promise, or not readable" and nothing else.
    return clock && markAt(row, clock, clocks.at(clock, at));
  }

  function closeCard(row: Row): void {
    if (row.badge && options.card()?.badge === row.badge) options.card()?.close();
  }

  function unpaint(row: Row): void {
    if (!row.badge) return;
    closeCard(row);
    markers.remove(row);
  }

  function forget(row: Row): void {
    rowOf.delete(row.el);
    sight.unobserve(row.el);
    near.delete(row);
    waiting.delete(row);
    row.near = false;
  }

  /** Says in the next frame what a row's badge says, and measures it after that frame if it has to be. */
  function draw(row: Row): void {
    if (!row.badge || signal.aborted) return;
    waiting.add(row);
    frame ||= requestAnimationFrame(sayWaiting);
  }

  const needsLook = ({ badge, unmeasured }: Row): boolean => unmeasured || !badge?.look;

  /** In a frame nothing is measured: the page may have changed since it was laid out, and would be laid out twice. */
  function sayWaiting(): void {
    frame = 0;
    if (signal.aborted) return;
    const until = performance.now() + drawMs;
    writing(() => {
      for (const row of waiting) {
        if (performance.now() > until) break;
        if (row.badge?.look) say(row, now(), false);
        if (!needsLook(row)) waiting.delete(row);
      }
    });
    // A timer of a frame comes after the frame: what it measures is laid out.
    if (waiting.size > 0) measuring ??= setTimeout(measureWaiting);
    options.onNear();
  }

  function measureWaiting(): void {
    clearTimeout(measuring);
    measuring = undefined;
    if (signal.aborted) return;
    const batch = [...waiting].filter(needsLook).slice(0, perTask);
    const looks = batch.map(({ badge, el }) =>
      guarded('fit', () => {
        if (!badge?.host.isConnected) return null;
        const form = kind === 'record' ? 'record' : 'full';
        const fit = fitBadge(badge.host, el, form, badge.look ?? firstFit(form));
        return { fit, theme: theme.themeBehind(badge.host.parentElement ?? el) };
      }),
    );
    const at = now();
    const until = performance.now() + drawMs;
    writing(() => {
      batch.forEach((row, index) => {
        if (performance.now() > until) return;
        waiting.delete(row);
        const look = looks[index];
        if (!look || !row.badge) return;
        row.unmeasured = false;
        row.badge.setLook({ ...look.fit, theme: look.theme, quiet: kind !== 'record' });
        if (look.fit.advance === 'start') row.badge.host.parentElement?.prepend(row.badge.host);
        say(row, at, false);
      });
    });
    if (waiting.size > 0) frame ||= requestAnimationFrame(sayWaiting);
    options.onNear();
  }

  /** Writes what the badge says, as far as it differs. */
  function say(row: Row, at: number, anew: boolean): void {
    const { badge, lead } = row;
    const clock = lead === null ? null : clocks.of(lead);
    if (!badge?.look || !clock || options.doubtful(row)) return;
    const ticked = clocks.at(clock, at);
    const mark = markAt(row, clock, ticked);
    badge.setMark(mark);
    badge.setText(textOf(ticked, words), kind === 'record' ? dueTextOf(clock, ticked, at, words) : '');
    const signs = signWords(mark.marks, mark.selected, words);
    const occasion = `${clock.lead}|${ticked.state}|${clock.dueAt}|${clock.commitment}|${clock.subject}|${mark.outdated}|${signs}|${words.locale}`;
    if (!anew && labels.get(badge) === occasion) return;
    labels.set(badge, occasion);
    badge.setLabel(labelOf(clock, ticked, at, words, mark.outdated) + signs);
  }

  const warming = setTimeout(warmUp, 0, words.locale);
  signal.addEventListener('abort', () => {
    clearTimeout(warming);
    clearTimeout(measuring);
    sight.disconnect();
    cancelAnimationFrame(frame);
    markers.removeAll();
  });

  return {
    paint(row, surface, page) {
      if (options.doubtful(row)) return;
      kind = page.route.kind === 'record' ? 'record' : 'row';
      const mark = markOf(row, now());
      const placement = mark && surface.place(row.el, page);
      if (!mark || !placement) return unpaint(row);
      const first = firstFit(kind === 'record' ? 'record' : 'full');
      const put = markers.place(row, placement, mark, row.badge?.look ?? first);
      if (!put) return;
      rowOfBadge.set(put.badge, row);
      if (put.fresh) row.unmeasured = true;
      else if (row.unmeasured && put.badge.look?.advance === 'start') {
        placement.parent.insertBefore(put.badge.host, placement.before);
        put.badge.setLook({ ...put.badge.look, ...first });
      }
      if (!rowOf.has(row.el)) {
        rowOf.set(row.el, row);
        sight.observe(row.el);
      } else if (row.near) draw(row);
    },
    hide(row) {
      closeCard(row);
      row.badge?.hide();
    },
    lose(rows) {
      for (const row of rows) {
        forget(row);
        closeCard(row);
        markers.lose(row);
      }
    },
    clear() {
      for (const row of rowOf.values()) forget(row);
      theme.forget();
      markers.removeAll();
      markers.forgive();
    },
    tick(at) {
      writing(() => {
        for (const row of near) say(row, at, false);
        options.card()?.refresh();
      });
    },
    nextTick(at) {
      let wait = Infinity;
      for (const row of near) {
        const clock = row.badge && row.lead !== null ? clocks.of(row.lead) : null;
        if (!clock || clock.doneAt !== null) continue;
        const { state, leftMs } = clocks.at(clock, at);
        if (leftMs === null || state === 'paused') continue;
        const left = Math.abs(leftMs);
        // Down to the next bound exactly, so that the seconds start on time.
        const bound = (edge: number, pace: number): number => (leftMs > 0 ? Math.min(pace, left - edge + 1) : pace);
        if (left <= minuteMs) wait = Math.min(wait, secondMs);
        else if (left <= hourMs) wait = Math.min(wait, bound(minuteMs, underAnHourMs));
        else wait = Math.min(wait, bound(hourMs, minuteMs));
      }
      return wait;
    },
    remeasure() {
      theme.forget();
      for (const row of near) {
        row.unmeasured = true;
        draw(row);
      }
    },
    cardContent(badge) {
      const row = rowOfBadge.get(badge);
      const clock = row?.lead ? clocks.of(row.lead) : null;
      if (!row || !clock) return null;
      const at = now();
      const said = cardOf(clock, clocks.at(clock, at), row.fields.owner, at, words, options.outdated(row));
      return { ...said, lines: [...said.lines, ...signLines(clocks.marks(clock.lead), words)] };
    },
    markers,
  };
}

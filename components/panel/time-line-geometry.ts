/**
 * Where things lie on the picture of a clock. Open stretches get width by the time that counted; closed ones and pauses,
 * which may last a weekend, get one small width each: the picture shows working time, not nights. Pure.
 */
import type { ExplainStep } from '../../lib/clock/explain-types';
import type { Clock } from '../../lib/clock/types';

export type SegmentKind = 'open' | 'closed' | 'pause' | 'more' | 'late';

export interface Segment {
  readonly kind: SegmentKind;
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly width: number;
}

export interface TimeLineShape {
  readonly segments: readonly Segment[];
  /** `null`: not on the picture. */
  readonly now: number | null;
  readonly due: number | null;
  readonly done: number | null;
}

/** Width of a stretch that does not count, and the most that all of them may take. */
const narrow = 18;
const narrowShare = 0.45;
/** Time after the due instant. */
const lateShare = 0.16;
/** An open stretch stays visible. */
const least = 3;

interface Stretch {
  readonly kind: SegmentKind;
  readonly from: number;
  readonly to: number;
}

function stretches(steps: readonly ExplainStep[], clock: Clock, now: number): Stretch[] {
  const found: Stretch[] = [];
  for (const step of steps) {
    const last = found.at(-1)?.to ?? clock.startAt ?? now;
    if (step.kind === 'open' || step.kind === 'gap')
      found.push({ kind: step.kind === 'open' ? 'open' : 'closed', from: step.from, to: step.to });
    else if (step.kind === 'pause')
      found.push({ kind: 'pause', from: step.from, to: step.to ?? Math.max(now, step.from) });
    else if (step.kind === 'more') found.push({ kind: 'more', from: last, to: last });
  }
  // What was left out in between ends where the next one starts.
  const closed = found.map((stretch, index) => {
    const next = found[index + 1];
    return stretch.kind === 'more' && next ? { kind: stretch.kind, from: stretch.from, to: next.from } : stretch;
  });
  const end = clock.doneAt ?? now;
  if (clock.dueAt !== null && end > clock.dueAt) closed.push({ kind: 'late', from: clock.dueAt, to: end });
  return closed;
}

/** `null` where there is nothing to draw: the start is unknown, or nothing counted yet. */
export function timeLineShape(
  steps: readonly ExplainStep[],
  clock: Clock,
  now: number,
  width: number,
): TimeLineShape | null {
  const parts = stretches(steps, clock, now);
  const open = parts.filter(({ kind }) => kind === 'open');
  if (open.length === 0) return null;
  const late = parts.some(({ kind }) => kind === 'late') ? width * lateShare : 0;
  const fixed = parts.filter(({ kind }) => kind !== 'open' && kind !== 'late').length;
  const each = fixed === 0 ? 0 : Math.min(narrow, (width * narrowShare) / fixed);
  const counted = open.reduce((sum, { from, to }) => sum + (to - from), 0);
  const free = width - late - each * fixed - least * open.length;

  let x = 0;
  const segments = parts.map(({ kind, from, to }): Segment => {
    const share = counted > 0 ? (to - from) / counted : 1 / open.length;
    const wide = kind === 'late' ? late : kind === 'open' ? least + free * share : each;
    const segment = { kind, from, to, x, width: wide };
    x += wide;
    return segment;
  });
  return {
    segments,
    now: clock.doneAt === null ? place(segments, now) : null,
    due: clock.dueAt === null ? null : place(segments, clock.dueAt),
    done: clock.doneAt === null ? null : place(segments, clock.doneAt),
  };
}

function place(segments: readonly Segment[], at: number): number {
  for (const { from, to, x, width } of segments) {
    if (at < from) return x;
    if (at < to) return x + (width * (at - from)) / (to - from);
  }
  const last = segments.at(-1);
  return last ? last.x + last.width : 0;
}

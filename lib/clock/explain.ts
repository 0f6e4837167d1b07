/**
 * Why a clock is due when it is due (rule 17): its start, every open stretch that counted, every gap and why, pauses, and
 * the clause. It retells the clock and decides nothing; where it would be too long, the middle is left out and said so.
 */
import type { Agreement } from '../agreement/schema';
import { gapReason } from '../calendar';
import type { CalendarSpec, OpenInterval } from '../calendar/types';
import type { CalendarSource } from '../calendar/types';
import type { ExplainStep, GapReason } from './explain-types';
import { calendarSpec, inOwnTime, targetLength } from './own-time';
import type { Clock } from './types';

/** More than a person reads; a target of weeks in a calendar with breaks has hundreds. */
const maxSteps = 60;

type OpenBetween = (from: number, to: number) => readonly OpenInterval[];

/**
 * The steps from the start of a clock to its due instant, in order. The `countedMs` of all steps make up the target and
 * what a change of tier added to it, where the due instant is known.
 * @param agreement the version that the clock names.
 * @param now epoch ms; a clock that is held open by a pause is told up to now.
 */
export function explain(clock: Clock, agreement: Agreement, calendars: CalendarSource, now: number): ExplainStep[] {
  const { startAt } = clock;
  if (startAt === null) return [{ kind: 'no-due', reason: 'no-start' }];
  const start: ExplainStep = { kind: 'start', at: startAt, event: clock.startEvent ?? 'hand-off' };
  if (clock.runsFrom === null) return [start, { kind: 'no-due', reason: 'never-opens' }];

  const until = clock.dueAt ?? Math.max(now, startAt);
  const spec = calendarSpec(clock.target, agreement);
  const steps = inOwnTime(clock.target, agreement, calendars, startAt, until, (time) =>
    retell(clock, startAt, until, time.intervals),
  );
  if (!steps) return [start, { kind: 'no-due', reason: 'never-opens' }];
  const told = spec ? shortened(shortened(steps).flatMap((step) => withReasons(step, spec))) : shortened(steps);
  const last: ExplainStep =
    clock.dueAt === null
      ? { kind: 'no-due', reason: 'paused' }
      : { kind: 'due', at: clock.dueAt, clause: clock.clause, targetMs: targetLength(clock.target) };
  return [start, ...told, last];
}

/** What breaks up the open time: a pause, or the instant at which the target grew. */
type Mark = Extract<ExplainStep, { kind: 'pause' | 'extension' }>;

const placeOf = (mark: Mark): number => (mark.kind === 'pause' ? mark.from : mark.at);

function retell(clock: Clock, startAt: number, until: number, openBetween: OpenBetween): ExplainStep[] {
  const marks: Mark[] = [];
  for (const { from, to, reason, author } of clock.pauses)
    if (from < until && (to === null || to > startAt))
      marks.push({ kind: 'pause', from: Math.max(from, startAt), to, reason, author });
  if (clock.extended) marks.push({ kind: 'extension', at: clock.extended.at, extraMs: clock.extended.ms });
  marks.sort((a, b) => placeOf(a) - placeOf(b));

  const steps: ExplainStep[] = [];
  // What a change of tier added counts from the start on, so that no step says less than nothing is left.
  let [reached, leftMs] = [startAt, targetLength(clock.target) + (clock.extended?.ms ?? 0)];
  const stretch = (to: number): void => {
    for (const [from, close] of reached < to ? openBetween(reached, to) : []) {
      if (from > reached) steps.push({ kind: 'gap', from: reached, to: from, reason: 'closed' });
      leftMs -= close - from;
      steps.push({ kind: 'open', from, to: close, countedMs: close - from, leftMs });
      reached = close;
    }
    if (to > reached) steps.push({ kind: 'gap', from: reached, to, reason: 'closed' });
    reached = Math.max(reached, to);
  };
  for (const mark of marks) {
    stretch(Math.min(placeOf(mark), until));
    steps.push(mark);
    if (mark.kind === 'pause') reached = Math.max(reached, mark.to ?? until);
  }
  stretch(until);
  return steps;
}

const hour = 3_600_000;
/** A gap longer than this many hours is looked at less closely: the longest that a person plans is a few weeks. */
const maxLooks = 500;

/** A weekend with a holiday in it is two gaps, or three: each stretch of a gap that has a reason of its own. */
function withReasons(step: ExplainStep, spec: CalendarSpec): ExplainStep[] {
  if (step.kind !== 'gap') return [step];
  const reasonAt = (at: number): GapReason => gapReason(spec, at) ?? 'closed';
  const stride = Math.max(hour, Math.ceil((step.to - step.from) / maxLooks));
  const parts: ExplainStep[] = [];
  let { from } = step;
  let reason = reasonAt(from);
  for (let seen = from; seen < step.to - 1;) {
    const next = Math.min(seen + stride, step.to - 1);
    const reasonThen = reasonAt(next);
    if (reasonThen !== reason) {
      const change = changeBetween(seen, next, (at) => reasonAt(at) !== reason);
      parts.push({ kind: 'gap', from, to: change, reason });
      [from, reason] = [change, reasonThen];
    }
    seen = next;
  }
  return [...parts, { kind: 'gap', from, to: step.to, reason }];
}

/** First instant in `(before, after]` for which `isAfter` holds; it holds for `after`. */
function changeBetween(before: number, after: number, isAfter: (at: number) => boolean): number {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isAfter(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** At most `maxSteps`: the beginning and the end, where a person looks, and how much was left out between them. */
function shortened(steps: readonly ExplainStep[]): readonly ExplainStep[] {
  // Start and due come on top.
  const room = maxSteps - 2;
  if (steps.length <= room) return steps;
  const head = Math.floor(room / 2);
  const tail = room - head - 1;
  let [count, countedMs] = [0, 0];
  for (const step of steps.slice(head, steps.length - tail)) {
    count += step.kind === 'more' ? step.count : 1;
    if (step.kind === 'open' || step.kind === 'more') countedMs += step.countedMs;
  }
  return [...steps.slice(0, head), { kind: 'more', count, countedMs }, ...steps.slice(steps.length - tail)];
}

/** What a clock says in sentences: the time left in words, and when that is on the wall clock. */
import { formatDuration, formatInstant } from '../../lib/clock';
import { assertNever } from '../../lib/clock/assert-never';
import type { Clock } from '../../lib/clock/types';
import { language, t } from '../../lib/platform/i18n';
import { isDone, isStale, type LiveClock } from './live';

/** "42 minutes of working time left"; `null` where no time runs. */
export function leftSentence(clock: Pick<Clock, 'calendar'>, { state, leftMs }: LiveClock): string | null {
  if (leftMs === null || isDone(state)) return null;
  const kind = clock.calendar === null ? 'elapsed' : 'working';
  // A stale clock is not known to be late (rule 12): its time has passed, that is all.
  const direction = leftMs >= 0 ? 'left' : state === 'unknown' ? 'passed' : 'over';
  return t(`explain_${direction}_${kind}`, formatDuration(leftMs, language()));
}

function doneSentence({ doneAt, doneEarliest }: Clock, key: string, say: (at: number) => string): string {
  if (doneAt === null) return t(`${key}_plain`);
  return doneEarliest === null || doneEarliest === doneAt
    ? t(key, say(doneAt))
    : t(`${key}_between`, say(doneEarliest), say(doneAt));
}

function unknownSentence(clock: Clock, say: (at: number) => string, seenAt: number): string {
  switch (clock.unknown) {
    case 'no-start':
      return t('explain_unknown_no_start');
    case 'evidence':
      return t('explain_unknown_evidence');
    case 'touches':
      return t('explain_unknown_touches');
    case 'no-due':
      return t('explain_unknown_no_due');
    case 'stale':
    case null:
      return t('explain_unknown_stale', say(seenAt));
    default:
      return assertNever(clock.unknown);
  }
}

/** What happened, or what is to come: "Due tomorrow 10:00". */
export function dueSentences(clock: Clock, live: LiveClock, now: number, seenAt: number): readonly string[] {
  const say = (at: number): string => formatInstant(at, now, language());
  const due = (key: string): string[] => (clock.dueAt === null ? [] : [t(key, say(clock.dueAt))]);
  switch (live.state) {
    case 'scheduled':
      return [...(clock.runsFrom === null ? [] : [t('explain_starts', say(clock.runsFrom))]), ...due('explain_due')];
    case 'running':
    case 'at-risk':
      return due('explain_due');
    case 'overdue':
      return due('explain_was_due');
    case 'paused': {
      const since = clock.pauses.at(-1)?.from;
      return [...(since === undefined ? [] : [t('explain_paused_since', say(since))]), ...due('explain_due')];
    }
    case 'met':
      return [doneSentence(clock, 'explain_met', say), ...due('explain_was_due')];
    case 'missed':
      return [doneSentence(clock, 'explain_missed', say), ...due('explain_was_due')];
    case 'ended':
      return [doneSentence(clock, 'explain_ended', say)];
    case 'unknown':
      return [
        unknownSentence(clock, say, seenAt),
        ...due(isStale('unknown', clock, now) ? 'explain_was_due' : 'explain_due'),
      ];
    default:
      return assertNever(live.state);
  }
}

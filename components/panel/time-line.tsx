/** A small picture of a clock: open and closed time, pauses, now and the due instant. The list beside it says the same in words. */
import { useId } from 'react';
import type { ExplainStep } from '../../lib/clock/explain-types';
import type { Clock } from '../../lib/clock/types';
import { t } from '../../lib/platform/i18n';
import { instantWords } from '../clock/when';
import styles from './time-line.module.css';
import { timeLineShape, type Segment, type SegmentKind } from './time-line-geometry';

export interface TimeLineProps {
  readonly steps: readonly ExplainStep[];
  readonly clock: Clock;
  readonly now: number;
  readonly timeZone?: string | undefined;
}

const width = 344;
const top = 16;
const bar = 14;
const bottom = top + bar + 6;

/** The legend names only what is in the picture. */
const legend: readonly SegmentKind[] = ['open', 'closed', 'pause', 'late'];

function Bar({ segment, now, hatch }: { segment: Segment; now: number; hatch: string }) {
  const { kind, from, to, x } = segment;
  // A hair between two stretches keeps them apart.
  const wide = Math.max(1, segment.width - 1);
  const past = kind === 'open' ? Math.min(1, Math.max(0, (now - from) / Math.max(1, to - from))) : 0;
  return (
    <>
      <rect x={x} y={top} width={wide} height={bar} className={styles[kind]} />
      {(kind === 'closed' || kind === 'more') && (
        <rect x={x} y={top} width={wide} height={bar} fill={`url(#${hatch})`} />
      )}
      {kind === 'pause' && (
        <>
          <rect x={x + wide / 2 - 3} y={top + 4} width={2} height={bar - 8} className={styles.mark} />
          <rect x={x + wide / 2 + 1} y={top + 4} width={2} height={bar - 8} className={styles.mark} />
        </>
      )}
      {past > 0 && <rect x={x} y={top} width={wide * past} height={bar} className={styles.past} />}
    </>
  );
}

export function TimeLine({ steps, clock, now, timeZone }: TimeLineProps) {
  const hatch = useId();
  const shape = timeLineShape(steps, clock, now, width);
  if (!shape) return null;
  const start = clock.startAt === null ? null : instantWords(clock.startAt, timeZone);
  const due = clock.dueAt === null ? null : instantWords(clock.dueAt, timeZone);
  const until = clock.doneAt ?? now;
  const kinds = legend.filter((kind) => shape.segments.some((segment) => segment.kind === kind));
  return (
    <figure className={styles.figure} data-state={clock.state}>
      <svg
        viewBox={`-4 0 ${width + 8} ${bottom}`}
        className={styles.picture}
        role="img"
        aria-label={t('explain_picture', start ?? '–', due ?? '–', instantWords(now, timeZone))}
      >
        <defs>
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="5" className={styles.hatch} />
          </pattern>
        </defs>
        {shape.segments.map((segment) => (
          <Bar key={`${segment.kind}${segment.x}`} segment={segment} now={until} hatch={hatch} />
        ))}
        {shape.due !== null && <line x1={shape.due} x2={shape.due} y1={top - 4} y2={bottom} className={styles.due} />}
        {shape.now !== null && (
          <>
            <path d={`M${shape.now - 4} ${top - 6}h8l-4 6z`} className={styles.mark} />
            <text
              x={shape.now}
              y={top - 8}
              textAnchor={shape.now < 24 ? 'start' : shape.now > width - 24 ? 'end' : 'middle'}
              className={styles.word}
            >
              {t('explain_now')}
            </text>
          </>
        )}
        {shape.done !== null && <circle cx={shape.done} cy={top + bar / 2} r={4} className={styles.done} />}
      </svg>
      <figcaption className={styles.ends}>
        <span>{start}</span>
        <span>{due !== null && t('explain_due', due)}</span>
      </figcaption>
      <ul className={styles.legend}>
        {kinds.map((kind) => (
          <li key={kind} data-kind={kind}>
            {t(`explain_legend_${kind}`)}
          </li>
        ))}
      </ul>
    </figure>
  );
}

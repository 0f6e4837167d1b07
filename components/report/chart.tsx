/**
 * Columns and lines over the same categories, as plain SVG. Each category is one stop of the keyboard (arrows move, Enter
 * opens its leads) and says all its values; patterns and dashes stand beside the colours. It draws and computes nothing.
 */
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../../lib/platform/i18n';
import styles from './chart.module.css';
import { box, legendPlaces, legendRow, letter, ticksOf, tops, type Series } from './chart-scale';

export interface ChartProps {
  readonly label: string;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  /** Of the vertical axis; without it, the greatest value. */
  readonly max?: number;
  readonly format: (value: number) => string;
  /** A line at the right edge of a category. */
  readonly target?: { readonly after: number; readonly label: string };
  /** Everything that one category says. */
  readonly describe: (index: number) => string;
  readonly onOpen?: (index: number) => void;
}

const { width, height, left, right, top, bottom } = box;
const plot = { width: width - left - right, height: height - top - bottom };
/** A wider column is a surface. */
const widestBar = 96;
/** More names than this run into each other. */
const mostNames = 12;

export function Chart({ label, categories, series, max, format, target, describe, onOpen }: ChartProps) {
  const id = useId().replaceAll(':', '');
  const stacks = tops(series, categories.length);
  const ticks = ticksOf(max ?? Math.max(0, ...stacks.totals, ...lineValues(series)));
  const end = ticks.at(-1) ?? 1;
  const step = plot.width / Math.max(1, categories.length);
  const bar = Math.min(step * 0.72, widestBar);
  const x = (index: number): number => left + step * (index + 0.5);
  const y = (value: number): number => top + plot.height * (1 - Math.min(value, end) / end);
  const every = Math.ceil(categories.length / mostNames);
  const room = Math.max(6, Math.floor((step * every) / letter));
  return (
    <figure className={styles.chart}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no element of its own for it */}
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={label} className={styles.drawing}>
        <Patterns id={id} />
        {ticks.map((tick) => (
          <g key={tick} aria-hidden="true">
            <line x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} className={styles.grid} />
            <text x={left - 8} y={y(tick) + 4} textAnchor="end" className={styles.name}>
              {format(tick)}
            </text>
          </g>
        ))}
        {categories.map((name, index) =>
          index % every === 0 ? (
            <text
              // oxlint-disable-next-line react/no-array-index-key -- two categories may have the same name
              key={index}
              x={x(index)}
              y={height - bottom + 18}
              textAnchor="middle"
              className={styles.name}
              aria-hidden="true"
            >
              {name.length > room ? `${name.slice(0, room - 1)}…` : name}
            </text>
          ) : null,
        )}
        {series.map((one) =>
          one.kind === 'bar' ? (
            <g key={one.id} aria-hidden="true">
              {one.values.map((value, index) => {
                const [low, high] = stacks.of(one.id, index);
                return value === null || value === 0 ? null : (
                  <rect
                    // oxlint-disable-next-line react/no-array-index-key -- a category has no name but its place
                    key={index}
                    x={x(index) - bar / 2}
                    width={bar}
                    y={y(high)}
                    height={Math.max(0, y(low) - y(high))}
                    className={styles.bar}
                    fill={one.look === 'solid' ? 'var(--accent)' : `url(#${id}-${one.look})`}
                  />
                );
              })}
            </g>
          ) : (
            <Line key={one.id} one={one} x={x} y={y} />
          ),
        )}
        {target && (
          <g aria-hidden="true">
            <line
              x1={left + step * (target.after + 1)}
              x2={left + step * (target.after + 1)}
              y1={top - 6}
              y2={height - bottom}
              className={styles.target}
            />
            <text x={left + step * (target.after + 1) + 6} y={top + 6} className={styles.name}>
              {target.label}
            </text>
          </g>
        )}
        {series.length > 1 && <FileLegend id={id} series={series} />}
        <Stops count={categories.length} x={x} step={step} describe={describe} {...(onOpen && { onOpen })} />
      </svg>
      {series.length > 1 && <Legend series={series} />}
    </figure>
  );
}

const lineValues = (series: readonly Series[]): number[] =>
  series.flatMap(({ kind, values, high }) =>
    kind === 'line' ? [...values, ...(high ?? [])].filter((value): value is number => value !== null) : [],
  );

interface LineProps {
  readonly one: Series;
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

/** What is not known is a gap, never a zero. */
function Line({ one, x, y }: LineProps) {
  const { values, low, high, look } = one;
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const before = index > 0 ? values[index - 1] : null;
    path += `${before === null || before === undefined ? 'M' : 'L'}${x(index).toFixed(1)},${y(value).toFixed(1)}`;
  });
  return (
    <g aria-hidden="true">
      {values.map((_, index) => {
        const [from, to] = [low?.[index], high?.[index]];
        return from === null || from === undefined || to === null || to === undefined ? null : (
          // oxlint-disable-next-line react/no-array-index-key -- a category has no name but its place
          <line key={index} x1={x(index)} x2={x(index)} y1={y(from)} y2={y(to)} className={styles.whisker} />
        );
      })}
      <path d={path} className={look === 'dashed' ? styles.dashed : styles.line} fill="none" />
      {look !== 'dashed' &&
        values.map((value, index) =>
          value === null ? null : (
            // oxlint-disable-next-line react/no-array-index-key -- a category has no name but its place
            <circle key={index} cx={x(index)} cy={y(value)} r={3.5} className={styles.dot} />
          ),
        )}
    </g>
  );
}

function Patterns({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern id={`${id}-stripes`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className={styles.under} />
        <line x1="0" x2="0" y1="0" y2="6" className={styles.stripe} />
      </pattern>
      <pattern id={`${id}-dots`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className={styles.under} />
        <circle cx="3" cy="3" r="1.6" className={styles.speck} />
      </pattern>
    </defs>
  );
}

interface StopsProps extends Pick<ChartProps, 'describe' | 'onOpen'> {
  readonly count: number;
  readonly x: (index: number) => number;
  readonly step: number;
}

/** One stop of Tab for the whole chart; arrows, Home and End walk through it. */
function Stops({ count, x, step, describe, onOpen }: StopsProps) {
  const [at, setAt] = useState(0);
  const stops = useRef<(SVGGElement | null)[]>([]);
  const current = Math.min(at, count - 1);
  const onKey = (event: KeyboardEvent, index: number): void => {
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: count - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const next = Math.min(count - 1, Math.max(0, to));
      setAt(next);
      stops.current[next]?.focus();
    } else if ((event.key === 'Enter' || event.key === ' ') && onOpen) {
      event.preventDefault();
      onOpen(index);
    }
  };
  return Array.from({ length: count }, (_, index) => {
    const words = describe(index);
    return (
      <g
        // oxlint-disable-next-line react/no-array-index-key -- a category has no name but its place
        key={index}
        ref={(stop) => {
          stops.current[index] = stop;
        }}
        role={onOpen ? 'button' : 'img'}
        aria-label={words}
        tabIndex={index === current ? 0 : -1}
        className={onOpen ? styles.stop : styles.still}
        data-export="leave-out"
        onFocus={() => setAt(index)}
        onKeyDown={(event) => onKey(event, index)}
        onClick={() => onOpen?.(index)}
      >
        <title>{words}</title>
        <rect x={x(index) - step / 2} y={top - 4} width={step} height={plot.height + 8} fill="transparent" />
      </g>
    );
  });
}

/** The same words in the drawing, for its file only. */
function FileLegend({ id, series }: { readonly id: string; readonly series: readonly Series[] }) {
  const places = legendPlaces(
    series.map(({ label }) => label),
    width - left - right,
  );
  const rows = 1 + Math.max(...places.map(({ row }) => row));
  return (
    <g className={styles.fileLegend} data-export="add" data-height={rows * legendRow} aria-hidden="true">
      {series.map(({ id: own, label, kind, look }, index) => {
        const { x, row } = places[index] ?? { x: 0, row: 0 };
        const y = height + row * legendRow;
        const fill = look === 'solid' ? 'var(--accent)' : `url(#${id}-${look})`;
        return (
          <g key={own}>
            {kind === 'line' ? (
              <line
                x1={left + x}
                x2={left + x + 16}
                y1={y + 5}
                y2={y + 5}
                className={look === 'dashed' ? styles.dashed : styles.line}
              />
            ) : (
              <rect x={left + x} y={y} width={16} height={10} className={styles.bar} fill={fill} />
            )}
            <text x={left + x + 22} y={y + 9} className={styles.name}>
              {label}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function Legend({ series }: { readonly series: readonly Series[] }) {
  return (
    <figcaption>
      <ul className={styles.legend} aria-label={t('report_legend')}>
        {series.map(({ id, label, kind, look }) => (
          <li key={id}>
            <span className={styles.key} data-kind={kind} data-look={look} aria-hidden="true" />
            {label}
          </li>
        ))}
      </ul>
    </figcaption>
  );
}

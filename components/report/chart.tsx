/**
 * Columns and lines over the same categories, drawn with visx. Each category is one stop of the keyboard (arrows move, Enter
 * opens its leads) and says all its values; patterns and dashes stand beside the colours. It computes nothing.
 */
import { AxisBottom, AxisLeft, type TickRendererProps } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { PatternCircles, PatternLines } from '@visx/pattern';
import { Bar, BarStack, Line, LinePath } from '@visx/shape';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../../lib/platform/i18n';
import styles from './chart.module.css';
import {
  box,
  legendPlaces,
  legendRow,
  letter,
  placeScale,
  totalsOf,
  valueScale,
  valueTicks,
  type Series,
} from './chart-scale';

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

/** Names of an axis; visx's own text measures itself, which lays the page out. */
const Name = ({ x, y, formattedValue, textAnchor, dy }: TickRendererProps) => (
  <text x={x} y={y} dy={dy} textAnchor={textAnchor} className={styles.name}>
    {formattedValue}
  </text>
);

export function Chart({ label, categories, series, max, format, target, describe, onOpen }: ChartProps) {
  const id = useId().replaceAll(':', '');
  const y = valueScale(max ?? Math.max(0, ...totalsOf(series, categories.length), ...lineValues(series)));
  const places = placeScale(Math.max(1, categories.length));
  const step = places.bandwidth();
  const x = (index: number): number => (places(index) ?? 0) + step / 2;
  const every = Math.ceil(categories.length / mostNames);
  const room = Math.max(6, Math.floor((step * every) / letter));
  const named = (name: string): string => (name.length > room ? `${name.slice(0, room - 1)}…` : name);
  const ticks = y.ticks(valueTicks);
  return (
    <figure className={styles.chart}>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no element of its own for it */}
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={label} className={styles.drawing}>
        <Patterns id={id} />
        <g aria-hidden="true">
          <GridRows scale={y} width={plot.width} left={left} tickValues={ticks} lineStyle={gridLine} />
          <AxisLeft
            scale={y}
            left={left}
            tickValues={ticks}
            tickFormat={(value) => format(Number(value))}
            tickComponent={Name}
            tickLabelProps={valueName}
            hideAxisLine
            hideTicks
          />
          <AxisBottom
            scale={places}
            top={height - bottom}
            tickValues={categories.flatMap((_, index) => (index % every === 0 ? [index] : []))}
            tickFormat={(index) => named(categories[index] ?? '')}
            tickComponent={Name}
            tickLabelProps={placeName}
            hideAxisLine
            hideTicks
          />
        </g>
        <Bars
          id={id}
          series={series.filter(({ kind }) => kind === 'bar')}
          count={categories.length}
          x={x}
          scales={{ places, y }}
        />
        {series.map((one) => one.kind === 'line' && <Course key={one.id} one={one} x={x} y={y} />)}
        {target && (
          <g aria-hidden="true">
            <Line
              from={{ x: left + step * (target.after + 1), y: top - 6 }}
              to={{ x: left + step * (target.after + 1), y: height - bottom }}
              className={styles.target ?? ''}
            />
            <text x={left + step * (target.after + 1) + 6} y={top - 8} className={styles.name}>
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

const gridLine = { stroke: 'var(--line)' } as const;
const valueName = { dx: 0, dy: 4, textAnchor: 'end' } as const;
const placeName = { dy: 2, textAnchor: 'middle' } as const;

const lineValues = (series: readonly Series[]): number[] =>
  series.flatMap(({ kind, values, high }) =>
    kind === 'line' ? [...values, ...(high ?? [])].filter((value): value is number => value !== null) : [],
  );

interface BarsProps {
  readonly id: string;
  readonly series: readonly Series[];
  readonly count: number;
  readonly x: (index: number) => number;
  readonly scales: { readonly places: ReturnType<typeof placeScale>; readonly y: ReturnType<typeof valueScale> };
}

/** Columns of all series, each on the one before. */
function Bars({ id, series, count, x, scales: { places, y } }: BarsProps) {
  if (series.length === 0) return null;
  const looks = new Map(series.map((one) => [one.id, one.look]));
  const thick = Math.min(places.bandwidth() * 0.72, widestBar);
  return (
    <g aria-hidden="true">
      <BarStack
        data={Array.from({ length: count }, (_, index) => index)}
        keys={series.map((one) => one.id)}
        value={(index, key) => series.find((one) => one.id === key)?.values[index] ?? 0}
        x={(index) => index}
        xScale={places}
        yScale={y}
        color={(key) => key}
      >
        {(stacks) =>
          stacks.flatMap(({ key, bars }) =>
            bars.map((bar) =>
              bar.height > 0 ? (
                <Bar
                  key={`${key} ${bar.index}`}
                  x={x(bar.index) - thick / 2}
                  y={bar.y}
                  width={thick}
                  height={bar.height}
                  className={styles.bar ?? ''}
                  fill={looks.get(key) === 'solid' ? 'var(--accent)' : `url(#${id}-${looks.get(key) ?? 'dots'})`}
                />
              ) : null,
            ),
          )
        }
      </BarStack>
    </g>
  );
}

interface CourseProps {
  readonly one: Series;
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

/** What is not known is a gap, never a zero. */
function Course({ one: { values, low, high, look }, x, y }: CourseProps) {
  return (
    <g aria-hidden="true">
      {values.map((_, index) => {
        const [from, to] = [low?.[index], high?.[index]];
        return from === null || from === undefined || to === null || to === undefined ? null : (
          <Line
            // oxlint-disable-next-line react/no-array-index-key -- a category has no name but its place
            key={index}
            from={{ x: x(index), y: y(from) }}
            to={{ x: x(index), y: y(to) }}
            className={styles.whisker ?? ''}
          />
        );
      })}
      <LinePath
        data={[...values]}
        x={(_, index) => x(index)}
        y={(value) => y(value ?? 0)}
        defined={(value) => value !== null}
        className={(look === 'dashed' ? styles.dashed : styles.line) ?? ''}
        fill="none"
      />
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

const [ground, ink] = ['var(--surface)', 'var(--accent)'];

function Patterns({ id }: { readonly id: string }) {
  return (
    <>
      <PatternLines
        id={`${id}-stripes`}
        width={6}
        height={6}
        orientation={diagonal}
        background={ground}
        stroke={ink}
        strokeWidth={2.5}
      />
      <PatternCircles id={`${id}-dots`} width={6} height={6} radius={1.6} fill={ink} background={ground} />
    </>
  );
}

const diagonal: ['diagonal'] = ['diagonal'];

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

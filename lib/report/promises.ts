/**
 * What both sides promised for a period, next to what came of it. Looking back: the result is that of the window so far; only
 * a promised number of hand-offs has a forecast, and it is said apart. Values are in the unit of the agreement's measure:
 * percent from 0 to 100, working minutes, leads, touches, money.
 */
import type { CommitmentId, PeriodPromise } from '../agreement/schema';
import { assertNever } from '../clock/assert-never';
import type { CalendarSource, CalendarSpec } from '../calendar/types';
import type { Columns } from './columns';
import { costUntilNow } from './cost';
import { conditionOf, isForEveryLead } from './covered';
import { kpiOfRows, type Kpi } from './kpi';
import { paceOfRows } from './pace';
import { periodAt } from './periods';
import type { KpiRequest } from './request';
import { select } from './select';
import type { Statement } from './statement';
import type { NoValue, Percentiles, Ratio, Share, Value } from './statistics';
import { verdicts, type ReportWindow } from './types';
import { trendOf, type Bound, type Trend } from './trend';

/** `none`: not judged, and `unjudged` says why. */
export const promiseStates = ['on-track', 'at-risk', 'missed', 'no-data', 'none'] as const;
export type PromiseState = (typeof promiseStates)[number];

export interface PromiseResult {
  readonly promise: PeriodPromise;
  readonly window: ReportWindow;
  readonly bound: Bound;
  readonly result: Value;
  /** How many leads (or judged clocks) the result stands on. */
  readonly n: number;
  /** Interval of a share, in percent; `null` where the result is none. See `Share`. */
  readonly low: number | null;
  readonly high: number | null;
  readonly state: PromiseState;
  /** Why it is not judged, though there is a result; `null` where it is. */
  readonly unjudged: 'promise-not-splittable' | 'promise-not-yet' | null;
  readonly trend: Trend;
  /** Only of a promised number of hand-offs. */
  readonly forecast: Value | null;
  readonly about: Statement;
}

export type PromiseContext = Pick<KpiRequest, 'filters' | 'staleAfterMs' | 'costs'> & {
  /** An instant of the period that is asked for. */
  readonly at: number;
  /** It was made when the period had begun; see `promisesAt`. */
  readonly fromNext?: boolean;
  /** Whose working time carries a promised number of hand-offs. */
  readonly calendar: CalendarSpec;
  readonly calendars: CalendarSource;
};

interface Measured {
  readonly value: Value;
  readonly n: number;
  readonly low?: number | null;
  readonly high?: number | null;
}

/** Which way each measure is promised; the compiler checks that none is missing. */
const bounds: Readonly<Record<PeriodPromise['measure'], Bound>> = {
  attainment: 'at-least',
  'time-to-accept': 'at-most',
  'time-to-first-touch': 'at-most',
  'hand-offs': 'at-least',
  'accepted-share': 'at-least',
  'clean-share': 'at-least',
  'touches-per-accepted': 'at-most',
  'cost-per-accepted': 'at-most',
  'won-share': 'at-least',
};

const of = (value: number): Value => ({ value, why: null });
const no = (why: NoValue): Value => ({ value: null, why });
const minuteMs = 60_000;

function percent({ value, why, of: n, low, high }: Share): Measured {
  if (value === null) return { value: no(why), n };
  return { value: of(value * 100), n, low: low === null ? null : low * 100, high: high === null ? null : high * 100 };
}

function minutes({ median, n }: Percentiles): Measured {
  return { value: median === null ? no('nothing-measured') : of(median / minuteMs), n };
}

/** The one number of the figures that a promise is about. @param cost what the period cost so far. */
function measureOf(kpi: Kpi, promise: PeriodPromise, cost: number | null): Measured {
  const { quality, efficiency, outcome } = kpi;
  // What both sides owe, each has promised for itself.
  const responsiveness = (id: CommitmentId | undefined) =>
    kpi.responsiveness.find(
      ({ commitment, subject, owedBy }) => commitment === id && subject === 'lead' && owedBy === promise.owedBy,
    );
  const median = (id: CommitmentId): Measured => {
    // The time that leads wait may be promised by the other side than the one that has to take them.
    const own = responsiveness(id) ?? kpi.responsiveness.find((one) => one.commitment === id && one.subject === 'lead');
    return own ? minutes(own.working) : { value: no('nothing-measured'), n: 0 };
  };
  switch (promise.measure) {
    case 'attainment': {
      const own = responsiveness(promise.commitment);
      return own ? percent(own.attainment) : { value: no('nothing-judged'), n: 0 };
    }
    case 'time-to-accept':
      return median('accept');
    case 'time-to-first-touch':
      return median('first-touch');
    case 'hand-offs':
      return { value: of(kpi.handOffs), n: kpi.handOffs };
    case 'accepted-share':
      return percent(quality.accepted);
    case 'clean-share':
      return percent(quality.noDataFlag);
    case 'touches-per-accepted': {
      const { value, why, bottom } = efficiency.touchesPerAccepted;
      return { value: value === null ? no(why) : of(value), n: bottom };
    }
    case 'cost-per-accepted': {
      const accepted = quality.verdicts.parts[verdicts.indexOf('accepted')]!.count;
      if (cost === null) return costOfSources(efficiency.costPerAccepted, promise, accepted);
      return { value: accepted === 0 ? no('nothing-accepted') : of(cost / accepted), n: accepted };
    }
    case 'won-share':
      return percent(outcome.won);
    default:
      return assertNever(promise.measure);
  }
}

/** Where the promise says no cost of its own, what its sources cost; that of some leads only is not known. */
function costOfSources({ value, why, bottom }: Ratio, promise: PeriodPromise, accepted: number): Measured {
  if (!isForEveryLead(promise)) return { value: no(why === 'no-cost' ? why : 'cost-not-splittable'), n: accepted };
  return value === null ? { value: no(why), n: bottom } : { value: of(value), n: bottom };
}

/** Rows of the window that the promise is about. */
function rowsOf(columns: Columns, promise: PeriodPromise, window: ReportWindow, context: PromiseContext): Uint32Array {
  const rows = select(columns, window, context.filters);
  if (isForEveryLead(promise)) return rows;
  const covered = columns.covered.get(conditionOf(promise));
  return rows.filter((row) => covered?.[row] === 1);
}

/** The promise in the period that holds `context.at`. */
export function promiseResult(columns: Columns, promise: PeriodPromise, context: PromiseContext): PromiseResult {
  const { timeZone, now } = columns;
  const window = periodAt(promise.per, context.at, timeZone);
  const windowBefore = periodAt(promise.per, context.at, timeZone, -1);
  const bound = bounds[promise.measure];
  const rows = rowsOf(columns, promise, window, context);
  const kpi = kpiOfRows(columns, rows, { ...context, window });
  const earlier = kpiOfRows(columns, rowsOf(columns, promise, windowBefore, context), {
    ...context,
    window: windowBefore,
  });
  const { amount } = promise.cost ?? { amount: null };
  const spent = amount === null ? null : costUntilNow({ ...window, amount }, window, now);
  const result = measureOf(kpi, promise, spent);
  const before = measureOf(earlier, promise, amount);
  const { calendar, calendars } = context;
  const forecast =
    promise.measure === 'hand-offs'
      ? paceOfRows(columns, rows, { window, promised: promise.value, spec: calendar, calendars }).forecast
      : null;
  // Half a month of hand-offs next to a whole one says nothing, so a number is compared by where it is heading.
  const heading = forecast ?? result.value;
  const unjudged = unjudgedFor(promise, context);
  // Nobody handed over anything before, as far as we know: that is no figure to compare with.
  const compared = earlier.handOffs === 0 ? null : before.value.value;
  return {
    promise,
    window,
    bound,
    result: now < window.from ? no('not-begun') : result.value,
    n: result.n,
    low: result.low ?? null,
    high: result.high ?? null,
    state: unjudged ? 'none' : stateOf({ promise, bound, window, now }, now < window.from ? null : heading.value),
    unjudged,
    trend: trendOf(heading.value, compared, bound),
    forecast,
    about: kpi.about,
  };
}

/** A number of hand-offs is promised as a whole: which part of it falls to some sources or people, nobody said. */
export function unjudgedFor(
  promise: PeriodPromise,
  { filters = {}, fromNext = false }: Pick<PromiseContext, 'filters' | 'fromNext'>,
): PromiseResult['unjudged'] {
  if (promise.measure === 'hand-offs' && Object.keys(filters).length > 0) return 'promise-not-splittable';
  return fromNext ? 'promise-not-yet' : null;
}

/** While the period lasts, what is not (or is not heading) where it was promised is at risk; once it is over, it is missed. */
function stateOf(
  { promise, bound, window, now }: Pick<PromiseResult, 'promise' | 'bound' | 'window'> & { readonly now: number },
  value: number | null,
): PromiseState {
  if (value === null) return 'no-data';
  const isKept = bound === 'at-least' ? value >= promise.value : value <= promise.value;
  if (isKept) return 'on-track';
  return now >= window.to ? 'missed' : 'at-risk';
}

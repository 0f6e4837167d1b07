/** What both sides promised and what came of it, a line each: first the promises per period, then the time commitments. */
import type { PeriodPromise } from '../../lib/agreement/schema';
import { measures } from '../../lib/agreement/measures';
import { assertNever } from '../../lib/clock/assert-never';
import type { Party } from '../../lib/lead/facts';
import { t } from '../../lib/platform/i18n';
import { periodAt, promiseResult, trendOf, type Promised, type PromiseResult } from '../../lib/report';
import { conditionOf } from '../../lib/report/covered';
import type { Trend } from '../../lib/report/trend';
import { agreedWords } from '../panel/labels';
import { plain, type Behind, type FigureTable } from './figure-table';
import {
  commitmentName,
  countWords,
  lengthWords,
  moneyWords,
  percentWords,
  rangeWords,
  sureness,
  whyWords,
} from './report-words';
import { behindOf, clauseOf, promisesOf, type View } from './view';

export interface HeadlineItem {
  readonly key: string;
  readonly party: Party;
  readonly title: string;
  readonly result: string;
  /** `null`: there is no value; `result` says why. */
  readonly value: number | null;
  readonly promised: string | null;
  readonly sure: string;
  readonly trend: Trend;
  readonly trendWords: string;
  /** The leads of the value before; `null` where nothing is compared. */
  readonly behindBefore: Behind | null;
  /** `none`: it is not judged, or no number is promised. */
  readonly state: PromiseResult['state'];
  readonly stateWords: string;
  readonly forecast: string | null;
  readonly behind: Behind;
  /** The leads that its n counts. */
  readonly among: Behind;
}

type Unit = (typeof measures)[PeriodPromise['measure']]['unit'];

function inUnit(value: number, unit: Unit, currency: string): string {
  switch (unit) {
    case 'percent':
      return percentWords(value / 100);
    case 'minutes':
      return lengthWords(value * 60_000);
    case 'money':
      return moneyWords(value, currency);
    case 'leads':
    case 'touches':
      return countWords(value);
    default:
      return assertNever(unit);
  }
}

function changeWords(trend: Trend, unit: Unit, currency: string): string {
  if (trend.change === null || trend.direction === null) return t('report_trend_none');
  if (trend.direction === 'same') return t('report_trend_same');
  const size = Math.abs(trend.change);
  const words = unit === 'percent' ? t('report_points', countWords(size)) : inUnit(size, unit, currency);
  const signed = `${trend.change > 0 ? '+' : '\u2212'}${words}`;
  return t(`report_trend_${trend.direction}`, signed);
}

export function promiseTitle(promise: PeriodPromise): string {
  if (promise.title !== undefined) return agreedWords(promise.title);
  const name = t(`report_measure_${promise.measure.replaceAll('-', '_')}`);
  return promise.commitment === undefined ? name : `${name}: ${commitmentName({ commitment: promise.commitment })}`;
}

const cellOf = (promise: PeriodPromise): Behind['cell'] => {
  switch (promise.measure) {
    case 'accepted-share':
    case 'touches-per-accepted':
    case 'cost-per-accepted':
      return { of: 'verdict', part: 'accepted' };
    case 'won-share':
      return { of: 'outcome', part: 'won' };
    case 'attainment':
      return {
        of: 'clock',
        commitment: promise.commitment ?? 'accept',
        subject: 'lead',
        owedBy: promise.owedBy,
        result: 'met',
      };
    case 'clean-share':
      return { of: 'without-data-flag' };
    case 'hand-offs':
      return { of: 'hand-offs' };
    case 'time-to-accept':
      return { of: 'response-time', commitment: 'accept', subject: 'lead', time: 'working' };
    case 'time-to-first-touch':
      return { of: 'response-time', commitment: 'first-touch', subject: 'lead', time: 'working' };
    default:
      return assertNever(promise.measure);
  }
};

/** What the value is a share of, or was measured of. */
const amongOf = (promise: PeriodPromise): Behind['cell'] => {
  switch (promise.measure) {
    case 'accepted-share':
      return { of: 'decided' };
    case 'won-share':
    case 'clean-share':
      return { of: 'hand-offs' };
    case 'attainment':
      return {
        of: 'judged',
        commitment: promise.commitment ?? 'accept',
        subject: 'lead',
        owedBy: promise.owedBy,
      };
    case 'touches-per-accepted':
    case 'cost-per-accepted':
    case 'hand-offs':
    case 'time-to-accept':
    case 'time-to-first-touch':
      return cellOf(promise);
    default:
      return assertNever(promise.measure);
  }
};

const forecastWords = (value: number | null): string | null =>
  value === null ? null : t('report_forecast', countWords(value));

const stateWords = (state: PromiseResult['state']): string => t(`report_state_${state.replaceAll('-', '_')}`);

/** "n = 24, 62 % to 91 %": a share never without the range in which the true one lies. */
function surenessOf({ n, low, high }: PromiseResult, unit: Unit): string {
  if (unit !== 'percent' || low === null || high === null) return t('report_n', countWords(n));
  return t('report_n_interval', countWords(n), percentWords(low / 100), percentWords(high / 100));
}

function ofPromise(view: View, { promise, version, fromNext, window: period }: Promised): HeadlineItem {
  const { gathered, query } = view;
  const { columns, calendars, spec } = gathered;
  const result = promiseResult(columns, promise, {
    at: period.from,
    fromNext,
    filters: query.filters,
    costs: view.costWindows,
    calendar: spec ?? { timeZone: columns.timeZone, weekly: {} },
    calendars,
  });
  const { unit } = measures[promise.measure];
  const currency = promise.cost?.currency ?? view.costs.currency ?? 'EUR';
  const title = promiseTitle(promise);
  const { value, why } = result.result;
  const own = { window: result.window, ...(promise.when?.length ? { condition: conditionOf(promise) } : {}) };
  const bound = result.bound === 'at-least' ? 'report_at_least' : 'report_at_most';
  return {
    // Two versions may promise it for periods of different lengths, each begun under its own.
    key: `${promise.id}|${version}`,
    party: promise.owedBy,
    title: `${title} · ${t(`report_per_${promise.per}`)}`,
    value,
    result: value === null ? whyWords(why) : inUnit(value, unit, currency),
    promised: t('report_promised_under', t(bound, inUnit(promise.value, unit, currency)), countWords(version)),
    // A promise is judged in its own period, which need not be the one that is looked at.
    sure: `${surenessOf(result, unit)} · ${rangeWords(result.window, columns.timeZone)}`,
    trend: result.trend,
    trendWords: changeWords(result.trend, unit, currency),
    state: result.state,
    stateWords: result.unjudged === null ? stateWords(result.state) : whyWords(result.unjudged),
    forecast: forecastWords(result.forecast?.value ?? null),
    behind: behindOf(view, title, cellOf(promise), own),
    among: behindOf(view, t('report_among', title), amongOf(promise), own),
    behindBefore:
      result.trend.before === null
        ? null
        : behindOf(view, t('report_before', title), cellOf(promise), {
            ...own,
            window: periodAt(promise.per, result.window.from, columns.timeZone, -1),
          }),
  };
}

function ofCommitments(view: View): HeadlineItem[] {
  return view.kpi.responsiveness
    .filter(({ subject }) => subject === 'lead')
    .map(({ commitment, owedBy, attainment }) => {
      const earlier = view.kpiBefore?.responsiveness.find(
        (other) => other.commitment === commitment && other.subject === 'lead' && other.owedBy === owedBy,
      );
      const percent = (value: number | null | undefined): number | null =>
        typeof value === 'number' ? value * 100 : null;
      const trend = trendOf(percent(attainment.value), percent(earlier?.attainment.value), 'at-least');
      const title = commitmentName({ commitment, clause: clauseOf(view, commitment) });
      return {
        key: `${commitment}|${owedBy}`,
        party: owedBy,
        title: t('report_in_time', title),
        value: attainment.value,
        result: attainment.value === null ? whyWords(attainment.why) : percentWords(attainment.value),
        promised: null,
        sure: sureness(attainment),
        trend,
        trendWords: changeWords(trend, 'percent', ''),
        state: 'none',
        stateWords: stateWords('none'),
        forecast: null,
        behind: behindOf(view, title, { of: 'clock', commitment, subject: 'lead', owedBy, result: 'met' }),
        among: behindOf(view, t('report_among', title), { of: 'judged', commitment, subject: 'lead', owedBy }),
        behindBefore:
          trend.before === null || view.before === null
            ? null
            : behindOf(
                view,
                t('report_before', title),
                { of: 'clock', commitment, subject: 'lead', owedBy, result: 'met' },
                { window: view.before },
              ),
      };
    });
}

/** What an accepted lead cost, a line for each promise whose agreement says what its period cost. */
export const costItems = (view: View): HeadlineItem[] =>
  promisesOf(view)
    .filter(({ promise: { measure, cost } }) => measure === 'cost-per-accepted' && cost !== undefined)
    .map((promised) => ofPromise(view, promised));

const known = new WeakMap<View, readonly HeadlineItem[]>();

/** Computed once a view: the headline row and the review both ask. */
export function headlineItems(view: View): readonly HeadlineItem[] {
  let items = known.get(view);
  if (!items) {
    items = [...promisesOf(view).map((promised) => ofPromise(view, promised)), ...ofCommitments(view)];
    known.set(view, items);
  }
  return items;
}

export function headlineTable(items: readonly HeadlineItem[], partyName: (party: Party) => string): FigureTable {
  return {
    title: t('report_headline'),
    columns: ['side', 'promise', 'promised', 'result', 'sure', 'trend', 'status'].map((name) => ({
      label: t(`report_column_${name}`),
      kind: 'text',
    })),
    rows: items.map((item) => [
      plain(partyName(item.party)),
      plain(item.title),
      plain(item.promised ?? t('report_none_promised')),
      { value: item.result, ...(item.value === null ? {} : { behind: item.behind }) },
      { value: item.sure, ...(item.value === null ? {} : { behind: item.among }) },
      { value: item.trendWords, ...(item.behindBefore && { behind: item.behindBefore }) },
      plain(item.stateWords),
    ]),
  };
}

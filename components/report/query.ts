/**
 * What is asked of the report, as its address says it, so that a link, a reload and the Back button come to the same figures.
 * An address is untrusted: what can't be read is left out, and everything is bounded.
 */
import type { CommitmentId } from '../../lib/agreement/schema';
import { dayMs } from '../../lib/calendar/zone';
import type { Party } from '../../lib/lead/facts';
import { periodAt, type Filters, type ReportWindow } from '../../lib/report';
import { textDimensions } from '../../lib/report/columns';
import { commitmentIds } from '../../lib/report/commitments';
import type { Dimension } from '../../lib/report/split';
import { zoneTable } from '../../lib/report/zone-table';

export const units = ['week', 'month', 'quarter', 'custom'] as const;
export type Unit = (typeof units)[number];

/** What leads can be split by. */
export const splits = [...textDimensions, 'weekday', 'hour'] as const satisfies readonly Dimension[];
/** Which figures the split shows of each part. */
export const splitFigures = ['outcome', 'response', 'quality', 'effort'] as const;
/** What can be followed over time. */
export const followed = [
  'handOffs',
  'accepted',
  'flagged',
  'noDataFlag',
  'complete',
  'recycled',
  'disputed',
  'qualified',
  'won',
  'lost',
  'leftBehind',
] as const;
export const heats = ['hand-offs', 'attainment'] as const;

export interface Query {
  /** What happened, or what is ahead. */
  readonly tab: 'kpi' | 'sla';
  readonly unit: Unit;
  /** A local date of the period, its first one where it is custom; `null` is today. */
  readonly from: string | null;
  /** The last local date of a custom period. */
  readonly until: string | null;
  /** Next to the period before. */
  readonly compare: boolean;
  /** Which promise the charts of response are about; `null` is the first that has figures. */
  readonly commitment: CommitmentId | null;
  /** Whose, where both sides owe it; `null` is the first that has figures. */
  readonly side: Party | null;
  readonly split: (typeof splits)[number];
  readonly figures: (typeof splitFigures)[number];
  readonly over: (typeof followed)[number];
  readonly heat: (typeof heats)[number];
  readonly filters: Filters;
}

export const firstQuery: Query = {
  tab: 'kpi',
  unit: 'month',
  from: null,
  until: null,
  compare: true,
  commitment: null,
  side: null,
  split: 'source',
  figures: 'outcome',
  over: 'accepted',
  heat: 'hand-offs',
  filters: {},
};

/** Choices that stand in the address under their own name, and only where they are not the first one. */
const choices = { split: splits, figures: splitFigures, over: followed, heat: heats } as const;
export type Choice = keyof typeof choices;
const choiceNames = Object.keys(choices) as Choice[];

const choicesIn = (parameters: URLSearchParams): Pick<Query, Choice> =>
  Object.fromEntries(
    choiceNames.map((name) => [
      name,
      (choices[name] as readonly string[]).find((one) => one === parameters.get(name)) ?? firstQuery[name],
    ]),
  ) as Pick<Query, Choice>;

/** Values of one filter, and characters of one value. */
const [mostValues, longestValue] = [500, 500];
/** Two years and a day: more is no report that anyone reads. */
const longestDays = 732;

const dateForm = /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

function dateIn(text: string | null): string | null {
  if (text === null || !dateForm.test(text)) return null;
  // The 30th of February is none: some browsers refuse it, others read a day of March.
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : text;
}

/** "Not known" has no text of its own: `~`; a text that begins with it gets one more. */
const encode = (value: string | null): string => (value === null ? '~' : value.startsWith('~') ? `~${value}` : value);
const decode = (text: string): string | null => (text === '~' ? null : text.startsWith('~') ? text.slice(1) : text);

function numbersIn(values: readonly string[], most: number): readonly number[] {
  return values.map(Number).filter((value) => Number.isInteger(value) && value >= 0 && value <= most);
}

function filtersIn(parameters: URLSearchParams): Filters {
  const filters: Record<string, readonly (string | number | null)[]> = {};
  for (const dimension of textDimensions) {
    const values = parameters.getAll(dimension).slice(0, mostValues);
    if (values.length > 0) filters[dimension] = values.map((value) => decode(value.slice(0, longestValue)));
  }
  for (const [dimension, most] of [
    ['weekday', 6],
    ['hour', 23],
  ] as const) {
    const values = numbersIn(parameters.getAll(dimension).filter(Boolean).slice(0, mostValues), most);
    if (values.length > 0) filters[dimension] = values;
  }
  return filters;
}

export function readQuery(search: string): Query {
  const parameters = new URLSearchParams(search);
  const from = dateIn(parameters.get('from'));
  const until = dateIn(parameters.get('until'));
  const asked = units.find((unit) => unit === parameters.get('period')) ?? firstQuery.unit;
  // A custom period without both ends is none.
  const unit = asked === 'custom' && (from === null || until === null) ? firstQuery.unit : asked;
  return {
    tab: parameters.get('tab') === 'sla' ? 'sla' : 'kpi',
    unit,
    from,
    until: unit === 'custom' ? until : null,
    compare: parameters.get('compare') !== 'no',
    commitment: commitmentIds.find((id) => id === parameters.get('promise')) ?? null,
    side: (['marketing', 'sales'] as const).find((side) => side === parameters.get('side')) ?? null,
    ...choicesIn(parameters),
    filters: filtersIn(parameters),
  };
}

/** The same question with every figure's own choice left out: those change one figure and not what is asked. */
export const withoutChoices = (search: string): string =>
  writeQuery({ ...readQuery(search), ...choicesIn(new URLSearchParams()) });

export function writeQuery(query: Query): string {
  const parameters = new URLSearchParams();
  if (query.tab !== 'kpi') parameters.set('tab', query.tab);
  if (query.unit !== firstQuery.unit) parameters.set('period', query.unit);
  if (query.from !== null) parameters.set('from', query.from);
  if (query.until !== null) parameters.set('until', query.until);
  if (!query.compare) parameters.set('compare', 'no');
  if (query.commitment !== null) parameters.set('promise', query.commitment);
  if (query.side !== null) parameters.set('side', query.side);
  for (const name of choiceNames) if (query[name] !== firstQuery[name]) parameters.set(name, query[name]);
  for (const [dimension, values] of Object.entries(query.filters))
    for (const value of values ?? []) parameters.append(dimension, encode(value === null ? null : String(value)));
  return `?${parameters.toString()}`;
}

const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs);

/** First instant of a local date. */
function startOf(date: string, timeZone: string, ahead = 0): number {
  const day = dayNumber(date) + ahead;
  return zoneTable(timeZone, (day - 2) * dayMs, (day + 2) * dayMs).dayStart(day);
}

/** The local date of an instant, `YYYY-MM-DD`. */
export function dateAt(instant: number, timeZone: string): string {
  const day = zoneTable(timeZone, instant - 2 * dayMs, instant + 2 * dayMs).dayOf(instant);
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The period that is asked for, in the zone of the agreement's hours. */
export function windowOf(query: Query, timeZone: string, now: number): ReportWindow {
  if (query.unit === 'custom' && query.from !== null && query.until !== null) {
    const [first, last] = query.from <= query.until ? [query.from, query.until] : [query.until, query.from];
    const bounded = Math.min(dayNumber(last), dayNumber(first) + longestDays - 1);
    return {
      from: startOf(first, timeZone),
      to: startOf(new Date(bounded * dayMs).toISOString().slice(0, 10), timeZone, 1),
    };
  }
  const unit = query.unit === 'custom' ? firstQuery.unit : query.unit;
  const at = query.from === null ? now : startOf(query.from, timeZone);
  return periodAt(unit as 'week' | 'month' | 'quarter', at, timeZone);
}

/** The same question about the period `ahead` periods later. */
export function stepped(query: Query, timeZone: string, now: number, ahead: -1 | 1): Query {
  const window = windowOf(query, timeZone, now);
  if (query.unit === 'custom') {
    const first = dayNumber(dateAt(window.from, timeZone));
    const length = dayNumber(dateAt(window.to - 1, timeZone)) - first + 1;
    const date = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
    return { ...query, from: date(first + ahead * length), until: date(first + (ahead + 1) * length - 1) };
  }
  const other = ahead === 1 ? window.to : window.from - 1;
  return { ...query, from: dateAt(periodAt(query.unit, other, timeZone).from, timeZone) };
}

/** What the charts over time are cut into: few enough points to read. */
export function chartUnit({ from, to }: ReportWindow): 'day' | 'week' | 'month' {
  const days = (to - from) / dayMs;
  return days <= 35 ? 'day' : days <= 190 ? 'week' : 'month';
}

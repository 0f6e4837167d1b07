/**
 * Whether each promise is specific, measurable, achievable, relevant and time-bound. Says what misses, as codes that a page
 * puts into a sentence; it never blocks: two sides may agree on a promise that misses something.
 */
import type { AgreementDocument, DocumentCommitment, DocumentPromise } from './document';
import { measures, type MeasureId } from './measures';
import type { CommitmentId } from './schema';

export type SmartCode =
  /** Specific: nobody is named as responsible for it. */
  | 'no-owner'
  /** Specific: neither the promise nor the scope says which leads. */
  | 'which-leads'
  /** Measurable: no number. */
  | 'no-number'
  /** Measurable: a cost without its currency. */
  | 'no-currency'
  /** Achievable: nothing to compare with. */
  | 'no-history'
  /** Achievable: kept for less than half of the leads of the last 90 days. */
  | 'rarely-kept'
  /** Achievable: not reached in any of the last periods. */
  | 'never-reached'
  /** Relevant: linked to no aim. */
  | 'no-aim'
  /** Time-bound: no period. */
  | 'no-period'
  /** Time-bound: no date at which both sides look at it. */
  | 'no-review-date'
  /** Time-bound: the date has passed, and no other one is set. */
  | 'review-over';

export interface SmartFinding {
  readonly of: 'commitment' | 'promise';
  /** Id of the commitment or the promise. */
  readonly id: string;
  readonly criterion: 'specific' | 'measurable' | 'achievable' | 'relevant' | 'time-bound';
  readonly code: SmartCode;
  readonly params: Readonly<Record<string, number>>;
}

/** What the ledger's own past says. */
export interface History {
  /** Clocks of the last 90 days as the new targets would have judged them (`dry-run`). */
  readonly commitments: { readonly [Id in CommitmentId]?: { readonly met: number; readonly judged: number } };
  /** By id of the promise: what its measure was in each of the last periods, newest first, in the unit of the measure. */
  readonly promises: ReadonlyMap<string, readonly number[]>;
}

/** A target that fewer than half of the leads would have met is a wish. Ours; no study names a share. */
const rarely = 0.5;

/**
 * What misses, commitments first, each in the order of the five letters.
 * @param today local date, `YYYY-MM-DD`.
 */
export function smartFindings(document: AgreementDocument, history: History, today: string): SmartFinding[] {
  const { services, management } = document;
  return [
    ...services.commitments.flatMap((commitment) => commitmentFindings(document, commitment, history, today)),
    ...(management.promises ?? []).flatMap((promise) => promiseFindings(document, promise, history, today)),
  ];
}

type Add = (criterion: SmartFinding['criterion'], code: SmartCode, params?: SmartFinding['params']) => SmartFinding;

const adder =
  (of: SmartFinding['of'], id: string): Add =>
  (criterion, code, params = {}) => ({ of, id, criterion, code, params });

function commitmentFindings(
  document: AgreementDocument,
  { id, rules, aim }: DocumentCommitment,
  history: History,
  today: string,
): SmartFinding[] {
  const add = adder('commitment', id);
  const isLimited = rules.every(({ when }) => (when?.length ?? 0) > 0);
  return [
    ...specific(document, id, isLimited, add),
    ...keptBefore(history.commitments[id], add),
    ...(aim === undefined ? [add('relevant', 'no-aim')] : []),
    ...reviewed([document.management.review?.next], today, add),
  ];
}

function promiseFindings(
  document: AgreementDocument,
  promise: DocumentPromise,
  history: History,
  today: string,
): SmartFinding[] {
  const add = adder('promise', promise.id);
  return [
    ...specific(document, promise.id, (promise.when?.length ?? 0) > 0, add),
    ...(promise.value === undefined ? [add('measurable', 'no-number')] : []),
    ...(measures[promise.measure].unit === 'money' && !promise.cost ? [add('measurable', 'no-currency')] : []),
    ...reachedBefore(promise, history.promises.get(promise.id), add),
    ...(promise.aim === undefined ? [add('relevant', 'no-aim')] : []),
    ...(promise.per === undefined ? [add('time-bound', 'no-period')] : []),
    ...reviewed([promise.reviewOn, document.management.review?.next], today, add),
  ];
}

/** One date that is still to come is enough. */
function reviewed(dates: readonly (string | undefined)[], today: string, add: Add): SmartFinding[] {
  const written = dates.filter((date) => date !== undefined);
  if (written.some((date) => date >= today)) return [];
  return [add('time-bound', written.length === 0 ? 'no-review-date' : 'review-over')];
}

function specific({ services }: AgreementDocument, id: string, isLimited: boolean, add: Add): SmartFinding[] {
  const { scope, responsibilities = [] } = services;
  const isScoped = scope !== undefined && scope.include.length + scope.exclude.length > 0;
  return [
    ...(responsibilities.some(({ covers }) => covers?.includes(id)) ? [] : [add('specific', 'no-owner')]),
    ...(isLimited || isScoped ? [] : [add('specific', 'which-leads')]),
  ];
}

function keptBefore(past: { readonly met: number; readonly judged: number } | undefined, add: Add): SmartFinding[] {
  if (!past || past.judged === 0) return [add('achievable', 'no-history')];
  const share = past.met / past.judged;
  return share < rarely ? [add('achievable', 'rarely-kept')] : [];
}

function reachedBefore(promise: DocumentPromise, past: readonly number[] | undefined, add: Add): SmartFinding[] {
  const { value } = promise;
  if (value === undefined) return [];
  if (!past || past.length === 0) return [add('achievable', 'no-history')];
  const best = bestOf(promise.measure, past);
  const isReached = isFloor(promise.measure) ? best >= value : best <= value;
  return isReached ? [] : [add('achievable', 'never-reached', { periods: past.length })];
}

const isFloor = (measure: MeasureId): boolean => measures[measure].promised === 'at-least';

/** The best of some periods: the most of what is promised as a floor, the least of what is promised as a ceiling. */
export function bestOf(measure: MeasureId, values: readonly number[]): number {
  return values.reduce((a, b) => (isFloor(measure) ? Math.max(a, b) : Math.min(a, b)));
}

/**
 * The measures that an agreement can promise or report, each with what it counts. Their formulas are the report's; here stands
 * only which unit a promise of one has, and which way is better. Without zod, so that pages may ask.
 */

export interface Measure {
  readonly kind: 'responsiveness' | 'volume' | 'quality' | 'efficiency' | 'outcome';
  readonly unit: 'percent' | 'minutes' | 'leads' | 'touches' | 'money';
  /** Whether a promise of it is a floor or a ceiling. */
  readonly promised: 'at-least' | 'at-most';
}

export const measureIds = [
  'attainment',
  'time-to-accept',
  'time-to-first-touch',
  'hand-offs',
  'accepted-share',
  'clean-share',
  'touches-per-accepted',
  'cost-per-accepted',
  'won-share',
] as const;
export type MeasureId = (typeof measureIds)[number];

export const measures: Readonly<Record<MeasureId, Measure>> = {
  /** Share of clocks met. */
  attainment: { kind: 'responsiveness', unit: 'percent', promised: 'at-least' },
  /** Medians, in the working time of the commitment. */
  'time-to-accept': { kind: 'responsiveness', unit: 'minutes', promised: 'at-most' },
  'time-to-first-touch': { kind: 'responsiveness', unit: 'minutes', promised: 'at-most' },
  'hand-offs': { kind: 'volume', unit: 'leads', promised: 'at-least' },
  'accepted-share': { kind: 'quality', unit: 'percent', promised: 'at-least' },
  /** Share of hand-offs without a data flag. */
  'clean-share': { kind: 'quality', unit: 'percent', promised: 'at-least' },
  'touches-per-accepted': { kind: 'efficiency', unit: 'touches', promised: 'at-most' },
  /** Only where a cost is given. */
  'cost-per-accepted': { kind: 'efficiency', unit: 'money', promised: 'at-most' },
  'won-share': { kind: 'outcome', unit: 'percent', promised: 'at-least' },
};

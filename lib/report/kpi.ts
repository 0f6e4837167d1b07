/**
 * What happened: the results of some leads, looking back. A lead counts in the period of its hand-off and in no other, so
 * that shares of one period are shares of the same leads; what happens to it later changes that period's figures, and the
 * statement says so. Nothing here looks forward; that is `ahead`, another type, and the two are never one number.
 */
import type { Columns } from './columns';
import { completeness, readinessParts } from './columns';
import { costPerAccepted } from './cost';
import { answers } from './flag-columns';
import { responsivenessOf, type Responsiveness } from './responsiveness';
import type { KpiRequest } from './request';
import { select } from './select';
import { statementOf, type Statement } from './statement';
import {
  breakdownOf,
  percentilesOf,
  ratioOf,
  shareOf,
  type Breakdown,
  type Part,
  type Percentiles,
  type Ratio,
  type Share,
} from './statistics';
import { tallyOf, type Tally, type TallyOptions } from './tally';
import {
  causes,
  fates,
  outcomes,
  verdicts,
  type Cause,
  type Fate,
  type OutcomePart,
  type ReportWindow,
  type VerdictPart,
} from './types';

export interface Quality {
  /** `accepted ÷ (accepted + rejected + recycled)`. */
  readonly accepted: Share;
  readonly verdicts: Breakdown<VerdictPart>;
  /** Of the rejected leads, by the reason of the verdict that stands; most first. */
  readonly rejectReasons: Breakdown<string | null>;
  /** `leads with a flag ÷ leads`. */
  readonly flagged: Share;
  /** Leads per reason of flag; a lead with two reasons counts in both, so these shares need not add up. */
  readonly flagReasons: Breakdown<string>;
  /** `leads without a data flag or a rejection about data ÷ leads`. */
  readonly noDataFlag: Share;
  /** `complete ÷ (complete + incomplete)`. */
  readonly complete: Share;
  readonly completeness: Breakdown<(typeof completeness)[number]>;
  readonly readiness: Breakdown<(typeof readinessParts)[number]>;
  /** `leads that were ever recycled ÷ leads`. */
  readonly recycled: Share;
  readonly fates: Breakdown<Fate>;
  /** `leads with a disputed flag ÷ leads with a flag or a rejection about data`; by the last answer to each flag. */
  readonly disputed: Share;
  /** Flags and rejections about data, each by the last answer to it; a lead may have several. */
  readonly answers: Breakdown<(typeof answers)[number]>;
}

export interface Efficiency {
  /** `touches on accepted leads ÷ accepted leads`. */
  readonly touchesPerAccepted: Ratio;
  /** Outbound touches before the lead's first answer, of the leads that answered. */
  readonly attempts: Percentiles;
  readonly costPerAccepted: Ratio;
  /** `leads left behind ÷ leads`; see `leftBehindOf`. */
  readonly leftBehind: Share;
  readonly causes: Breakdown<Cause>;
}

export interface OutcomeFigures {
  /** `leads that were ever converted or won ÷ leads`. */
  readonly qualified: Share;
  /** `leads won ÷ leads`; the open ones are among the leads. */
  readonly won: Share;
  /** `leads lost or disqualified ÷ leads`. */
  readonly lost: Share;
  readonly outcomes: Breakdown<OutcomePart>;
}

export interface Kpi {
  readonly kind: 'kpi';
  readonly about: Statement;
  readonly responsiveness: readonly Responsiveness[];
  readonly times: {
    /** From the hand-off to the first sign that sales took the lead. */
    readonly toAccept: Percentiles;
    readonly toAcceptWorking: Percentiles;
    readonly toTouch: Percentiles;
    readonly toTouchWorking: Percentiles;
    /** From a data flag to its first answer. */
    readonly toAnswer: Percentiles;
    readonly toAnswerWorking: Percentiles;
  };
  readonly quality: Quality;
  /** Leads handed over; a lead that is handed over again counts once. */
  readonly handOffs: number;
  readonly efficiency: Efficiency;
  readonly outcome: OutcomeFigures;
}

const dayMs = 86_400_000;

/** What a tally of this window has to know. */
export function tallyOptions(
  columns: Pick<Columns, 'now'>,
  window: ReportWindow,
  request: Pick<KpiRequest, 'staleAfterMs'>,
): TallyOptions {
  const observedFrom = Math.min(window.to, columns.now) - (request.staleAfterMs ?? dayMs);
  return { periodEnd: window.to, observedFrom };
}

export function kpiOf(columns: Columns, request: KpiRequest): Kpi {
  return kpiOfRows(columns, select(columns, request.window, request.filters), request);
}

/** The same for rows that were selected already, all of them handed over in the window. */
export function kpiOfRows(columns: Columns, rows: Uint32Array, request: KpiRequest): Kpi {
  const tally = tallyOf(columns, rows, tallyOptions(columns, request.window, request));
  return kpiOfTally(tally, columns, request, costPerAccepted(columns, rows, request));
}

/** Figures of a tally, or of several that were merged. */
export function kpiOfTally(
  tally: Tally,
  columns: Pick<Columns, 'now' | 'future' | 'size' | 'handedOver'>,
  request: Pick<KpiRequest, 'window'>,
  cost: Ratio,
): Kpi {
  return {
    kind: 'kpi',
    about: statementOf(tally, columns, request.window),
    responsiveness: responsivenessOf(tally),
    times: {
      toAccept: percentilesOf('time_to_accept', tally.toAccept),
      toAcceptWorking: percentilesOf('time_to_accept', tally.toAcceptWorking),
      toTouch: percentilesOf('time_to_touch', tally.toTouch),
      toTouchWorking: percentilesOf('time_to_touch', tally.toTouchWorking),
      toAnswer: percentilesOf('time_to_answer', tally.answerElapsed),
      toAnswerWorking: percentilesOf('time_to_answer', tally.answerWorking),
    },
    quality: qualityOf(tally),
    handOffs: tally.leads,
    efficiency: efficiencyOf(tally, cost),
    outcome: outcomeOf(tally),
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** Reasons, most first; equal ones by name, so that a table never jumps. */
function byCount<Id extends string | null>(counts: ReadonlyMap<Id, number>, of: number): Part<Id>[] {
  return [...counts]
    .map(([id, count]) => ({ id, count, share: of === 0 ? null : count / of }))
    .sort((a, b) => b.count - a.count || ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
}

/** What sales made of the leads. */
export function acceptanceOf(tally: Tally): Pick<Quality, 'accepted' | 'verdicts' | 'rejectReasons'> {
  const [accepted = 0, rejected = 0, recycled = 0] = tally.verdicts;
  return {
    accepted: shareOf('accepted_share', accepted, accepted + rejected + recycled, 'nothing-decided'),
    verdicts: breakdownOf('verdicts', verdicts, tally.verdicts),
    rejectReasons: { formula: 'reject_reasons', of: rejected, parts: byCount(tally.rejectReasons, rejected) },
  };
}

function qualityOf(tally: Tally): Quality {
  const { leads } = tally;
  const [isComplete = 0, incomplete = 0] = tally.complete;
  return {
    ...acceptanceOf(tally),
    flagged: shareOf('flagged_share', tally.flagged, leads, 'no-leads'),
    flagReasons: { formula: 'flag_reasons', of: leads, parts: byCount(tally.flagReasons, leads) },
    noDataFlag: shareOf('no_data_flag_share', leads - tally.dataFlagged, leads, 'no-leads'),
    complete: shareOf('complete_share', isComplete, isComplete + incomplete, 'nothing-known'),
    completeness: breakdownOf('completeness', completeness, tally.complete),
    readiness: breakdownOf('readiness', readinessParts, tally.readiness),
    recycled: shareOf('recycled_share', sum(tally.fates), leads, 'no-leads'),
    fates: breakdownOf('recycled_fates', fates, tally.fates),
    disputed: shareOf('disputed_share', tally.disputed, tally.answerable, 'nothing-flagged'),
    answers: breakdownOf('flag_answers', answers, tally.answers),
  };
}

function efficiencyOf(tally: Tally, cost: Ratio): Efficiency {
  const accepted = tally.verdicts[verdicts.indexOf('accepted')]!;
  return {
    touchesPerAccepted: ratioOf('touches_per_accepted', tally.touchesOfAccepted, accepted, 'nothing-accepted'),
    attempts: percentilesOf('attempts', tally.attempts),
    costPerAccepted: cost,
    leftBehind: shareOf('left_behind_share', sum(tally.causes), tally.leads, 'no-leads'),
    causes: breakdownOf('left_behind_causes', causes, tally.causes),
  };
}

export function outcomeOf(tally: Tally): OutcomeFigures {
  const of = (id: OutcomePart): number => tally.outcomes[outcomes.indexOf(id)]!;
  const { leads } = tally;
  return {
    qualified: shareOf('qualified_share', tally.qualified, leads, 'no-leads'),
    won: shareOf('won_share', of('won'), leads, 'no-leads'),
    lost: shareOf('lost_share', of('lost') + of('disqualified'), leads, 'no-leads'),
    outcomes: breakdownOf('outcomes', outcomes, tally.outcomes),
  };
}

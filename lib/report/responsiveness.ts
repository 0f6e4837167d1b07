/** How each time commitment was kept: what was judged, how long it took, and how that lies around the target. */
import type { CommitmentId } from '../agreement/schema';
import type { Party } from '../lead/facts';
import type { FormulaId } from './formulas';
import { breakdownOf, percentilesOf, shareOf, type Breakdown, type Percentiles, type Share } from './statistics';
import { binsPerTarget, type ClockTally, type Tally } from './tally';
import { results, type Result } from './types';

/** Response times as parts of the target, so that leads with different targets stand in one picture. */
export interface Distribution {
  readonly formula: FormulaId;
  readonly n: number;
  /** Each holds what took `(from, to]` targets; the last one has no end. */
  readonly bins: readonly { readonly from: number; readonly to: number | null; readonly count: number }[];
  /** The last bin that is in time; the target's line is at its right edge. */
  readonly targetBin: number;
  /** ms of the target's own time, where all of them had the same. */
  readonly targetMs: number | null;
}

export interface Responsiveness {
  readonly commitment: CommitmentId;
  /** `owner`: the clocks that new owners got; never counted together with the leads' own. */
  readonly subject: 'lead' | 'owner';
  readonly owedBy: Party;
  /** `met ÷ (met + missed)`; an overdue clock is missed. Open, unknown and ended ones stand apart in `results`. */
  readonly attainment: Share;
  /** Clocks, of which a lead may have several; `not-judged` counts leads without any: nothing promised, or not begun. */
  readonly results: Breakdown<Result | 'not-judged'>;
  /** Missed and still not done. */
  readonly overdue: number;
  /** Of the clocks that were fulfilled, in time or late, with both ends exact. */
  readonly working: Percentiles;
  readonly elapsed: Percentiles;
  readonly distribution: Distribution;
}

/** How the clocks of one kind ended, without how long they took. */
export type ClockResults = Pick<Responsiveness, 'commitment' | 'subject' | 'owedBy' | 'attainment' | 'results'>;

const parts = [...results, 'not-judged'] as const;

export function responsivenessOf(tally: Tally): Responsiveness[] {
  return tally.clocks.flatMap((clocks) => (clocks ? [figuresOf(clocks, tally.leads)] : []));
}

export function attainmentOf({ counts }: Pick<ClockTally, 'counts'>): Share {
  const [met = 0, missed = 0] = counts;
  return shareOf('attainment', met, met + missed, 'nothing-judged');
}

/** The results alone, for which a tally of counts is enough. */
export function clockResultsOf(tally: Tally): ClockResults[] {
  return tally.clocks.flatMap((clocks) => (clocks ? [resultsOf(clocks, tally.leads)] : []));
}

function resultsOf(clocks: ClockTally, leads: number): ClockResults {
  const { commitment, subject, owedBy } = clocks.kind;
  return {
    commitment,
    subject,
    owedBy,
    attainment: attainmentOf(clocks),
    results: breakdownOf('clock_results', parts, [...clocks.counts, leads - clocks.leads]),
  };
}

function figuresOf(clocks: ClockTally, leads: number): Responsiveness {
  return {
    ...resultsOf(clocks, leads),
    overdue: clocks.overdue,
    working: percentilesOf('time_working', clocks.working),
    elapsed: percentilesOf('time_elapsed', clocks.elapsed),
    distribution: distributionOf(clocks),
  };
}

function distributionOf({ bins, targets }: ClockTally): Distribution {
  const last = bins.length - 1;
  const [only] = targets.keys();
  return {
    formula: 'distribution',
    n: bins.reduce((sum, count) => sum + count, 0),
    bins: bins.map((count, index) => ({
      from: index / binsPerTarget,
      to: index === last ? null : (index + 1) / binsPerTarget,
      count,
    })),
    targetBin: binsPerTarget - 1,
    targetMs: targets.size === 1 ? (only ?? null) : null,
  };
}

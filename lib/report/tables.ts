/** The report's tables: sources with their funnel, people and teams, reasons by weight. Each row is a group's figures. */
import type { CommitmentId } from '../agreement/schema';
import type { Columns } from './columns';
import { acceptanceOf, outcomeOf, tallyOptions } from './kpi';
import type { KpiRequest } from './request';
import { select } from './select';
import { attainmentOf } from './responsiveness';
import { groupTallies, type Dimension, type GroupTally } from './split';
import type { Breakdown, Part, Share } from './statistics';

export interface SourceRow {
  readonly source: string | null;
  readonly handOffs: number;
  readonly accepted: number;
  readonly qualified: number;
  readonly won: number;
  readonly acceptedShare: Share;
  readonly qualifiedShare: Share;
  readonly wonShare: Share;
  readonly lostShare: Share;
  /** The most frequent reasons of rejection, at most three. */
  readonly topReasons: readonly Part<string | null>[];
}

const topReasons = 3;

/** The greatest source first. */
export function sourcesTable(columns: Columns, request: KpiRequest): SourceRow[] {
  return countsOf(columns, request, 'source').map(({ id, tally }): SourceRow => {
    const [quality, outcome] = [acceptanceOf(tally), outcomeOf(tally)];
    return {
      source: id as string | null,
      handOffs: tally.leads,
      accepted: quality.accepted.part,
      qualified: outcome.qualified.part,
      won: outcome.won.part,
      acceptedShare: quality.accepted,
      qualifiedShare: outcome.qualified,
      wonShare: outcome.won,
      lostShare: outcome.lost,
      topReasons: quality.rejectReasons.parts.slice(0, topReasons),
    };
  });
}

function countsOf(columns: Columns, request: KpiRequest, by: Dimension): GroupTally[] {
  const rows = select(columns, request.window, request.filters);
  const options = { ...tallyOptions(columns, request.window, request), countsOnly: true };
  return groupTallies(columns, rows, by, options);
}

export interface ParetoStep extends Part<string | null> {
  /** Share of this reason and all greater ones. */
  readonly reached: number;
}

/** Reasons, the greatest first, with what they add up to. Empty where there is nothing to divide. */
export function paretoOf({ of, parts }: Breakdown<string | null>): ParetoStep[] {
  let count = 0;
  return parts.map((part) => {
    count += part.count;
    return { ...part, reached: of === 0 ? 0 : count / of };
  });
}

export interface PersonRow {
  /** Id in the CRM, or of the team; `null` where nobody owns the leads or no team does, and where names are hidden. */
  readonly id: string | null;
  /** As the CRM shows a person and the agreement calls a team; `null` where it is hidden or not known. */
  readonly name: string | null;
  /** Place by the number of leads, from 1: what a row is called while names are hidden. */
  readonly place: number;
  readonly isKnown: boolean;
  readonly handOffs: number;
  readonly acceptedShare: Share;
  readonly wonShare: Share;
  readonly attainment: readonly { readonly commitment: CommitmentId; readonly share: Share }[];
}

/**
 * People or teams, whoever has the most leads first. With names hidden a row holds nothing that tells who it is.
 * A lead counts for the owner it has now.
 */
export function peopleTable(
  columns: Columns,
  request: KpiRequest,
  by: 'rep' | 'team',
  names: 'shown' | 'hidden',
): PersonRow[] {
  const { values } = columns.texts.rep;
  return countsOf(columns, request, by).map(({ id, tally }, index): PersonRow => {
    const shown = names === 'shown' && typeof id === 'string' ? id : null;
    const known = by === 'team' ? shown : (columns.repNames[values.indexOf(shown)] ?? null);
    return {
      id: shown,
      name: shown === null ? null : known,
      place: index + 1,
      isKnown: id !== null,
      handOffs: tally.leads,
      acceptedShare: acceptanceOf(tally).accepted,
      wonShare: outcomeOf(tally).won,
      attainment: tally.clocks.flatMap((clocks) =>
        clocks?.kind.subject === 'lead' && clocks.kind.owedBy === 'sales'
          ? [{ commitment: clocks.kind.commitment, share: attainmentOf(clocks) }]
          : [],
      ),
    };
  });
}

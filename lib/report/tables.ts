/** The report's tables: sources with their funnel, people and teams, reasons by weight. Each row is a group's figures. */
import type { CommitmentId } from '../agreement/schema';
import type { Columns } from './columns';
import { commitmentIds } from './commitments';
import { acceptanceOf, outcomeOf, tallyOptions } from './kpi';
import type { KpiRequest } from './request';
import { select } from './select';
import { groupTallies, type Dimension, type GroupTally } from './split';
import { shareOf, type Breakdown, type Part, type Share } from './statistics';
import { results } from './types';

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
  /** Of what sales owes, by the clocks that measure the owner that a lead has now; see `DigestClock.ofOwner`. */
  readonly attainment: readonly { readonly commitment: CommitmentId; readonly share: Share }[];
}

const [metCode, missedCode] = [results.indexOf('met'), results.indexOf('missed')];

/** How many clocks of sales each group's present owners met and missed, by commitment. */
function keptByOwners(columns: Columns, request: KpiRequest, by: 'rep' | 'team') {
  const { clocks } = columns;
  const { codes, values } = columns.texts[by];
  const size = values.length * commitmentIds.length;
  const [met, missed] = [new Uint32Array(size), new Uint32Array(size)];
  const placeOf = clocks.kinds.map((kind) => (kind.owedBy === 'sales' ? commitmentIds.indexOf(kind.commitment) : -1));
  for (const row of select(columns, request.window, request.filters))
    for (let at = clocks.start[row]!; at < clocks.start[row + 1]!; at++) {
      const place = placeOf[clocks.kind[at]!]!;
      if (place === -1 || clocks.ofOwner[at] === 0) continue;
      const counted = codes[row]! * commitmentIds.length + place;
      if (clocks.result[at] === metCode) met[counted]! += 1;
      else if (clocks.result[at] === missedCode) missed[counted]! += 1;
    }
  return (id: string | null, commitment: CommitmentId): Share => {
    const place = values.indexOf(id) * commitmentIds.length + commitmentIds.indexOf(commitment);
    return shareOf('attainment', met[place]!, met[place]! + missed[place]!, 'nothing-judged');
  };
}

/**
 * People or teams, whoever has the most leads first. With names hidden a row holds nothing that tells who it is.
 * A lead counts for the owner it has now, and a promise only for who had the lead when it was kept or due: what an earlier owner let pass
 * stands in nobody's line.
 */
export function peopleTable(
  columns: Columns,
  request: KpiRequest,
  by: 'rep' | 'team',
  names: 'shown' | 'hidden',
): PersonRow[] {
  const { values } = columns.texts.rep;
  const kept = keptByOwners(columns, request, by);
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
          ? [{ commitment: clocks.kind.commitment, share: kept(id as string | null, clocks.kind.commitment) }]
          : [],
      ),
    };
  });
}

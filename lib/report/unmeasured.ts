/** Commitments that the agreement holds and nobody measures: "no data for clause 3.2", and why. */
import type { Agreement, CommitmentId } from '../agreement/schema';
import type { Party } from '../lead/facts';
import type { Kpi } from './kpi';

export interface Unmeasured {
  readonly commitment: CommitmentId;
  readonly owedBy: Party;
  readonly clause: string | null;
  readonly version: number;
  /** No lead at all, none that it began for, none that is due yet, or none that could be judged. */
  readonly why: 'no-leads' | 'never-begun' | 'only-open' | 'only-unknown';
}

/** In the order of the versions and their commitments; what a side owed under any version and was judged by is measured. */
export function unmeasuredIn(
  kpi: Kpi,
  agreements: readonly Pick<Agreement, 'version' | 'commitments'>[],
): Unmeasured[] {
  const found = new Map<string, Unmeasured>();
  for (const { version, commitments } of agreements.toSorted((a, b) => a.version - b.version))
    for (const { id, owedBy, clause } of commitments) {
      const why = whyOf(kpi, id, owedBy);
      if (why !== null) found.set(`${id} ${owedBy}`, { commitment: id, owedBy, clause: clause ?? null, version, why });
    }
  return [...found.values()];
}

function whyOf(kpi: Kpi, id: CommitmentId, owedBy: Party): Unmeasured['why'] | null {
  if (kpi.handOffs === 0) return 'no-leads';
  const own = kpi.responsiveness.filter(
    (one) =>
      one.commitment === id &&
      one.subject === 'lead' &&
      // Whoever is not blocked owes the other side an answer, whichever of them the agreement names.
      (one.owedBy === owedBy || id === 'unblock'),
  );
  if (own.some(({ attainment }) => attainment.of > 0)) return null;
  const count = (result: string): number =>
    own.reduce((sum, { results }) => sum + (results.parts.find((part) => part.id === result)?.count ?? 0), 0);
  if (count('unknown') > 0) return 'only-unknown';
  return count('open') > 0 ? 'only-open' : 'never-begun';
}

/**
 * Which facts stand. A correction is a new fact that names the one whose place it takes, so nothing is ever edited; whoever
 * reads the facts of a lead passes them through here first. Pure, and in any order.
 */
import type { Fact } from './facts';

/** The facts that no other one of them replaces, without retractions. The very list that came in where all of it stands. */
export function standing(facts: readonly Fact[]): readonly Fact[] {
  const replaced = new Set<string>();
  for (const { replaces } of facts) if (replaces !== undefined) replaced.add(replaces);
  if (replaced.size === 0) return facts;
  return facts.filter(({ id, kind }) => kind !== 'retraction' && !replaced.has(id));
}

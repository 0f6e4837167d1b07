/** Which reasons of the taxonomy facts name: those must not just disappear from an agreement. */
import type { Fact } from '../lead/facts';
import type { WorkerContext } from './context';

/** Facts that one look reads at most; the newest come last, so the look goes back in steps from now. */
const factsAtMost = 50_000;
const stepMs = 90 * 86_400_000;

const reasonOf = (fact: Fact): string | undefined =>
  fact.kind === 'verdict' || fact.kind === 'flag' ? fact.reason : undefined;

/** Ids of reasons; a status of a CRM that stands in a reason's place is none. */
export async function reasonsInUse(context: WorkerContext): Promise<readonly string[]> {
  const { versions } = await context.agreement();
  const known = new Set(versions.flatMap(({ taxonomy }) => taxonomy.reasons.map(({ id }) => id)));
  const used = new Set<string>();
  const now = context.now();
  const keptMs = Math.max(...versions.map(({ retentionDays }) => retentionDays)) * 86_400_000;
  let read = 0;
  await context
    .withLedger(async (ledger) => {
      // The first step has no end: a fact of a clock that is ahead hides none of its lead.
      let until = Number.MAX_VALUE;
      for (let from = now - stepMs; until > now - keptMs && read < factsAtMost; from -= stepMs) {
        for await (const facts of ledger.historiesBetween(from, until)) {
          for (const fact of facts) {
            const reason = reasonOf(fact);
            if (reason !== undefined && known.has(reason)) used.add(reason);
          }
          read += facts.length;
          if (used.size === known.size || read >= factsAtMost) return;
        }
        until = from;
      }
    })
    .catch(() => {});
  return [...used].toSorted();
}

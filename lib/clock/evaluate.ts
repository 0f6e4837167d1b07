/** Facts + lead + agreement + now → clocks. Pure: the same facts in any order, and more than once, give the same clocks. */
import type { Agreement, CommitmentId } from '../agreement/schema';
import type { Fact } from '../lead/facts';
import type { Lead } from '../lead/lead';
import type { CalendarSource } from '../calendar/types';
import { judge } from './judge';
import { readAgreement, type ReadAgreement } from './rules';
import { allRunsOf, runsOf } from './runs';
import { tell } from './story';
import { bindings, inForce, type Context } from './terms';
import type { Clock } from './types';
import { compareUrgency } from './urgency';

/**
 * The clocks of one lead, the most urgent first (rule 16).
 * @param facts facts of this lead, in any order; those after `now` do not count yet.
 * @param agreements all known versions; zones named, never `local`. Never changed in place.
 * @param now epoch ms.
 */
export function evaluate(
  lead: Lead,
  facts: readonly Fact[],
  agreements: readonly Agreement[],
  calendars: CalendarSource,
  now: number,
): Clock[] {
  const clocks = clocksOf({ lead, story: tell(facts, now), calendars, now }, agreements, runsOf);
  return clocks.length > 1 ? clocks.sort(compareUrgency) : clocks;
}

/**
 * Every clock that this lead ever had, in no order of urgency: where `evaluate` gives the present flag, message, touch gap, block
 * and owner, this gives the ones before as well. For results, which look back; parameters as there.
 */
export function evaluateAll(
  lead: Lead,
  facts: readonly Fact[],
  agreements: readonly Agreement[],
  calendars: CalendarSource,
  now: number,
): Clock[] {
  return clocksOf({ lead, story: tell(facts, now), calendars, now }, agreements, allRunsOf);
}

function clocksOf(
  known: Omit<Context, 'agreements' | 'bound'>,
  agreements: readonly Agreement[],
  runsIn: typeof runsOf,
): Clock[] {
  const versions = agreements.map(readAgreement);
  // Rule 8. Without a hand-off the lead is bound to nothing yet, and today's version has to do.
  const bound = inForce(versions, known.story.handOff?.at ?? known.now);
  if (!bound) return [];
  const { lead, story, calendars, now } = known;
  const context: Context = { lead, story, agreements: versions, bound, calendars, now };
  const clocks: Clock[] = [];
  const versionsOfLead = story.changes.length === 0 ? [bound] : bindings(context);
  for (const id of commitmentsOf(versionsOfLead))
    for (const run of runsIn(id, story, promisedTouches(id, versionsOfLead))) {
      const clock = judge(context, run);
      if (clock) clocks.push(clock);
    }
  return clocks;
}

function commitmentsOf(versions: readonly ReadAgreement[]): Iterable<CommitmentId> {
  if (versions.length === 1) return versions[0]!.rules.keys();
  return new Set(versions.flatMap((one) => [...one.rules.keys()]));
}

/** Of the present version, or of the last one that promised a cadence. */
function promisedTouches(id: CommitmentId, versions: readonly ReadAgreement[]): number | undefined {
  if (id !== 'next-touch') return undefined;
  for (const { agreement } of versions) {
    const commitment = agreement.commitments.find((one) => one.id === id);
    if (commitment) return commitment.touches;
  }
  return undefined;
}

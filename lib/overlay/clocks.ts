/** The clocks of the leads on this page, as the worker last answered, and what they say now. Nothing is decremented. */
import type { Clock } from '../clock/types';
import { tick, type Tick } from '../clock/tick';
import type { OpenInterval } from '../calendar/types';
import type { LeadKey } from '../lead/lead';
import type { LeadMarks, ObserveReply } from '../messages/observing';

export interface Clocks {
  take(reply: ObserveReply): void;
  /** The most urgent clock of a lead; `null` if nothing is promised for it. */
  of(lead: LeadKey): Clock | null;
  /** What people and rules said of a lead. The same object until there is another answer. */
  marks(lead: LeadKey): LeadMarks;
  /** A clock at `now`. */
  at(clock: Clock, now: number): Tick;
  /** When the next clock of any lead changes its state, epoch ms; `Infinity` if none will. */
  nextChange(now: number): number;
  /** Leads whose clock changed its state since this was last asked. Each change is told once. */
  changed(now: number): LeadKey[];
  clear(): void;
  /** When the worker last answered, epoch ms. */
  readonly asOf: number;
}

const noMarks: LeadMarks = {};

export function createClocks(): Clocks {
  const byLead = new Map<LeadKey, readonly Clock[]>();
  const marks = new Map<LeadKey, LeadMarks>();
  const open = new Map<string, readonly OpenInterval[]>();
  /** Changes up to this instant were told. */
  const toldUntil = new Map<LeadKey, number>();
  let asOf = 0;

  const nextOf = (lead: LeadKey, clocks: readonly Clock[]): number => {
    const told = toldUntil.get(lead) ?? 0;
    let next = Infinity;
    for (const clock of clocks)
      for (const change of clock.upcoming) if (change.at > told && change.at < next) next = change.at;
    return next;
  };

  return {
    take(reply) {
      asOf = reply.asOf;
      for (const [calendar, intervals] of Object.entries(reply.open)) open.set(calendar, intervals);
      for (const [lead, clocks] of Object.entries(reply.clocks)) {
        byLead.set(lead, clocks);
        marks.set(lead, reply.marks?.[lead] ?? noMarks);
        toldUntil.set(lead, reply.asOf);
      }
    },
    of: (lead) => byLead.get(lead)?.[0] ?? null,
    marks: (lead) => marks.get(lead) ?? noMarks,
    at: (clock, now) => tick(clock, clock.calendar === null ? null : (open.get(clock.calendar) ?? []), now),
    nextChange(now) {
      let next = Infinity;
      for (const [lead, clocks] of byLead) next = Math.min(next, nextOf(lead, clocks));
      return Math.max(next, now);
    },
    changed(now) {
      const leads: LeadKey[] = [];
      for (const [lead, clocks] of byLead) {
        if (nextOf(lead, clocks) > now) continue;
        leads.push(lead);
        toldUntil.set(lead, now);
      }
      return leads;
    },
    clear() {
      byLead.clear();
      marks.clear();
      toldUntil.clear();
    },
    get asOf() {
      return asOf;
    },
  };
}

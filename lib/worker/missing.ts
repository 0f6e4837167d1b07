/**
 * Leads that a CRM did not answer for although it was asked by their ids. One answer may be an accident, so a lead is gone when
 * a second sweep misses it, too; then its clocks end (rule 14). Until when it was there is not known: see `gone`.
 */
import { identify } from '../ledger/fact-id';
import type { LeadRecord } from '../ledger/types';
import type { Fact } from '../lead/facts';
import { goneFact } from '../lead/gone';
import { leadKey, type LeadId } from '../lead/lead';
import type { Sender } from '../messages/router';
import type { WorkerContext } from './context';
import { projectAgain } from './project';
import { situationOf } from './situation';
import { sweepEveryMs } from './sweep';
import { isMine, readViewers } from './viewers';

/** Two looks of one sweep are one. */
const anotherSweepMs = sweepEveryMs / 2;
/** So many may be merged or deleted between two sweeps, however few leads somebody has. */
const fewLeads = 3;

/** @returns whether anything was learnt. */
export async function learnMissing(
  absent: readonly LeadId[],
  sender: Pick<Sender, 'origin'>,
  context: WorkerContext,
): Promise<boolean> {
  // A page speaks for its own origin only.
  const keys = absent.filter(({ origin }) => origin === sender.origin).map(leadKey);
  if (keys.length === 0) return false;
  const [inForce, viewers] = await Promise.all([context.agreement(), readViewers()]);
  const now = context.now();
  return context.alone(() =>
    context.withLedger(async (ledger) => {
      const known = [...(await ledger.load(keys)).values()].flatMap(({ record, facts }) =>
        record && situationOf(facts, now).closedAt === null ? [{ record, facts }] : [],
      );
      const open = await ledger.dueLeads(Number.MAX_SAFE_INTEGER);
      const mine = open.filter(({ lead }) => lead.id.origin === sender.origin && isMine(lead, viewers));
      // A CRM that has lost most of somebody's leads has rather taken away the right to see them.
      if (known.length > Math.max(fewLeads, mine.length / 2)) return false;
      const records: LeadRecord[] = [];
      const added: Fact[] = [];
      for (const { record, facts } of known) {
        const { missedAt, ...before } = record;
        if (missedAt === undefined || missedAt > now || record.lead.seenAt > missedAt)
          records.push({ ...before, missedAt: now });
        else if (now - missedAt >= anotherSweepMs) {
          const fact = { ...(await identify(goneFact(record.lead, missedAt))), recordedAt: now };
          added.push(fact);
          records.push(projectAgain(before, [...facts, fact], inForce, context));
        }
      }
      await ledger.save(records, added);
      return added.length > 0;
    }),
  );
}

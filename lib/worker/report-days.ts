/** The report's days, kept for its page: the worker unpacks and writes them, and looks at none of their figures. */
import type { Ledger } from '../ledger/types';
import type { LeadKey } from '../lead/lead';
import type { ExportPage } from '../messages/ledger';
import type { SentDay, SentDays } from '../messages/report-days';
import type { WorkerContext } from './context';
import { pageOf } from './upkeep';

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

const unpacked = ({ rows, ...day }: SentDay) => ({ ...day, rows: bytesOf(rows) });

/** Kept days are worth no error: without them a report takes longer, and that is all. */
async function tried(
  job: (ledger: Ledger) => Promise<boolean>,
  context: Pick<WorkerContext, 'withLedger'>,
): Promise<{ readonly ok: boolean }> {
  return { ok: await context.withLedger(job).catch(() => false) };
}

export async function beginDays(
  context: Pick<WorkerContext, 'withLedger'>,
): Promise<{ readonly session: number | null }> {
  return { session: await context.withLedger((ledger) => ledger.beginDays()).catch(() => null) };
}

export const keepDays = ({ put, ...change }: SentDays, context: Pick<WorkerContext, 'withLedger'>) =>
  tried((ledger) => ledger.keepDays({ ...change, put: put.map(unpacked) }), context);

export const settleDays = ({ session }: { readonly session: number }, context: Pick<WorkerContext, 'withLedger'>) =>
  tried((ledger) => ledger.settleDays(session), context);

/** These leads with their facts; those that are not there are left out. */
export async function dayLeads(
  leads: readonly LeadKey[],
  context: Pick<WorkerContext, 'withLedger'>,
): Promise<ExportPage> {
  const known = await context.withLedger((ledger) => ledger.load(leads));
  return pageOf(
    Array.from(known, ([key, { record, facts }]) => {
      const { views } = record ?? {};
      return { key, lead: record?.lead, facts, ...(views === undefined ? {} : { views }) };
    }),
  );
}

/** The agreement that a report is of, and how many leads its page has to read. */
import type { ReportTerms } from '../messages/report';
import type { WorkerContext } from './context';

export async function reportTerms(context: WorkerContext): Promise<ReportTerms> {
  const [{ agreement, versions }, leads] = await Promise.all([
    context.agreement(),
    context.withLedger((ledger) => ledger.count()).catch(() => null),
  ]);
  return { asOf: context.now(), agreement, versions, leads };
}

/** The agreement that a report is of, and how many leads its page has to read. */
import type { ReportTerms } from '../messages/report';
import type { WorkerContext } from './context';
import { shownFields } from './shown-fields';

export async function reportTerms(context: WorkerContext): Promise<ReportTerms> {
  const [{ agreement, versions }, leads, shown] = await Promise.all([
    context.agreement(),
    context.withLedger((ledger) => ledger.count()).catch(() => null),
    shownFields(context),
  ]);
  return { asOf: context.now(), agreement, versions, leads, shown };
}

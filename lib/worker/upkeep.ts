/** What keeps the ledger in order, and what the options page may do with all of it. */
import { keptCounts } from '../ledger/aggregate';
import { headerLine, factLine, leadLine } from '../ledger/file-format';
import { importLedger, type ImportResult } from '../ledger/import';
import { applyRetention, type RetentionRun } from '../ledger/retention';
import { LedgerFullError, type Known } from '../ledger/types';
import type { LeadKey } from '../lead/lead';
import type { Views } from '../lead/readable';
import type { ExportPage, LedgerInfo } from '../messages/ledger';
import type { WorkerContext } from './context';

/** Leads of one page, with their facts: some hundred kB in a message. */
const exportedAtOnce = 200;

/** Forgets what the agreement says has been kept long enough. Each step is done alone, so that none meets an observation. */
export async function retain(context: WorkerContext): Promise<RetentionRun> {
  const { agreement } = await context.agreement();
  return context.withLedger((ledger) =>
    applyRetention(
      { ...ledger, retain: (step) => context.alone(() => ledger.retain(step)) },
      { now: context.now(), retentionDays: agreement.retentionDays },
    ),
  );
}

export async function eraseLead(lead: LeadKey, context: WorkerContext): Promise<{ ok: boolean; facts: number }> {
  try {
    return await context.alone(() =>
      context.withLedger(async (ledger) => {
        const facts = await ledger.erase(lead, context.now());
        // Erased from memory is not erased.
        return { ok: ledger.durable, facts };
      }),
    );
  } catch (error) {
    report(error, context);
    return { ok: false, facts: 0 };
  }
}

/** The next look at it is the first. */
export async function recordAgain(lead: LeadKey, context: WorkerContext): Promise<boolean> {
  try {
    return await context.alone(() =>
      context.withLedger(async (ledger) => {
        await ledger.recordAgain(lead);
        return ledger.durable;
      }),
    );
  } catch (error) {
    report(error, context);
    return false;
  }
}

function report(error: unknown, context: WorkerContext): void {
  const code = error instanceof LedgerFullError ? 'ledger-full' : 'ledger-unavailable';
  context.report({ code, since: context.now(), detail: error instanceof Error ? error.name : 'write' });
}

/** One page of the ledger's file; asked with `next` of the page before until there is none. */
export async function exportPage(after: LeadKey | undefined, context: WorkerContext): Promise<ExportPage> {
  const { items, next } = await context.withLedger((ledger) => ledger.knownAfter(after, exportedAtOnce));
  const { lines, views } = pageOf(items);
  const all = after === undefined ? [headerLine(context.now()), ...lines] : lines;
  return next === undefined ? { lines: all, views } : { lines: all, views, next };
}

/** Each lead is followed by its facts. */
export function pageOf(items: readonly Known[]): Required<Pick<ExportPage, 'lines' | 'views'>> {
  const lines: string[] = [];
  const views: Record<LeadKey, Views> = {};
  for (const { key, lead, facts, views: ways } of items) {
    if (lead) lines.push(leadLine(lead));
    for (const fact of facts) lines.push(factLine(fact));
    if (ways) views[key] = ways;
  }
  return { lines, views };
}

/**
 * Takes in whole lines of a file; of the first chunk the first line says what it is.
 * @throws where the ledger keeps nothing.
 */
export async function importChunk(
  { text, line }: { readonly text: string; readonly line: number },
  context: WorkerContext,
): Promise<ImportResult> {
  // Every chunk is read as a file of its own, so that nothing has to be remembered between two messages.
  const isFirst = line === 1;
  const bytes = new TextEncoder().encode(isFirst ? text : `${headerLine(context.now())}\n${text}`);
  // Made anew at each try: a source that was read is empty.
  const source = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  const result = await context.alone(() =>
    context.withLedger((ledger) => {
      if (!ledger.durable) throw new Error('The ledger keeps nothing now');
      return importLedger(ledger, source(), context.now());
    }),
  );
  if (isFirst || !('badLines' in result)) return result;
  const badLines = result.badLines.map((bad) => Object.assign({}, bad, { line: bad.line - 2 + line }));
  return { ...result, badLines };
}

async function room(): Promise<StorageEstimate> {
  try {
    return await navigator.storage.estimate();
  } catch {
    // The browser does not say.
    return {};
  }
}

export async function ledgerInfo(context: WorkerContext): Promise<LedgerInfo | null> {
  const [{ agreement }, estimate] = await Promise.all([context.agreement(), room()]);
  return context
    .withLedger(async (ledger): Promise<LedgerInfo> => ({
      ...(await ledger.counts()),
      unreadable: ledger.unreadable(),
      durable: ledger.durable,
      used: estimate.usage ?? null,
      quota: estimate.quota ?? null,
      retentionDays: agreement.retentionDays,
      kept: keptCounts(await ledger.aggregates('', '9999-12-31')),
    }))
    .catch(() => null);
}

/** What is overdue, at risk and due today, what comes next, and what waits for marketing, for the popup. */
import { crmLabel } from '../crm/catalogue';
import type { LeadKey } from '../lead/lead';
import { dueLeadOf } from '../ledger/due-lead';
import type { DueLead } from '../ledger/types';
import {
  queueRows,
  summaryRows,
  type QueueRow,
  type Summary,
  type SummaryRequest,
  type SummaryRow,
} from '../messages/summary';
import { escalatedFor } from './concerns';
import type { AgreementInForce, WorkerContext } from './context';
import { dueLater, dueNow, readMe, type Due } from './due';
import { openHours } from './open-hours';
import { clocksNow } from './refresh';
import { waitingFor } from './waiting';

export { endOfLocalDay } from './due';

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();

function matches(record: DueLead, words: readonly string[]): boolean {
  const { name, company, owner, email } = record.lead.fields;
  const text = plain([name, company, owner, email].filter(Boolean).join(' '));
  return words.every((word) => text.includes(word));
}

export async function summarise(request: SummaryRequest, context: WorkerContext): Promise<Summary> {
  const now = context.now();
  // Neither waits for what the other one knows.
  const reading = context.agreement();
  const due = await dueNow(request.mine, context).catch(async (): Promise<Due> => {
    context.report({ code: 'ledger-unavailable', since: now, detail: 'read' });
    return { candidates: [], beyond: [], snoozed: new Map(), viewerKnown: false, me: await readMe(), looked: 0 };
  });
  const inForce = await reading;
  const { agreement } = inForce;
  const { candidates, snoozed, viewerKnown } = due;
  const counts = { overdue: 0, 'at-risk': 0, today: 0 };
  for (const { group } of candidates) counts[group] += 1;

  const words = request.search ? plain(request.search).split(/\s+/).filter(Boolean) : [];
  const found = (record: DueLead): boolean => words.length === 0 || matches(record, words);
  const matching = candidates.filter(
    ({ record, group }) => (request.group === undefined || group === request.group) && found(record),
  );
  const top = matching.slice(0, summaryRows);
  const [later, silent, waiting] = await Promise.all([
    dueLater(request.mine, due, queueRows, context).catch(() => []),
    recordsOf([...snoozed.keys()].slice(0, queueRows), context),
    waitingFor(due, context).catch(() => []),
  ]);
  // Only what is shown is brought up to date, so that ten thousand leads cost one indexed read.
  const refresh = await refresher([...top.map(({ record }) => record), ...later, ...silent], due, inForce, context);
  const rows = top.flatMap(({ record, group }): SummaryRow[] => {
    const row = refresh(record);
    return row ? [{ ...row, group }] : [];
  });
  return {
    asOf: now,
    counts,
    rows,
    total: matching.length,
    leads: rows.length > 0 ? due.looked : await countLeads(context),
    viewerKnown,
    open: openHours(inForce.versions, context.calendars, now),
    problems: await context.problems(),
    next: later.filter(found).flatMap((record) => refresh(record) ?? []),
    waiting,
    ...(waiting.length > 0 && { terms: { reasons: agreement.taxonomy.reasons, parties: agreement.parties } }),
    snoozed: silent.filter(found).flatMap((record) => {
      const [row, snoozedUntil] = [refresh(record), snoozed.get(record.key)];
      return row && snoozedUntil !== undefined ? [{ ...row, snoozedUntil }] : [];
    }),
  };
}

/** Takes a while where there are many; without any rows it tells whether this is the first run. */
const countLeads = (context: WorkerContext): Promise<number> =>
  context.withLedger((ledger) => ledger.count()).catch(() => 0);

async function recordsOf(keys: readonly LeadKey[], context: WorkerContext): Promise<DueLead[]> {
  if (keys.length === 0) return [];
  const known = await context.withLedger((ledger) => ledger.load(keys)).catch(() => new Map<LeadKey, never>());
  return [...known.values()].flatMap(({ record }) => (record ? dueLeadOf(record) : []));
}

/** Rows of these records as they are now. */
async function refresher(
  records: readonly DueLead[],
  { me }: Due,
  inForce: AgreementInForce,
  context: WorkerContext,
): Promise<(record: DueLead) => QueueRow | null> {
  const now = context.now();
  const known = await clocksNow(records, inForce, context);
  return (record) => {
    const clocks = known.get(record.key) ?? [];
    const [clock] = clocks;
    if (!clock) return null;
    const escalated = escalatedFor(record.lead, clocks, inForce, me, now);
    const row = toRow(record, clock);
    return escalated ? { ...row, escalated } : row;
  };
}

function toRow(record: DueLead, clock: QueueRow['clock']): QueueRow {
  const { fields, id, url, seenAt } = record.lead;
  return {
    lead: record.key,
    name: fields.name ?? id.recordId,
    company: fields.company ?? null,
    owner: fields.owner ?? null,
    crm: crmLabel(id.crm),
    url: url ?? null,
    clock,
    seenAt,
  };
}

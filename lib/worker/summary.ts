/** What is overdue, at risk and due today, by urgency, for the popup and the toolbar. */
import { tick } from '../clock';
import type { Clock } from '../clock/types';
import { crmLabel } from '../crm/catalogue';
import type { LeadRecord } from '../ledger/types';
import {
  summaryRows,
  type Summary,
  type SummaryGroup,
  type SummaryRequest,
  type SummaryRow,
} from '../messages/contract';
import type { WorkerContext } from './context';
import { openHours } from './open-hours';
import { needsAttention, project } from './project';
import { isMine, readViewers } from './viewers';

interface Candidate {
  readonly record: LeadRecord;
  readonly group: SummaryGroup;
  readonly dueAt: number;
}

const groups: readonly SummaryGroup[] = ['overdue', 'at-risk', 'today'];

/** Where a lead belongs now; `null` when it is not due today and not at risk. Computed from what is stored, not stored. */
export function groupOf(clock: Clock, now: number, endOfDay: number): SummaryGroup | null {
  if (!needsAttention(clock) || clock.dueAt === null) return null;
  if (clock.dueAt < now) return 'overdue';
  const { state } = tick(clock, null, now);
  if (state === 'at-risk') return 'at-risk';
  return clock.dueAt <= endOfDay ? 'today' : null;
}

/** The end of the day that `now` lies in, in this browser's zone. */
export function endOfLocalDay(now: number): number {
  return new Date(now).setHours(24, 0, 0, 0);
}

function candidatesOf(records: readonly LeadRecord[], now: number): Candidate[] {
  const endOfDay = endOfLocalDay(now);
  return records.flatMap((record) => {
    let best: Candidate | undefined;
    for (const clock of record.clocks) {
      const group = groupOf(clock, now, endOfDay);
      if (group === null || clock.dueAt === null) continue;
      const candidate = { record, group, dueAt: clock.dueAt };
      if (!best || byUrgency(candidate, best) < 0) best = candidate;
    }
    return best ?? [];
  });
}

function byUrgency(a: Candidate, b: Candidate): number {
  return groups.indexOf(a.group) - groups.indexOf(b.group) || a.dueAt - b.dueAt;
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();

function matches(record: LeadRecord, words: readonly string[]): boolean {
  const { name, company, owner, email } = record.lead.fields;
  const text = plain([name, company, owner, email].filter(Boolean).join(' '));
  return words.every((word) => text.includes(word));
}

export interface Due {
  readonly candidates: readonly Candidate[];
  readonly viewerKnown: boolean;
}

/** Every lead that is overdue, at risk or due today; `mine` leaves out other people's. */
export async function dueNow(mine: boolean, context: WorkerContext): Promise<Due> {
  const now = context.now();
  const [records, viewers] = await Promise.all([
    context.withLedger((ledger) => ledger.dueUntil(endOfLocalDay(now))),
    readViewers(),
  ]);
  const shown = mine ? records.filter((record) => isMine(record.lead, viewers)) : records;
  return { candidates: candidatesOf(shown, now).sort(byUrgency), viewerKnown: Object.keys(viewers).length > 0 };
}

export async function summarise(request: SummaryRequest, context: WorkerContext): Promise<Summary> {
  const now = context.now();
  const inForce = await context.agreement();
  const { candidates, viewerKnown } = await dueNow(request.mine, context).catch(() => {
    context.report({ code: 'ledger-unavailable', since: now, detail: 'read' });
    return { candidates: [], viewerKnown: false };
  });
  const counts = { overdue: 0, 'at-risk': 0, today: 0 };
  for (const { group } of candidates) counts[group] += 1;

  const words = plain(request.search ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const matching = candidates.filter(
    ({ record, group }) =>
      (request.group === undefined || group === request.group) && (words.length === 0 || matches(record, words)),
  );
  const top = matching.slice(0, summaryRows);
  // Only what is shown is computed anew, so that ten thousand leads cost one indexed read.
  const fresh = await context.withLedger((ledger) => ledger.load(top.map(({ record }) => record.key)));
  const rows = top.flatMap(({ record, group }): SummaryRow[] => {
    const facts = fresh.get(record.key)?.facts ?? [];
    const { clocks } = project(record.lead, facts, inForce, context);
    const clock = clocks[0] ?? record.clocks[0];
    return clock ? [toRow(record, group, clock)] : [];
  });
  return {
    asOf: now,
    counts,
    rows,
    total: matching.length,
    leads: await context.withLedger((ledger) => ledger.count()).catch(() => 0),
    viewerKnown,
    open: openHours(inForce.agreement, context.calendars, now),
    problems: await context.problems(),
  };
}

function toRow(record: LeadRecord, group: SummaryGroup, clock: Clock): SummaryRow {
  const { fields, id, url, seenAt } = record.lead;
  return {
    lead: record.key,
    name: fields.name ?? id.recordId,
    company: fields.company ?? null,
    owner: fields.owner ?? null,
    crm: crmLabel(id.crm),
    url: url ?? null,
    group,
    clock,
    seenAt,
  };
}

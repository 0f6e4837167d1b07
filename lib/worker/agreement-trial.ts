/**
 * Trying an agreement on what the ledger knows, and applying the one in force to open leads. A trial is a run in the worker's
 * memory that does a stretch of work whenever it is asked: a page that stops asking has stopped it. It writes nothing. What is
 * applied is computed anew, and only if it is the very list that was shown.
 */
import { contentOf } from '../agreement/canonical';
import { dryRun, type DryRunLead, type DryRunReport, type DryRunRow } from '../agreement/dry-run';
import { agreementOf } from '../agreement/flat';
import { resolveAgreement } from '../agreement/resolve';
import type { Agreement } from '../agreement/schema';
import { tell } from '../clock/story';
import { identify } from '../ledger/fact-id';
import { LedgerFullError } from '../ledger/types';
import type { Fact } from '../lead/facts';
import type { Lead, LeadKey } from '../lead/lead';
import type { ApplyReply, TrialOf, TrialRefusal, TrialReply, TrialRows } from '../messages/agreements';
import { sha256 } from '../settings/packed';
import { readPerson } from '../settings/person';
import { readDraft } from './agreement-draft';
import { browserZone, type WorkerContext } from './context';
import { projectAgain } from './project';
import { createQueue } from './queue';

/** A stretch of work, ms: others wait for the worker meanwhile. */
const stretchMs = 60;
/** A run that nobody asks for is forgotten, ms. */
const idleMs = 120_000;
/** Leads that one trial looks at. */
const leadsAtMost = 50_000;
const leadsAtOnce = 500;
const pastMs = 90 * 86_400_000;
const rowsAtOnce = 200;
/** Leads that are written at once, in one transaction. */
const appliedAtMost = 10_000;

/** One for each tab that tries something at the same time; each holds the leads that it looks at. */
const runsAtMost = 3;

interface Run {
  /** Two questions at once do one stretch after the other. */
  readonly inTurn: ReturnType<typeof createQueue>;
  readonly generator: Generator<number, DryRunReport>;
  readonly total: number;
  readonly leads: ReadonlyMap<LeadKey, Lead>;
  done: number;
  usedAt: number;
  finished: { readonly report: DryRunReport; readonly list: string; readonly leads: number } | null;
}

/** Longest unused first. */
const runs = new Map<string, Run>();

interface Known {
  readonly open: readonly DryRunLead[];
  readonly past: readonly DryRunLead[];
}

/** Open leads, and those that were handed over in the last 90 days; a lead may be both. */
async function leadsToTry(context: WorkerContext, withPast: boolean): Promise<Known> {
  const now = context.now();
  const open: DryRunLead[] = [];
  const past: DryRunLead[] = [];
  let after: LeadKey | undefined;
  let seen = 0;
  do {
    const { items, next } = await context.withLedger((ledger) => ledger.knownAfter(after, leadsAtOnce));
    for (const { lead, facts } of items) {
      if (!lead) continue;
      const { closed, handOff } = tell(facts, now);
      if (!closed) open.push({ lead, facts });
      if (withPast && handOff && handOff.at >= now - pastMs) past.push({ lead, facts });
    }
    seen += items.length;
    after = next;
  } while (after !== undefined && seen < leadsAtMost);
  return { open, past };
}

async function proposed(of: TrialOf, context: WorkerContext): Promise<Agreement | TrialRefusal> {
  const { agreement } = await context.agreement();
  if (of === 'in-force') return agreement;
  const draft = await readDraft();
  if (!draft) return 'no-draft';
  return draft.document ? resolveAgreement(agreementOf(contentOf(draft.document)), browserZone()) : 'invalid';
}

const begin = (known: Known, current: readonly Agreement[], tried: Agreement, context: WorkerContext) =>
  dryRun({ ...known, current, proposed: tried, calendars: context.calendars, now: context.now() });

/** Names a list: its leads, and what would change of each. States go by with time, due instants stay. */
async function nameOfList({ version, id }: Agreement, rows: readonly DryRunRow[]): Promise<string> {
  const lines = rows.map(({ lead, commitment, subject, now, proposed: then }) =>
    JSON.stringify([lead, commitment, subject, now?.dueAt ?? null, then?.dueAt ?? null]),
  );
  return sha256([JSON.stringify([id, version]), ...lines.toSorted()].join('\n'));
}

const leadsOf = (rows: readonly DryRunRow[]): LeadKey[] => [...new Set(rows.map(({ lead }) => lead))];

function forgetIdle(now: number): void {
  for (const [id, run] of runs) if (now - run.usedAt > idleMs) runs.delete(id);
}

const proposals = new WeakMap<Run, Agreement>();

type Started = { readonly id: string } | { readonly refused: TrialRefusal };

async function start(of: TrialOf, context: WorkerContext): Promise<Started> {
  const tried = await proposed(of, context);
  if (typeof tried === 'string') return { refused: tried };
  const { versions } = await context.agreement();
  let known: Known;
  try {
    known = await leadsToTry(context, of === 'draft');
  } catch {
    return { refused: 'ledger-unavailable' };
  }
  const run: Run = {
    inTurn: createQueue(),
    generator: begin(known, versions, tried, context),
    total: known.open.length + known.past.length,
    leads: new Map([...known.open, ...known.past].map(({ lead }) => [lead.key, lead])),
    done: 0,
    usedAt: context.now(),
    finished: null,
  };
  proposals.set(run, tried);
  const id = crypto.randomUUID();
  runs.set(id, run);
  for (const oldest of runs.keys()) if (runs.size > runsAtMost) runs.delete(oldest);
  return { id };
}

async function work(run: Run): Promise<void> {
  const until = performance.now() + stretchMs;
  while (!run.finished && performance.now() < until) {
    const step = run.generator.next();
    if (!step.done) {
      run.done = step.value;
      continue;
    }
    const report = step.value;
    const tried = proposals.get(run);
    const list = tried ? await nameOfList(tried, report.rows) : '';
    run.finished = { report, list, leads: leadsOf(report.rows).length };
    run.done = run.total;
  }
}

export async function tryAgreement(
  { of, run: given }: { readonly of: TrialOf; readonly run?: string },
  context: WorkerContext,
): Promise<TrialReply> {
  forgetIdle(context.now());
  const started = given === undefined ? await start(of, context) : { id: given };
  if ('refused' in started) return { state: 'refused', code: started.refused };
  const { id } = started;
  const run = runs.get(id);
  if (!run) return { state: 'gone' };
  run.usedAt = context.now();
  runs.delete(id);
  runs.set(id, run);
  await run.inTurn(() => work(run));
  if (!run.finished) return { state: 'running', run: id, done: run.done, total: run.total };
  const { rows, ...report } = run.finished.report;
  return { state: 'done', run: id, list: run.finished.list, report, rows: rows.length, leads: run.finished.leads };
}

export function trialRows({ run: id, from }: { readonly run: string; readonly from: number }): TrialRows {
  const run = runs.get(id);
  const all = run?.finished?.report.rows ?? [];
  const rows = all.slice(from, from + rowsAtOnce);
  const names: Record<LeadKey, string> = {};
  for (const { lead } of rows) {
    const known = run?.leads.get(lead);
    if (known) names[lead] = known.fields.name ?? known.id.recordId;
  }
  const next = from + rowsAtOnce;
  return next < all.length ? { rows, names, next } : { rows, names };
}

export function cancelTrial(run: string): void {
  runs.delete(run);
}

/** Binds the open leads of a list to the version in force, each by a fact. Refused where the list would be another one now. */
export async function applyToOpen(list: string, context: WorkerContext): Promise<ApplyReply> {
  const [inForce, { person }] = await Promise.all([context.agreement(), readPerson()]);
  if (inForce.source === 'built-in') return { ok: false, code: 'built-in' };
  if (!person.name) return { ok: false, code: 'name-unknown' };
  const author = person.name;
  const party = person.side;
  return context.alone(async (): Promise<ApplyReply> => {
    try {
      const known = await leadsToTry(context, false);
      const report = finish(begin(known, inForce.versions, inForce.agreement, context));
      if ((await nameOfList(inForce.agreement, report.rows)) !== list) return { ok: false, code: 'list-changed' };
      const leads = leadsOf(report.rows);
      if (report.more > 0 || leads.length > appliedAtMost) return { ok: false, code: 'too-many' };
      if (leads.length === 0) return { ok: false, code: 'nothing' };
      const now = context.now();
      const facts = await Promise.all(
        leads.map(async (lead): Promise<Fact> => {
          const fact = await identify({
            lead,
            at: now,
            author,
            ...(party === null ? {} : { party }),
            evidence: 'person',
            kind: 'agreement-applied',
            version: inForce.agreement.version,
          });
          return { ...fact, recordedAt: now };
        }),
      );
      return await context.withLedger(async (ledger): Promise<ApplyReply> => {
        if (!ledger.durable) return { ok: false, code: 'ledger-unavailable' };
        const loaded = await ledger.load(leads);
        const records = facts.flatMap((fact) => {
          const { record, facts: before = [] } = loaded.get(fact.lead) ?? {};
          return record ? [projectAgain(record, [...before, fact], inForce, context)] : [];
        });
        const kept = await ledger.save(records, facts);
        return { ok: true, leads: kept.size };
      });
    } catch (error) {
      return { ok: false, code: error instanceof LedgerFullError ? 'ledger-full' : 'ledger-unavailable' };
    }
  });
}

function finish(generator: Generator<number, DryRunReport>): DryRunReport {
  for (;;) {
    const step = generator.next();
    if (step.done) return step.value;
  }
}

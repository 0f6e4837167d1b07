/**
 * What a changed agreement would do before it does it: the clocks of open leads now and then, and how many of the past ones would
 * have been met. Pure, nothing is written. It works lead by lead and can be stopped between any two, so that a page stays alive.
 */
import type { CalendarSource } from '../calendar/types';
import { evaluate } from '../clock';
import type { Clock, ClockState } from '../clock/types';
import type { Fact } from '../lead/facts';
import type { Lead, LeadKey } from '../lead/lead';
import type { Agreement, CommitmentId } from './schema';

export interface DryRunLead {
  readonly lead: Lead;
  readonly facts: readonly Fact[];
}

export interface DryRunInput {
  readonly open: Iterable<DryRunLead>;
  /** Leads of the period that attainment is compared for, for example the last 90 days. */
  readonly past: Iterable<DryRunLead>;
  /** All versions in use, zones named. */
  readonly current: readonly Agreement[];
  /** Zones named. */
  readonly proposed: Agreement;
  readonly calendars: CalendarSource;
  /** Epoch ms. */
  readonly now: number;
}

/** One clock at one instant; `null` where there is none under that agreement. */
export type DryRunSide = Pick<Clock, 'state' | 'dueAt'> | null;

/** A clock that would change, of one open lead. */
export interface DryRunRow {
  readonly lead: LeadKey;
  readonly commitment: CommitmentId;
  readonly subject: Clock['subject'];
  /** Empty where the lead has none. */
  readonly rep: string;
  readonly source: string;
  readonly now: DryRunSide;
  readonly proposed: DryRunSide;
}

export type StateCounts = Readonly<Partial<Record<ClockState, number>>>;

/** Clocks met, of those that could be judged: met, missed and overdue ones. */
export interface Attainment {
  readonly met: number;
  readonly judged: number;
}

export interface DryRunGroup {
  /** Commitment id, rep or source; empty where the lead has none. */
  readonly name: string;
  readonly open: { readonly now: StateCounts; readonly proposed: StateCounts };
  readonly attainment: { readonly now: Attainment; readonly proposed: Attainment };
}

export interface DryRunReport {
  readonly leads: { readonly open: number; readonly past: number };
  readonly total: DryRunGroup;
  readonly byCommitment: readonly DryRunGroup[];
  readonly byRep: readonly DryRunGroup[];
  readonly bySource: readonly DryRunGroup[];
  /** At most 10,000; the counts hold all. What applying it to open leads would touch. */
  readonly rows: readonly DryRunRow[];
  /** Changed clocks that `rows` has no room for. */
  readonly more: number;
}

const mostRows = 10_000;

/** No instant that a fact can have is later, so that nothing is bound to it by its hand-off. */
const never = '+275760-09-13T00:00:00Z';

/**
 * Gives the number of leads done after each lead, and returns the report. Open leads are judged as if the proposal were applied to
 * them now (what is too late already stays too late); past ones as if it had been in force all along.
 */
export function* dryRun(input: DryRunInput): Generator<number, DryRunReport> {
  const tally = createTally();
  const open = versions(input);
  let done = 0;
  let openLeads = 0;
  for (const one of input.open) {
    tally.open(
      one,
      clocksOf(one, input.current, input),
      clocksOf(applied(one, open.version, input.now), open.all, input),
    );
    openLeads++;
    yield ++done;
  }
  const { effectiveFrom: _effective, enforcedFrom: _enforced, ...always } = input.proposed;
  let pastLeads = 0;
  for (const one of input.past) {
    tally.past(one, clocksOf(one, input.current, input), clocksOf(one, [always], input));
    pastLeads++;
    yield ++done;
  }
  return { leads: { open: openLeads, past: pastLeads }, ...tally.report() };
}

/** The proposal beside what is in use, under a number that nothing else has, so that only the fact below brings it in. */
function versions({ current, proposed }: DryRunInput): {
  readonly all: readonly Agreement[];
  readonly version: number;
} {
  const version = current.reduce((highest, one) => Math.max(highest, one.version), proposed.version) + 1;
  return { all: [...current, { ...proposed, version, effectiveFrom: never }], version };
}

/** As "apply to open leads" would record it. */
function applied({ lead, facts }: DryRunLead, version: number, now: number): DryRunLead {
  const fact: Fact = {
    id: 'dry-run',
    lead: lead.key,
    at: now,
    author: 'dry-run',
    evidence: 'person',
    kind: 'agreement-applied',
    version,
  };
  return { lead, facts: [...facts, fact] };
}

const clocksOf = (
  { lead, facts }: DryRunLead,
  agreements: readonly Agreement[],
  { calendars, now }: DryRunInput,
): Clock[] => evaluate(lead, facts, agreements, calendars, now);

interface Counting {
  readonly now: Partial<Record<ClockState, number>>;
  readonly proposed: Partial<Record<ClockState, number>>;
  readonly metNow: { met: number; judged: number };
  readonly metProposed: { met: number; judged: number };
}

const counting = (): Counting => ({
  now: {},
  proposed: {},
  metNow: { met: 0, judged: 0 },
  metProposed: { met: 0, judged: 0 },
});

function createTally() {
  const total = counting();
  const groups = {
    commitment: new Map<string, Counting>(),
    rep: new Map<string, Counting>(),
    source: new Map<string, Counting>(),
  };
  const rows: DryRunRow[] = [];
  let more = 0;

  const inGroups = (clock: Clock, lead: Lead, count: (into: Counting) => void): void => {
    count(total);
    count(counted(groups.commitment, clock.commitment));
    count(counted(groups.rep, lead.fields.owner ?? ''));
    count(counted(groups.source, lead.fields.source ?? ''));
  };
  const row = (given: DryRunRow): void => {
    if (rows.length < mostRows) rows.push(given);
    else more++;
  };

  return {
    open({ lead }: DryRunLead, now: readonly Clock[], proposed: readonly Clock[]): void {
      for (const clock of now) inGroups(clock, lead, (into) => increase(into.now, clock.state));
      for (const clock of proposed) inGroups(clock, lead, (into) => increase(into.proposed, clock.state));
      for (const changed of changes(lead, now, proposed)) row(changed);
    },
    past({ lead }: DryRunLead, now: readonly Clock[], proposed: readonly Clock[]): void {
      for (const clock of now) inGroups(clock, lead, (into) => judge(into.metNow, clock.state));
      for (const clock of proposed) inGroups(clock, lead, (into) => judge(into.metProposed, clock.state));
    },
    report: (): Omit<DryRunReport, 'leads'> => ({
      total: groupOf('', total),
      byCommitment: listed(groups.commitment),
      byRep: listed(groups.rep),
      bySource: listed(groups.source),
      rows,
      more,
    }),
  };
}

function counted(groups: Map<string, Counting>, name: string): Counting {
  const known = groups.get(name) ?? counting();
  groups.set(name, known);
  return known;
}

function increase(counts: Partial<Record<ClockState, number>>, state: ClockState): void {
  counts[state] = (counts[state] ?? 0) + 1;
}

function judge(into: { met: number; judged: number }, state: ClockState): void {
  if (state !== 'met' && state !== 'missed' && state !== 'overdue') return;
  into.judged++;
  if (state === 'met') into.met++;
}

const groupOf = (name: string, { now, proposed, metNow, metProposed }: Counting): DryRunGroup => ({
  name,
  open: { now, proposed },
  attainment: { now: metNow, proposed: metProposed },
});

const listed = (groups: ReadonlyMap<string, Counting>): DryRunGroup[] =>
  [...groups].map(([name, counts]) => groupOf(name, counts)).sort((a, b) => (a.name < b.name ? -1 : 1));

/** One lead has at most one clock of a commitment and subject. */
const nameOf = ({ commitment, subject }: Clock): string => `${commitment} ${subject}`;

function changes(lead: Lead, now: readonly Clock[], proposed: readonly Clock[]): DryRunRow[] {
  const [before, after] = [
    new Map(now.map((one) => [nameOf(one), one])),
    new Map(proposed.map((one) => [nameOf(one), one])),
  ];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [was, becomes] = [before.get(name), after.get(name)];
    const any = was ?? becomes;
    if (!any || (was?.state === becomes?.state && was?.dueAt === becomes?.dueAt)) return [];
    return {
      lead: lead.key,
      commitment: any.commitment,
      subject: any.subject,
      rep: lead.fields.owner ?? '',
      source: lead.fields.source ?? '',
      now: sideOf(was),
      proposed: sideOf(becomes),
    };
  });
}

const sideOf = (clock: Clock | undefined): DryRunSide => (clock ? { state: clock.state, dueAt: clock.dueAt } : null);

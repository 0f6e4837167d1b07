/**
 * What each quality rule looks at. One function a rule; none knows of flags, dismissals or words. Each says nothing rather
 * than something that it does not know.
 */
import type { Condition } from '../agreement/schema';
import type { Fact } from './facts';
import { instantFields, type FieldName, type Lead, type TextField } from './lead';
import { mailParts, visible } from './normalise';
import type { QualityContext } from './quality-context';
import type { QualityFinding, QualityRule } from './quality-rules';

export interface Found {
  readonly finding: QualityFinding;
  /** The values that the finding is about, as one text: it holds as long as this does not change. */
  readonly about: string;
}

const nothing: readonly Found[] = [];
/** Others that a flag names; the rest is a number. */
const namedLeads = 5;

type Rule<Kind extends QualityRule['rule']> = Extract<QualityRule, { rule: Kind }>;

export function findingsOf(rule: QualityRule, lead: Lead, context: QualityContext): readonly Found[] {
  switch (rule.rule) {
    case 'required':
      return missing(rule, lead, context);
    case 'free-mail':
      return freeMail(lead, context);
    case 'mail-syntax':
      return wrongMail(lead);
    case 'phone':
      return wrongPhone(rule, lead, context);
    case 'duplicate':
      return duplicates(rule, lead, context);
    case 'persona':
      return otherPersona(lead, context);
    case 'scope':
      return outsideScope(lead, context);
    case 'stale':
      break;
  }
  // A rule without a case does not compile here.
  return idle(rule, lead, context);
}

/** A text field with something in it to see. */
function textOf(lead: Lead, field: TextField): string | undefined {
  const text = lead.fields[field];
  return text === undefined || visible(text) === '' ? undefined : text;
}

const isInstant = (field: FieldName): field is (typeof instantFields)[number] =>
  (instantFields as readonly string[]).includes(field);

const isThere = (lead: Lead, field: FieldName): boolean =>
  isInstant(field) ? lead.fields[field] !== undefined : textOf(lead, field) !== undefined;

/** Neither read nor readable: whether the lead has it is not known. */
const isUnknown = (lead: Lead, field: FieldName, { readable }: QualityContext): boolean =>
  lead.fields[field] === undefined && !readable.has(field);

/** From the rule's stage on. A stage is one of the agreement's, or else what the status means. */
function hasReached(stage: string | undefined, lead: Lead, context: QualityContext): boolean {
  if (stage === undefined) return true;
  const from = context.stages.findIndex(({ id }) => id === stage);
  if (from === -1) return context.meaning === stage;
  const now = context.stages.findIndex(({ when }) => when.some((group) => context.matches(group, lead)));
  return now >= from;
}

function missing({ fields, stage }: Rule<'required'>, lead: Lead, context: QualityContext): readonly Found[] {
  const absent = fields.filter((field) => !isThere(lead, field) && !isUnknown(lead, field, context));
  if (absent.length === 0 || !hasReached(stage, lead, context)) return nothing;
  return absent.map((field) => ({ finding: { code: 'required', field }, about: field }));
}

function freeMail(lead: Lead, { mailKind }: QualityContext): readonly Found[] {
  const parts = mailKind && lead.fields.email !== undefined && mailParts(lead.fields.email);
  if (!parts) return nothing;
  const { domain, local } = parts;
  const kind = mailKind(domain);
  if (kind === null) return nothing;
  const code = kind === 'free' ? 'free-mail' : 'disposable-mail';
  return [{ finding: { code, domain }, about: `${local}@${domain}` }];
}

function wrongMail(lead: Lead): readonly Found[] {
  const email = textOf(lead, 'email');
  if (email === undefined || mailParts(email)) return nothing;
  return [{ finding: { code: 'mail-syntax' }, about: visible(email) }];
}

function wrongPhone({ country }: Rule<'phone'>, lead: Lead, context: QualityContext): readonly Found[] {
  const text = textOf(lead, 'phone');
  const reading = text === undefined ? undefined : context.phone?.(text, country);
  if (text === undefined || reading?.kind !== 'invalid') return nothing;
  const place = reading.country === undefined ? {} : { country: reading.country };
  return [{ finding: { code: 'phone', ...place }, about: visible(text) }];
}

/** The first of the rule's ways by which another lead is found; one flag says enough. */
function duplicates({ by }: Rule<'duplicate'>, lead: Lead, { sharing }: QualityContext): readonly Found[] {
  for (const way of by) {
    const leads = (sharing.get(way) ?? []).filter((key) => key !== lead.key).toSorted();
    if (leads.length === 0) continue;
    const finding = { code: 'duplicate', by: way, leads: leads.slice(0, namedLeads), count: leads.length } as const;
    return [{ finding, about: leads.join(' ') }];
  }
  return nothing;
}

/** Whether one of the groups holds; `null` where none does for certain, but one asks for a field that is not known. */
function anyHolds(groups: readonly (readonly Condition[])[], lead: Lead, context: QualityContext): boolean | null {
  let open = false;
  for (const group of groups) {
    if (group.some(({ field }) => isUnknown(lead, field, context))) open = true;
    else if (context.matches(group, lead)) return true;
  }
  return open ? null : false;
}

/** The values that these conditions look at. */
function valuesAt(groups: readonly (readonly Condition[])[], lead: Lead): string {
  const fields = new Set(groups.flat().map(({ field }) => field));
  return [...fields]
    .toSorted()
    .map((field) => `${field}=${lead.fields[field] ?? ''}`)
    .join('|');
}

function otherPersona(lead: Lead, context: QualityContext): readonly Found[] {
  const groups = context.personas.flatMap(({ when }) => when);
  if (groups.length === 0 || anyHolds(groups, lead, context) !== false) return nothing;
  return [{ finding: { code: 'persona' }, about: valuesAt(groups, lead) }];
}

function outsideScope(lead: Lead, context: QualityContext): readonly Found[] {
  const { include, exclude } = context.scope;
  const excluded = exclude.find(({ when }) => anyHolds([when], lead, context) === true);
  if (excluded)
    return [{ finding: { code: 'scope-excluded', why: excluded.why }, about: valuesAt([excluded.when], lead) }];
  if (include.length === 0 || anyHolds(include, lead, context) !== false) return nothing;
  return [{ finding: { code: 'scope' }, about: valuesAt(include, lead) }];
}

/** Facts about rules and agreements: nothing happened on the lead itself. */
const aside: ReadonlySet<Fact['kind']> = new Set([
  'dismissal',
  'retraction',
  'approval',
  'acknowledgement',
  'agreement-applied',
]);
/** Nobody is expected to work on it. */
const atRest: ReadonlySet<QualityContext['meaning']> = new Set(['paused', 'rejected', 'won', 'lost', 'closed']);

/** Until when nothing is to be done: a pause that was not ended, or a lead put back for later. */
function restsUntil(facts: readonly Fact[]): number {
  let last: Fact | undefined;
  for (const fact of facts) {
    const isRest = fact.kind === 'pause' || fact.kind === 'resume' || fact.kind === 'verdict' || fact.kind === 'reopen';
    if ((isRest || fact.kind === 'disposition') && (!last || fact.at >= last.at)) last = fact;
  }
  if (last?.kind === 'disposition') return Number.POSITIVE_INFINITY;
  if (last?.kind === 'pause') return last.until ?? Number.POSITIVE_INFINITY;
  if (last?.kind !== 'verdict') return Number.NEGATIVE_INFINITY;
  if (last.verdict === 'rejected') return Number.POSITIVE_INFINITY;
  return last.until ?? Number.NEGATIVE_INFINITY;
}

/**
 * Nothing happened for longer than the rule allows. The CRM must have been seen after that time was up: what was not looked
 * at since is unknown and not stale (rule 12).
 */
function idle({ elapsedMinutes }: Rule<'stale'>, lead: Lead, context: QualityContext): readonly Found[] {
  const { facts, now } = context;
  let since = restsUntil(facts);
  // A lead that may have been touched is not known to be idle (rule 12).
  if (atRest.has(context.meaning) || since > now || lead.touchesUnread) return nothing;
  for (const field of instantFields) {
    const read = lead.fields[field];
    // It happened somewhere in the reading; the latest instant is the one that accuses nobody.
    if (read) since = Math.max(since, read.at + read.precision);
  }
  for (const { at, kind } of facts) if (!aside.has(kind)) since = Math.max(since, at);
  const upAt = Math.min(since, now) + elapsedMinutes * 60_000;
  if (!Number.isFinite(since) || upAt >= now || lead.seenAt <= upAt) return nothing;
  return [{ finding: { code: 'stale', since }, about: String(since) }];
}

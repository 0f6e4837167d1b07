/**
 * The automatic quality flags of leads, with what the pure rules are given: lists, other leads in the ledger, and which
 * fields the CRM shows. Flags are computed when asked for and not stored. What can't be had silences its rule and no other.
 */
import { statusMeaning } from '../agreement/default';
import type { Agreement, Condition } from '../agreement/schema';
import { allOf, valuesOf, type Test } from '../lead/conditions';
import { dupesOf, type DupeKeys } from '../lead/duplicates';
import type { Fact } from '../lead/facts';
import type { Lead, LeadFields, LeadKey } from '../lead/lead';
import { qualityFlags } from '../lead/quality';
import type { QualityContext } from '../lead/quality-context';
import type { DuplicateBy, QualityFlag } from '../lead/quality-rules';
import { groupOf, readableThrough } from '../lead/readable';
import { standing } from '../lead/standing';
import type { LeadRecord } from '../ledger/types';
import type { AgreementInForce, WorkerContext } from './context';
import { createLists, type Lists } from './lists';
import { shownFields } from './shown-fields';

type InForce = Pick<AgreementInForce, 'agreement'>;

export interface LeadToCheck {
  readonly record: Pick<LeadRecord, 'key' | 'lead' | 'views'>;
  readonly facts: readonly Fact[];
}

const listsOf = new WeakMap<WorkerContext, Lists>();

function lists(context: WorkerContext): Lists {
  let made = listsOf.get(context);
  if (!made) listsOf.set(context, (made = createLists()));
  return made;
}

/** The ways by which the agreement wants duplicates found. */
const waysOf = ({ quality }: Pick<Agreement, 'quality'>): ReadonlySet<DuplicateBy> =>
  new Set(quality.flatMap((rule) => (rule.rule === 'duplicate' ? rule.by : [])));

/** The country of numbers without one, for keys: that of the first phone rule, because a key can't depend on the rule. */
const phoneCountryOf = ({ quality }: Pick<Agreement, 'quality'>): string | undefined =>
  quality.flatMap((rule) => (rule.rule === 'phone' && rule.country !== undefined ? [rule.country] : []))[0];

type Phone = QualityContext['phone'];

const keysOf = (fields: LeadFields, agreement: Agreement, phone: Phone | undefined): DupeKeys =>
  dupesOf(fields, waysOf(agreement), (text) => {
    const reading = phone?.(text, phoneCountryOf(agreement));
    return reading?.kind === 'valid' ? reading.key : null;
  });

/** What the ledger finds this lead by (`LeadRecord.dupes`) under this agreement. Reads numbering plans only where it must. */
export async function duplicateKeys(
  fields: LeadFields,
  { agreement }: InForce,
  context: WorkerContext,
): Promise<readonly string[]> {
  const needsPhone = fields.phone !== undefined && waysOf(agreement).has('phone');
  return [...keysOf(fields, agreement, needsPhone ? await lists(context).phone() : undefined).values()];
}

/** Flags of one lead. */
export async function flagsOf(
  record: LeadToCheck['record'],
  facts: readonly Fact[],
  inForce: InForce,
  context: WorkerContext,
): Promise<readonly QualityFlag[]> {
  return (await flagsOfAll([{ record, facts }], inForce, context)).get(record.key) ?? [];
}

/** Flags of many leads: one question to the ledger however many there are. Leads without any flag are left out. */
export async function flagsOfAll(
  leads: readonly LeadToCheck[],
  { agreement }: InForce,
  context: WorkerContext,
): Promise<ReadonlyMap<LeadKey, readonly QualityFlag[]>> {
  const rules = agreement.quality;
  const asks = (kind: (typeof rules)[number]['rule']): boolean => rules.some(({ rule }) => rule === kind);
  const has = (field: 'email' | 'phone'): boolean =>
    leads.some(({ record }) => record.lead.fields[field] !== undefined);
  const ways = waysOf(agreement);
  const [mailKind, phone, shown] = await Promise.all([
    asks('free-mail') && has('email') ? lists(context).mailKind() : undefined,
    (asks('phone') || ways.has('phone')) && has('phone') ? lists(context).phone() : undefined,
    shownFields(context),
  ]);
  const keys = new Map(leads.map(({ record }) => [record.key, keysOf(record.lead.fields, agreement, phone)]));
  const shared = await sharedKeys(
    [...keys.values()].flatMap((ofLead) => Array.from(ofLead.values())),
    context,
  );

  const flags = new Map<LeadKey, readonly QualityFlag[]>();
  for (const { record, facts: all } of leads) {
    const { lead } = record;
    const facts = standing(all);
    const group = groupOf(lead.id);
    const meaning = meaningOf(lead, agreement);
    const found = qualityFlags(lead, rules, {
      now: context.now(),
      facts,
      ...(meaning === undefined ? {} : { meaning }),
      stages: agreement.stages,
      personas: agreement.personas,
      scope: agreement.scope,
      readable: readableThrough(record.views, Object.hasOwn(shown, group) ? shown[group] : undefined),
      matches: matcher(facts),
      ...(mailKind ? { mailKind } : {}),
      ...(phone ? { phone } : {}),
      sharing: sharedBy(keys.get(record.key), shared),
    });
    if (found.length > 0) flags.set(record.key, found);
  }
  return flags;
}

const sharedBy = (
  keys: DupeKeys | undefined,
  shared: ReadonlyMap<string, readonly LeadKey[]>,
): QualityContext['sharing'] => new Map([...(keys ?? [])].map(([way, key]) => [way, shared.get(key) ?? []]));

async function sharedKeys(
  keys: readonly string[],
  context: WorkerContext,
): Promise<ReadonlyMap<string, readonly LeadKey[]>> {
  if (keys.length === 0) return new Map();
  return context
    .withLedger((ledger) => ledger.duplicatesOf(keys))
    .catch(() => {
      context.report({ code: 'ledger-unavailable', since: context.now(), detail: 'read' });
      return new Map<string, readonly LeadKey[]>();
    });
}

function meaningOf({ id, fields }: Lead, agreement: Agreement): QualityContext['meaning'] {
  const status = fields.status ?? fields.statusLabel;
  return status === undefined ? undefined : statusMeaning(agreement, id.crm, id.object, status);
}

const tests = new WeakMap<readonly Condition[], Test>();

/** Conditions are read once; the tier that counts is the one that facts know last. */
function matcher(facts: readonly Fact[]): QualityContext['matches'] {
  let changed: { readonly at: number; readonly tier: string } | undefined;
  for (const fact of facts) if (fact.kind === 'tier-change' && (!changed || fact.at >= changed.at)) changed = fact;
  return (conditions, { fields }) => {
    let test = tests.get(conditions);
    if (!test) tests.set(conditions, (test = allOf(conditions)));
    return test(valuesOf(fields, changed?.tier ?? fields.tier));
  };
}

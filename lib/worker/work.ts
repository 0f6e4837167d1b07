/** What the panel works with beside the clocks, and what a list shows of a lead's flags and verdict. */
import { statusMeaning } from '../agreement/default';
import type { Agreement } from '../agreement/schema';
import { wordsIn } from '../agreement/words';
import { anyGroupOf, valuesOf } from '../lead/conditions';
import type { Fact } from '../lead/facts';
import type { Lead, LeadKey } from '../lead/lead';
import type { QualityFlag } from '../lead/quality-rules';
import type { LeadRecord } from '../ledger/types';
import type { AlikeLead, HandOff, PanelWork } from '../messages/acts';
import type { LeadMarks } from '../messages/observing';
import { language, t } from '../platform/i18n';
import { speakAsChosen } from '../platform/speech';
import { latestOf, actorOn } from './act';
import { undoableIn } from './act-barriers';
import { offersOf } from './acting';
import { escalatedFor, type Me } from './concerns';
import type { AgreementInForce, WorkerContext } from './context';
import { flagsOf, flagsOfAll, type LeadToCheck } from './quality';
import { situationOf, type Situation } from './situation';
import { silentAt } from './snoozes';

/** Facts in one panel: more than anybody scrolls. */
const factsAtMost = 200;

const inWords = (words: string | { readonly en: string; readonly es: string }): string =>
  wordsIn(words, language() === 'es' ? 'es' : 'en');

function personaOf(lead: Lead, { personas }: Agreement): string | null {
  const persona = personas.find(({ when }) => anyGroupOf(when)(valuesOf(lead.fields, lead.fields.tier)));
  return persona ? inWords(persona.label) : null;
}

const isSalesWord = (fact: Fact): boolean =>
  fact.kind === 'verdict' || (fact.kind === 'touch' && fact.direction !== 'inbound');

/**
 * The last thing that marketing said of it before sales began: a CRM changes the status first, and who hands a lead over says
 * why right after.
 */
function whyOf({ facts, handedOverAt }: Situation): string | null {
  const from = handedOverAt ?? Number.NEGATIVE_INFINITY;
  const begun = facts.find((fact) => fact.at >= from && isSalesWord(fact))?.at ?? Number.POSITIVE_INFINITY;
  const said = facts.findLast(
    (fact) => (fact.kind === 'note' || fact.kind === 'readiness') && fact.party === 'marketing' && fact.at < begun,
  );
  if (said?.kind === 'note') return said.text;
  return said?.kind === 'readiness' ? t(`readiness_${said.value.replaceAll('-', '_')}`) : null;
}

function handOffOf(lead: Lead, situation: Situation, flags: readonly QualityFlag[], agreement: Agreement): HandOff {
  const { id, fields } = lead;
  const status = fields.status ?? fields.statusLabel;
  return {
    at: situation.facts.find(({ kind }) => kind === 'hand-off')?.at ?? null,
    source: fields.source ?? null,
    campaign: fields.campaign ?? null,
    stage: status === undefined ? null : (statusMeaning(agreement, id.crm, id.object, status) ?? null),
    statusLabel: fields.statusLabel ?? null,
    persona: personaOf(lead, agreement),
    why: whyOf(situation),
    missing: flags.flatMap(({ what }) => (what.code === 'required' ? [what.field] : [])),
  };
}

/** Leads that a panel names beside its own. */
const alikeAtMost = 10;

async function alikeIn(flags: readonly QualityFlag[], context: WorkerContext): Promise<readonly AlikeLead[]> {
  const keys = [...new Set(flags.flatMap(({ what }) => (what.code === 'duplicate' ? what.leads : [])))];
  if (keys.length === 0) return [];
  const known = await context.withLedger((ledger) => ledger.load(keys.slice(0, alikeAtMost)));
  return [...known.values()].flatMap(({ record }) => {
    if (!record) return [];
    const { id, fields, url } = record.lead;
    const isOwnPage = url !== undefined && URL.parse(url)?.origin === id.origin;
    return [{ lead: record.key, name: fields.name ?? id.recordId, url: isOwnPage ? url : null }];
  });
}

export async function panelWork(
  record: LeadRecord,
  facts: readonly Fact[],
  inForce: AgreementInForce,
  me: Me,
  context: WorkerContext,
): Promise<PanelWork> {
  const { agreement } = inForce;
  const now = latestOf(facts, context.now());
  const situation = situationOf(facts, now);
  const [flags, snoozes] = await Promise.all([
    // Without its flags a panel is still a panel.
    flagsOf(record, facts, inForce, context).catch((): readonly QualityFlag[] => []),
    context.withLedger((ledger) => silentAt(ledger, now)).catch(() => new Map<LeadKey, number>()),
    speakAsChosen(),
  ]);
  const actor = actorOn(record, me.viewers, me.person);
  const escalated = escalatedFor(record.lead, record.clocks, inForce, me, now);
  const acting = { lead: record.key, facts, situation, agreement, actor, at: now, now };
  return {
    side: actor.side,
    me: actor.name,
    handOff: handOffOf(record.lead, situation, flags, agreement),
    facts: situation.facts.slice(-factsAtMost).toReversed(),
    olderFacts: Math.max(0, situation.facts.length - factsAtMost),
    flags,
    // Without them a panel is still a panel, too.
    alike: await alikeIn(flags, context).catch(() => []),
    reasons: agreement.taxonomy.reasons,
    parties: agreement.parties,
    offers: offersOf(acting),
    attempts: { made: situation.attempts, agreed: agreement.attempts },
    recycles: { done: situation.recycles, agreed: agreement.recycles },
    undoable: undoableIn(acting),
    snoozedUntil: snoozes.get(record.key) ?? null,
    ...(escalated === undefined ? {} : { escalated }),
  };
}

/** What people said of a lead that a list should show. */
function saidMarks(facts: readonly Fact[], { taxonomy }: Agreement, now: number): LeadMarks {
  const { unanswered, verdict } = situationOf(facts, latestOf(facts, now));
  const flag = unanswered.findLast((fact) => fact.kind === 'flag');
  const reason = flag && taxonomy.reasons.find(({ id }) => id === flag.reason);
  return {
    ...(flag ? { flag: reason?.label ? inWords(reason.label) : (flag.reason ?? '') } : {}),
    ...(verdict ? { verdict: verdict.verdict } : {}),
  };
}

/** Automatic flags are counted anew this often, ms: other leads' changes can make a duplicate of one that did not change. */
const countedForMs = 60_000;
const countsAtMost = 5_000;

const counted = new WeakMap<WorkerContext, Map<LeadKey, { readonly at: number; readonly count: number }>>();

async function autoFlags(
  leads: readonly (LeadToCheck & { readonly changed: boolean })[],
  inForce: AgreementInForce,
  context: WorkerContext,
): Promise<ReadonlyMap<LeadKey, { readonly count: number }>> {
  const now = context.now();
  let counts = counted.get(context);
  if (!counts || counts.size > countsAtMost) counted.set(context, (counts = new Map()));
  const due = leads.filter(({ record, changed }) => {
    const at = counts.get(record.key)?.at;
    return changed || at === undefined || Math.abs(now - at) >= countedForMs;
  });
  if (due.length === 0) return counts;
  const flags = await flagsOfAll(due, inForce, context).catch(() => new Map<LeadKey, readonly QualityFlag[]>());
  for (const { record } of due) counts.set(record.key, { at: now, count: flags.get(record.key)?.length ?? 0 });
  return counts;
}

/** Marks of each lead that has any. */
export async function marksOf(
  leads: readonly (LeadToCheck & { readonly changed: boolean })[],
  inForce: AgreementInForce,
  context: WorkerContext,
): Promise<Record<LeadKey, LeadMarks>> {
  const [counts] = await Promise.all([autoFlags(leads, inForce, context), speakAsChosen()]);
  const now = context.now();
  return Object.fromEntries(
    leads.flatMap(({ record, facts }) => {
      const auto = counts.get(record.key)?.count ?? 0;
      const marks = { ...saidMarks(facts, inForce.agreement, now), ...(auto > 0 ? { auto } : {}) };
      return Object.keys(marks).length > 0 ? [[record.key, marks] as const] : [];
    }),
  );
}

/**
 * Which facts an observation proves. Pure. An instant that the CRM states becomes an exact fact; a status without an
 * instant becomes a fact with bounds: not before it was last seen otherwise, not after the record's last change. Nothing
 * is inferred from our own or automated events, and nothing is guessed.
 */
import { normal } from './conditions';
import type { Evidence, Fact, FactContent, FactBase } from './facts';
import type { Lead, LeadFields, Observation, ReadInstant } from './lead';
import { mayAgree } from './merge';
import { standing } from './standing';

/** What the agreement says that a CRM's status means. */
export type Meaning = 'new' | 'accepted' | 'touched' | 'paused' | 'rejected' | 'won' | 'lost' | 'closed';

/** A fact before it has its id. */
export type FactDraft = Omit<FactBase, 'id'> & FactContent;

/** Up to this precision (ms) an instant counts as exact: CRMs that show minutes are as good as a person's watch. */
export const exactPrecision = 60_000;

interface Bounds {
  readonly at: number;
  readonly earliest?: number;
}

/** A read instant as the bounds of a fact; never later than when it was seen. */
function boundsOf(instant: ReadInstant, seenAt: number): Bounds {
  if (instant.precision <= exactPrecision) return { at: instant.at };
  return { at: Math.max(instant.at, Math.min(instant.at + instant.precision - 1, seenAt)), earliest: instant.at };
}

const closing = new Set<Meaning | undefined>(['won', 'lost', 'closed']);
const accepting = new Set<Meaning | undefined>(['accepted', 'touched', 'won']);

/**
 * Facts that this observation adds to what was known before it.
 * @param before the lead before this observation, `undefined` at first sight.
 * @param meaningOf the agreement's reading of a raw status.
 */
export function factsFrom(
  observation: Observation,
  key: string,
  before: Lead | undefined,
  meaningOf: (status: string) => Meaning | undefined,
): FactDraft[] {
  const { fields, seenAt } = observation;
  const drafts: FactDraft[] = [];
  const author = `crm:${observation.id.crm}`;
  const add = (bounds: Bounds, evidence: Evidence, content: FactContent): void => {
    drafts.push({ lead: key, ...bounds, author, evidence, ...content });
  };

  const handOff = fields.handedOverAt ?? fields.createdAt;
  if (handOff) add(boundsOf(handOff, seenAt), 'crm-field', { kind: 'hand-off' });
  for (const touch of new Set([fields.firstTouchAt, fields.lastTouchAt]))
    if (touch) add(boundsOf(touch, seenAt), 'crm-field', { kind: 'touch', channel: 'other' });
  if (fields.lastInboundAt)
    add(boundsOf(fields.lastInboundAt, seenAt), 'crm-field', { kind: 'inbound', channel: 'other' });

  // What follows compares with the past, so a late arrival from a stale tab must not speak.
  if (before && seenAt < before.seenAt) return drafts;
  addReassignment(observation, before, add);
  addTierChange(observation, before, add);
  const status = fields.status ?? (before?.fields.status === undefined ? fields.statusLabel : undefined);
  if (status !== undefined) addStatus(observation, status, before, meaningOf, add);
  return drafts;
}

/**
 * A hand-off beside those that were read before. A record is created once, so a better reading of its creation takes the
 * place of the one before: a finer one (the CRM's API after its page), or one that can't be true beside it (the person
 * corrected the zone of the page). One that is no better adds nothing.
 * @param facts those of the lead until now.
 * @returns the draft, with what it replaces; `null` where it adds nothing.
 */
export function withCorrection(
  draft: FactDraft,
  { fields, seenAt }: Observation,
  before: Lead | undefined,
  facts: Iterable<Fact>,
): FactDraft | null {
  const [now, then] = [fields.createdAt, before?.fields.createdAt];
  if (draft.kind !== 'hand-off' || !now || !then || fields.handedOverAt || before?.fields.handedOverAt) return draft;
  const others = standing([...facts]).filter(
    ({ kind, evidence, author }) => kind === draft.kind && evidence === draft.evidence && author === draft.author,
  );
  const known = others.find(({ earliest }) => earliest === undefined) ?? others[0];
  if (!known) return draft;
  const isStale = before !== undefined && seenAt < before.seenAt;
  const isBetter = mayAgree(now, then) ? now.precision < then.precision : now.precision <= then.precision && !isStale;
  return isBetter ? { ...draft, replaces: known.id } : null;
}

type Add = (bounds: Bounds, evidence: Evidence, content: FactContent) => void;

function ownerOf(fields: LeadFields): string | undefined {
  return fields.ownerId ?? fields.owner;
}

function addReassignment(observation: Observation, before: Lead | undefined, add: Add): void {
  const { fields, seenAt } = observation;
  const [now, then] = [ownerOf(fields), before && ownerOf(before.fields)];
  if (!before || now === undefined || then === undefined || now === then) return;
  // A page without ids next to an API with them is no change of owner.
  if ((fields.ownerId === undefined) !== (before.fields.ownerId === undefined)) return;
  const assigned = fields.assignedAt;
  const bounds =
    assigned && assigned.at >= before.seenAt ? boundsOf(assigned, seenAt) : { at: seenAt, earliest: before.seenAt };
  add(bounds, 'crm-field', {
    kind: 'reassignment',
    owner: fields.owner ?? now,
    ...(fields.ownerId === undefined ? {} : { ownerId: fields.ownerId }),
  });
}

/** Rule 9. A tier that is seen for the first time is no change; where it was written otherwise, conditions read it the same. */
function addTierChange(observation: Observation, before: Lead | undefined, add: Add): void {
  const { fields, seenAt } = observation;
  const [now, then] = [fields.tier, before?.fields.tier];
  if (!before || now === undefined || then === undefined || normal(now) === normal(then)) return;
  const at = Math.max(before.seenAt, latestChange(fields, seenAt));
  add({ at, earliest: before.seenAt }, 'crm-field', { kind: 'tier-change', tier: now, from: then });
}

function addStatus(
  observation: Observation,
  status: string,
  before: Lead | undefined,
  meaningOf: (status: string) => Meaning | undefined,
  add: Add,
): void {
  const { fields, seenAt } = observation;
  const meaning = meaningOf(status);
  const { closedAt, pausedAt } = fields;
  const isClosed = meaning === 'won' || meaning === 'lost' || meaning === 'closed';
  const reason = fields.statusLabel ?? status;
  // An instant that the CRM states stands whenever it is seen, also where the page showed the status first without it.
  if (isClosed && closedAt) add(boundsOf(closedAt, seenAt), 'crm-field', { kind: 'disposition', outcome: meaning });
  if (meaning === 'paused' && pausedAt) add(boundsOf(pausedAt, seenAt), 'crm-field', { kind: 'pause', reason });

  const then = before && isGrounded(before.fields) ? shownStatus(before.fields) : undefined;
  const said = then === undefined ? undefined : meaningOf(then);
  // What a label said first, the first raw status says better: with it comes when the record was last changed.
  const isBetter = fields.status !== undefined && before?.fields.status === undefined && accepting.has(meaning);
  const earlier = isBetter && meaning === said ? undefined : before;
  const change = changeBounds(fields, seenAt, earlier);
  const previous = earlier ? said : undefined;
  if (!change || meaning === undefined || meaning === previous) return;
  if (closing.has(previous) && !isClosed) add(change, 'crm-status', { kind: 'reopen' });
  if (previous === 'paused') add(change, 'crm-status', { kind: 'resume' });
  if (meaning === 'paused' && !pausedAt) add(change, 'crm-status', { kind: 'pause', reason });
  if ((meaning === 'accepted' || meaning === 'touched') && !accepting.has(previous))
    add(change, 'crm-status', { kind: 'verdict', verdict: 'accepted' });
  if (meaning === 'touched' && !fields.firstTouchAt && !fields.lastTouchAt)
    add(change, 'crm-status', { kind: 'touch', channel: 'other' });
  if (meaning === 'rejected') add(change, 'crm-status', { kind: 'verdict', verdict: 'rejected', reason: status });
  if (isClosed && !closedAt) add(change, 'crm-status', { kind: 'disposition', outcome: meaning });
}

/**
 * The internal status; where nothing tells it (some CRMs show labels alone), the label itself, which then is what the
 * agreement's mapping names.
 */
function shownStatus(fields: LeadFields): string | undefined {
  return fields.status ?? fields.statusLabel;
}

/** Whether the beginning of a lead is known: without one, a status has no earliest instant and proves nothing. */
function isGrounded(fields: LeadFields): boolean {
  return fields.createdAt !== undefined || fields.handedOverAt !== undefined;
}

/** What is seen now was so by the record's last change. */
function latestChange({ modifiedAt }: LeadFields, seenAt: number): number {
  return modifiedAt ? Math.min(seenAt, modifiedAt.at + modifiedAt.precision) : seenAt;
}

/**
 * When a status that is seen now was set: after it was last seen otherwise (or the lead began), and no later than the
 * record's last change. `null` while the lead's beginning is not known; then the next observation says it.
 */
function changeBounds(fields: LeadFields, seenAt: number, before: Lead | undefined): Bounds | null {
  const began = fields.createdAt ?? fields.handedOverAt ?? before?.fields.createdAt ?? before?.fields.handedOverAt;
  if (!began) return null;
  const seenOtherwise =
    before && shownStatus(before.fields) !== undefined && isGrounded(before.fields) ? before.seenAt : began.at;
  const latest = latestChange(fields, seenAt);
  // The CRM's clock and ours may differ by seconds: never an interval that ends before it begins.
  const at = Math.max(latest, Math.min(seenOtherwise, seenAt));
  return { at, earliest: Math.min(Math.max(seenOtherwise, began.at), at) };
}

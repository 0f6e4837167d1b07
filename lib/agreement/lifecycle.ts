/**
 * How an agreement comes into force. Where it stands is never stored, it follows from the signatures, the content and the time:
 *
 *     draft ─propose─▶ proposed ─both sides sign─▶ approved ─its instant─▶ effective ─the next one─▶ superseded
 *       ◀───────────── any edit, or withdrawing it ───────────────┘
 *
 * A signature counts for the content whose hash it carries and for no other, so an edit voids it whoever makes it. Pure: hashes
 * (of `signedText`) and instants (epoch ms) are given.
 */
import { contentOf, signedText } from './canonical';
import type { AgreementDocument, DocumentContent, Signature } from './document';
import { parties } from './parts';
import type { Party } from '../lead/facts';

export type LifecycleStage = 'draft' | 'proposed' | 'approved' | 'effective' | 'superseded';

export type LifecycleRefusal =
  /** A side names nobody who may sign. */
  | 'no-signatory'
  /** This person is not named for this side. */
  | 'not-named'
  /** It has no instant to take effect at. */
  | 'no-effective-instant'
  /** Its instant has passed, or comes before the agreed notice: what is agreed must not reach back. */
  | 'effective-too-soon'
  /** There is a version with this number, or a higher one, already. */
  | 'version-not-newer'
  | 'not-proposed'
  | 'already-proposed'
  | 'already-signed'
  | 'already-effective';

export type Step =
  | { readonly ok: true; readonly document: AgreementDocument }
  | { readonly ok: false; readonly code: LifecycleRefusal; readonly party?: Party };

/** Who does it, for which side, and when. */
export interface Actor {
  readonly party: Party;
  readonly by: string;
  readonly at: number;
}

const dayMs = 86_400_000;

/** People type their names: neither case nor blanks around one matter. */
const nameOf = (typed: string): string => typed.trim().normalize('NFC').toLowerCase();

function isNamed(document: AgreementDocument, { party, by }: Pick<Signature, 'party' | 'by'>): boolean {
  return document.parties[party].signatories?.some((name) => nameOf(name) === nameOf(by)) ?? false;
}

/** Signatures over this very content by people who are named in it. */
export function validSignatures(document: AgreementDocument, hash: string): readonly Signature[] {
  const signatures = document.approval?.signatures ?? [];
  return signatures.filter((one) => one.hash === hash && isNamed(document, one));
}

export function isApproved(document: AgreementDocument, hash: string): boolean {
  const valid = validSignatures(document, hash);
  return parties.every((party) => valid.some((one) => one.party === party));
}

const effectiveAt = ({ effectiveFrom }: AgreementDocument): number | null =>
  effectiveFrom === undefined ? null : Date.parse(effectiveFrom);

/** Where a document stands that nobody has put into force: its instant changes nothing about that. */
export function draftStage(
  document: AgreementDocument,
  hash: string,
): Extract<LifecycleStage, 'draft' | 'proposed' | 'approved'> {
  if (isApproved(document, hash)) return 'approved';
  return document.approval?.proposed?.hash === hash ? 'proposed' : 'draft';
}

/**
 * Where it stands.
 * @param hash of its present content.
 * @param successorFrom when a later approved version takes effect, epoch ms.
 */
export function stageOf(
  document: AgreementDocument,
  hash: string,
  now: number,
  successorFrom: number | null = null,
): LifecycleStage {
  const signed = draftStage(document, hash);
  const from = effectiveAt(document);
  if (signed !== 'approved' || from === null || now < from) return signed;
  return successorFrom !== null && successorFrom <= now ? 'superseded' : 'effective';
}

/**
 * Puts a draft before both sides. Signatures over other content are dropped.
 * @param latestVersion highest version that was ever approved, 0 for none.
 */
export function propose(document: AgreementDocument, hash: string, actor: Actor, latestVersion: number): Step {
  for (const party of parties)
    if ((document.parties[party].signatories?.length ?? 0) === 0) return { ok: false, code: 'no-signatory', party };
  if (document.approval?.proposed?.hash === hash) return { ok: false, code: 'already-proposed' };
  if (document.version <= latestVersion) return { ok: false, code: 'version-not-newer' };
  const from = effectiveAt(document);
  if (from === null) return { ok: false, code: 'no-effective-instant' };
  const notice = (document.management.update?.noticeDays ?? 0) * dayMs;
  if (from <= actor.at || from < actor.at + notice) return { ok: false, code: 'effective-too-soon' };
  const proposed = { ...stamped(actor), hash };
  return {
    ok: true,
    document: { ...document, approval: { proposed, signatures: [...validSignatures(document, hash)] } },
  };
}

/**
 * Why it can't come into force from now on any more; `null` where it can. Hand-offs since its instant were promised something
 * else; a later one has to be proposed.
 */
export function reachesBack(
  document: AgreementDocument,
  now: number,
): 'no-effective-instant' | 'effective-too-soon' | null {
  const from = effectiveAt(document);
  if (from === null) return 'no-effective-instant';
  return from <= now ? 'effective-too-soon' : null;
}

/** Signs what is proposed. Each side signs once; who signs must be named in what is signed. */
export function sign(document: AgreementDocument, hash: string, actor: Actor): Step {
  const { approval } = document;
  if (approval?.proposed?.hash !== hash) return { ok: false, code: 'not-proposed' };
  if (!isNamed(document, actor)) return { ok: false, code: 'not-named', party: actor.party };
  const valid = validSignatures(document, hash);
  if (valid.some(({ party }) => party === actor.party))
    return { ok: false, code: 'already-signed', party: actor.party };
  const code = reachesBack(document, actor.at);
  if (code) return { ok: false, code };
  return {
    ok: true,
    document: { ...document, approval: { ...approval, signatures: [...valid, { ...stamped(actor), hash }] } },
  };
}

/** Takes a proposal back, with the signatures under it. What is in force stays in force. */
export function withdraw(document: AgreementDocument, hash: string, now: number): Step {
  const stage = stageOf(document, hash, now);
  if (stage === 'effective') return { ok: false, code: 'already-effective' };
  return { ok: true, document: contentOf(document) };
}

/** The document with other content. Proposal and signatures go unless the content is the same, however it is written. */
export function edited(document: AgreementDocument, content: DocumentContent): AgreementDocument {
  const own = contentOf(content);
  const isSame = signedText(own) === signedText(document);
  return isSame && document.approval ? { ...own, approval: document.approval } : own;
}

/** A new draft to write the next version in: no signatures, no instant, no notes of the last change. */
export function nextDraft(document: AgreementDocument, latestVersion: number): AgreementDocument {
  const { approval: _approval, effectiveFrom: _from, notes: _notes, ...content } = document;
  return { ...content, version: Math.max(document.version, latestVersion) + 1 };
}

const stamped = ({ party, by, at }: Actor): Actor => ({ party, by: by.trim(), at });

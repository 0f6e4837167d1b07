/**
 * The draft of the next agreement, as this browser keeps it: whatever the editor holds, whole or not. The procedure so far is
 * the worker's alone: a text that comes from the page brings no signatures along, and an edit voids those that were there.
 */
import { z } from 'zod';
import { contentOf, signedText } from '../agreement/canonical';
import { documentSchema, type AgreementDocument } from '../agreement/document';
import type { Issue } from '../agreement/integrity';
import { draftStage, edited, nextDraft, reachesBack, validSignatures } from '../agreement/lifecycle';
import { readDocument } from '../agreement/read';
import type { DraftSaved, DraftState, DraftToSave } from '../messages/agreements';
import {
  clearShelf,
  draftSchema,
  openPacked,
  readShelf,
  shelfKeys,
  writeShelf,
  type KeptDraft,
} from '../settings/agreement-shelf';
import { pack, sha256 } from '../settings/packed';
import type { AgreementInForce, WorkerContext } from './context';

export interface Draft {
  readonly text: string;
  readonly savedAt: number;
  /** With its signatures; `null` where the text is no agreement. */
  readonly document: AgreementDocument | null;
  readonly issues: readonly Issue[];
}

/** What is signed, in one number. */
export const contentHash = (document: AgreementDocument): Promise<string> => sha256(signedText(document));

const approvalSchema = documentSchema.shape.approval.unwrap();

async function openDraft(kept: KeptDraft | null): Promise<Draft | null> {
  const text = kept && (await openPacked(kept.packed));
  if (!kept || text === null) return null;
  const { savedAt } = kept;
  const reading = readDocument(text);
  if (!reading.ok)
    return { text, savedAt, document: null, issues: reading.code === 'unreadable' ? reading.issues : [] };
  const approval = approvalSchema.safeParse(kept.approval);
  const content = contentOf(reading.document);
  return { text, savedAt, document: approval.success ? { ...content, approval: approval.data } : content, issues: [] };
}

export const readDraft = async (): Promise<Draft | null> => openDraft(await readShelf(shelfKeys.draft, draftSchema));

async function write(
  key: string,
  text: string,
  approval: AgreementDocument['approval'],
  now: number,
): Promise<boolean> {
  const packed = await pack(text);
  return writeShelf(key, { schema: 1, packed, ...(approval ? { approval } : {}), savedAt: now });
}

/** Keeps a document as the draft, with its signatures. @returns `false` where there is no room. */
export function keepDraft(document: AgreementDocument, now: number): Promise<boolean> {
  return write(shelfKeys.draft, JSON.stringify(contentOf(document)), document.approval, now);
}

/** Makes the draft the one before, for another that takes its place. */
async function setAside(): Promise<boolean> {
  const before = await readShelf(shelfKeys.draft, draftSchema);
  return !before || writeShelf(shelfKeys.draftBefore, before);
}

/** As `keepDraft`, for another draft: the one before is kept aside. */
export const replaceDraft = async (document: AgreementDocument, now: number): Promise<boolean> =>
  (await setAside()) && keepDraft(document, now);

export const hasDraftBefore = async (): Promise<boolean> =>
  (await readShelf(shelfKeys.draftBefore, draftSchema)) !== null;

/** Throws the draft away, or changes places with the one before. */
export async function dropDraft(restore: boolean): Promise<boolean> {
  const [now, before] = await Promise.all([
    readShelf(shelfKeys.draft, draftSchema),
    readShelf(shelfKeys.draftBefore, draftSchema),
  ]);
  if (!restore) {
    // Thrown away, and still to be had back.
    if (!(await setAside())) return false;
    await clearShelf(shelfKeys.draft);
    return true;
  }
  if (!before || !(await writeShelf(shelfKeys.draft, before))) return false;
  if (now) return writeShelf(shelfKeys.draftBefore, now);
  await clearShelf(shelfKeys.draftBefore);
  return true;
}

/** Without the procedure, which a page can't write. */
const withoutApproval = z.looseObject({ approval: z.unknown().optional() });

function textWithoutApproval(text: string): string {
  try {
    const parsed = withoutApproval.safeParse(JSON.parse(text));
    if (!parsed.success || parsed.data.approval === undefined) return text;
    const { approval: _approval, ...content } = parsed.data;
    return JSON.stringify(content);
  } catch {
    return text;
  }
}

export async function saveDraft(
  { text: given, base, keepBoth = false }: DraftToSave,
  context: WorkerContext,
): Promise<DraftSaved> {
  const now = context.now();
  const text = textWithoutApproval(given);
  const before = await readDraft();
  if ((before?.savedAt ?? null) !== base) {
    if (!keepBoth) return { ok: false, code: 'changed-elsewhere' };
    if (!(await setAside())) return { ok: false, code: 'full' };
  }
  const reading = readDocument(text);
  const signed = before?.document?.approval?.signatures.length ?? 0;
  const after = reading.ok
    ? edited(before?.document ?? contentOf(reading.document), contentOf(reading.document))
    : null;
  const ok = await write(shelfKeys.draft, text, after?.approval, now);
  if (!ok) return { ok: false, code: 'full' };
  const approval = after?.approval;
  const voided = signed - (approval?.signatures.length ?? 0);
  return { ok: true, at: now, voided, isProposed: approval?.proposed !== undefined };
}

/** The highest version that was ever in force or is to be; 0 for none. */
export function latestVersion({ known, coming }: Pick<AgreementInForce, 'known' | 'coming'>): number {
  return [...known, ...coming].reduce(
    (highest, { document, source }) => (source === 'built-in' ? highest : Math.max(highest, document.version)),
    0,
  );
}

/** A draft of the next version of what is in force; of the built-in agreement a first one, under a name of its own. */
export function draftFrom(
  document: AgreementDocument,
  inForce: Pick<AgreementInForce, 'known' | 'coming' | 'source' | 'document'>,
): AgreementDocument {
  const latest = latestVersion(inForce);
  const id =
    inForce.source === 'built-in'
      ? `${document.id.slice(0, 40)}-${crypto.randomUUID().slice(0, 8)}`
      : inForce.document.id;
  const next = nextDraft({ ...document, id, version: 0 }, latest);
  return { ...next, version: latest + 1 };
}

export async function draftState(draft: Draft, now: number): Promise<DraftState> {
  const { text, savedAt, document, issues } = draft;
  if (!document) return { text, savedAt, document, stage: 'draft', hasPassed: false, issues, signatures: [] };
  const hash = await contentHash(document);
  const stage = draftStage(document, hash);
  const hasPassed = stage !== 'draft' && reachesBack(document, now) === 'effective-too-soon';
  return { text, savedAt, document, stage, hasPassed, issues, signatures: validSignatures(document, hash) };
}

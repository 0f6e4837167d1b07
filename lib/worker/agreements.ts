/**
 * The change procedure behind the options page: draft, proposal, signatures, publication, acknowledgement. What may follow
 * what is `lib/agreement/lifecycle`'s to say; here stands where it is kept and who the person is. Nothing that is published
 * is ever edited: the next version takes its place at its instant.
 */
import { contentOf } from '../agreement/canonical';
import { defaultTerms } from '../agreement/defaults';
import type { AgreementDocument } from '../agreement/document';
import {
  isApproved,
  propose,
  reachesBack,
  sign,
  validSignatures,
  withdraw,
  type Actor,
  type Step,
} from '../agreement/lifecycle';
import { presets, type PresetId } from '../agreement/presets';
import { validate } from '../agreement/validate';
import type { Party } from '../lead/facts';
import type { AgreementRefusal, AgreementReply, AgreementState, VersionRow } from '../messages/agreements';
import type { AgreementSource } from '../messages/agreements';
import type { Book } from '../settings/agreement-shelf';
import { clearShelf, readHistory, shelfKeys } from '../settings/agreement-shelf';
import { readPerson } from '../settings/person';
import { readPolicy, readPolicyNow, type Policy } from '../settings/policy';
import { hashOf, queue, readSync, resolveConflict } from '../settings/sync-agreement';
import { type KnownVersion } from '../settings/versions';
import {
  contentHash,
  draftFrom,
  draftState,
  hasDraftBefore,
  keepDraft,
  latestVersion,
  readDraft,
  replaceDraft,
} from './agreement-draft';
import { acknowledgements, agreementLead, keepAcknowledgement, keepApprovals } from './agreement-facts';
import { agreementArrived } from './agreement-upkeep';
import type { AgreementInForce, WorkerContext } from './context';
import { reasonsInUse } from './reasons-in-use';
import { teamState } from './team';

const refused = (code: AgreementRefusal, party?: Party): AgreementReply =>
  party === undefined ? { ok: false, code } : { ok: false, code, party };

const done: AgreementReply = { ok: true };

/** Where each field's value comes from. The document is taken whole; what it leaves out has the built-in default. */
export function sourcesOf(document: AgreementDocument, source: AgreementSource): Record<string, AgreementSource> {
  const { services, management } = document;
  const all: Record<string, AgreementSource> = { agreement: source };
  const say = (path: string, value: unknown): void => {
    all[path] = value === undefined ? 'built-in' : source;
  };
  for (const name of ['aims', 'scope', 'commitments', 'responsibilities', 'availability'] as const)
    say(`services.${name}`, services[name]);
  for (const name of Object.keys(defaultTerms) as (keyof typeof defaultTerms)[])
    if (name !== 'parties' && name !== 'scope')
      say(
        `management.${name}`,
        name === 'stages' || name === 'personas' || name === 'teams'
          ? management.definitions?.[name]
          : management[name],
      );
  for (const name of ['atRisk', 'enforcedFrom', 'measures', 'reports', 'clauses', 'update'] as const)
    say(`management.${name}`, management[name]);
  return all;
}

async function versionRows(inForce: AgreementInForce, context: WorkerContext): Promise<VersionRow[]> {
  const all = [...inForce.coming.toReversed(), ...inForce.known].filter(({ source }) => source !== 'built-in');
  const keys = all.map(({ document: { id, version } }) => agreementLead(id, version));
  const said = await acknowledgements(keys, context);
  return Promise.all(
    all.map(async ({ document, source }, index): Promise<VersionRow> => ({
      document,
      source,
      stage: stageIn(document, inForce),
      isSigned: isApproved(document, await contentHash(document)),
      acknowledged: said.get(keys[index] ?? '') ?? [],
    })),
  );
}

function stageIn(document: AgreementDocument, { coming, known }: AgreementInForce): VersionRow['stage'] {
  if (coming.some((one) => one.document === document)) return 'approved';
  return known[0]?.document === document ? 'effective' : 'superseded';
}

export async function agreementState(context: WorkerContext): Promise<AgreementState> {
  const now = context.now();
  const [inForce, draft, policy, { person, byPolicy = [] }, sync, before, reasons, team] = await Promise.all([
    context.agreement(),
    readDraft(),
    readPolicy(),
    readPerson(),
    readSync(),
    hasDraftBefore(),
    reasonsInUse(context),
    teamState(now),
  ]);
  const versions = await versionRows(inForce, context);
  const sources = sourcesOf(inForce.document, inForce.source);
  for (const name of Object.keys(person))
    if (name !== 'schema') sources[`person.${name}`] = byPolicy.includes(name) ? 'policy' : 'sync';
  return {
    asOf: now,
    document: inForce.document,
    source: inForce.source,
    sources,
    versions,
    draft: draft && (await draftState(draft, now)),
    hasDraftBefore: before,
    conflict: sync.conflict && { mine: sync.conflict.mine.book[0], theirs: sync.conflict.theirs.book[0] },
    problems: inForce.problems,
    toAcknowledge: versions
      .filter(({ stage, acknowledged }) => stage !== 'superseded' && !acknowledged.some(({ by }) => by === person.name))
      .map(({ document: { id, version, effectiveFrom } }) =>
        effectiveFrom === undefined ? { id, version } : { id, version, effectiveFrom },
      ),
    isLocked: isLocked(policy, inForce),
    team,
    reasonsInUse: reasons,
  };
}

/** The organisation has one in force or on its way, or wants none to be written here. */
function isLocked({ locked, agreement, address }: Policy, { known, coming }: AgreementInForce): boolean {
  if (locked.includes('agreement')) return true;
  const isSet = agreement !== undefined || address !== undefined;
  return isSet && isFrom('policy', { known, coming });
}

const isFrom = (wanted: AgreementSource, { known, coming }: Pick<AgreementInForce, 'known' | 'coming'>): boolean =>
  [...known, ...coming].some(({ source }) => source === wanted);

const presetDocument = (id: PresetId): AgreementDocument | undefined =>
  presets().find((one) => one.id === id)?.document;

export async function startDraft(from: 'in-force' | PresetId, context: WorkerContext): Promise<AgreementReply> {
  const inForce = await context.agreement();
  const document = from === 'in-force' ? inForce.document : presetDocument(from);
  if (!document) return refused('no-such-version');
  return (await replaceDraft(draftFrom(document, inForce), context.now())) ? done : refused('not-kept');
}

/** First run: somebody alone can't sign for two sides, and needs no signature for what only they see. */
export async function adoptPreset(preset: PresetId, context: WorkerContext): Promise<AgreementReply> {
  const inForce = await context.agreement();
  if (isLocked(await readPolicyNow(), inForce)) return refused('set-by-policy');
  if (latestVersion(inForce) > 0) return refused('has-agreement');
  const document = presetDocument(preset);
  if (!document) return refused('no-such-version');
  return keepInForce([draftFrom(document, inForce)], context);
}

interface Proposal {
  readonly document: AgreementDocument;
  readonly hash: string;
  readonly inForce: AgreementInForce;
}

async function openProposal(context: WorkerContext): Promise<Proposal | AgreementReply> {
  const [draft, inForce] = await Promise.all([readDraft(), context.agreement()]);
  if (!draft) return refused('no-draft');
  if (!draft.document) return { ok: false, code: 'invalid', issues: draft.issues };
  return { document: draft.document, hash: await contentHash(draft.document), inForce };
}

const isProposal = (opened: Proposal | AgreementReply): opened is Proposal => 'document' in opened;

async function whoActs(
  as: { readonly party: Party; readonly by: string } | undefined,
  context: WorkerContext,
): Promise<Actor | AgreementReply> {
  const at = context.now();
  if (as) return { ...as, at };
  const { person } = await readPerson();
  if (!person.name) return refused('name-unknown');
  if (!person.side) return refused('side-unknown');
  return { party: person.side, by: person.name, at };
}

const isActor = (who: Actor | AgreementReply): who is Actor => 'by' in who;

async function keepStep(step: Step, context: WorkerContext): Promise<AgreementReply> {
  if (!step.ok) return refused(step.code, step.party);
  return (await keepDraft(step.document, context.now())) ? done : refused('not-kept');
}

export async function proposeDraft(context: WorkerContext): Promise<AgreementReply> {
  const [opened, who, reasons] = await Promise.all([
    openProposal(context),
    whoActs(undefined, context),
    reasonsInUse(context),
  ]);
  if (!isProposal(opened)) return opened;
  const sound = validate(contentOf(opened.document), reasons);
  if (!sound.ok) return { ok: false, code: 'invalid', issues: sound.issues };
  if (!isActor(who)) return who;
  return keepStep(propose(opened.document, opened.hash, who, latestVersion(opened.inForce)), context);
}

export async function signDraft(
  as: { readonly party: Party; readonly by: string } | undefined,
  context: WorkerContext,
): Promise<AgreementReply> {
  const [opened, who] = await Promise.all([openProposal(context), whoActs(as, context)]);
  if (!isProposal(opened)) return opened;
  if (!isActor(who)) return who;
  const { document, hash } = opened;
  const reply = await keepStep(sign(document, hash, who), context);
  // Where the ledger does not answer now, publishing puts it on record; without that nothing is published.
  const { id, version } = document;
  if (reply.ok) await keepApprovals([{ id, version, ...who, by: who.by.trim(), hash }], context);
  return reply;
}

export async function withdrawDraft(context: WorkerContext): Promise<AgreementReply> {
  const opened = await openProposal(context);
  if (!isProposal(opened)) return opened;
  // What was published is no longer the draft's to take back.
  return keepStep(withdraw(opened.document, opened.hash, Number.NEGATIVE_INFINITY), context);
}

/** What both sides signed becomes the next version here and, through sync, in the person's other browsers. */
export async function publishDraft(context: WorkerContext): Promise<AgreementReply> {
  const opened = await openProposal(context);
  if (!isProposal(opened)) return opened;
  const { document, hash, inForce } = opened;
  if (isLocked(await readPolicyNow(), inForce)) return refused('set-by-policy');
  if (isFrom('team', inForce)) return refused('set-by-team');
  if (!isApproved(document, hash)) return refused('not-approved');
  const late = reachesBack(document, context.now());
  if (late) return refused(late);
  if (document.version <= latestVersion(inForce)) return refused('version-not-newer');
  // Signatures that came with a file were given elsewhere; the record here should have them, too.
  const { id, version } = document;
  const signed = validSignatures(document, hash).map(({ by, party, at }) => ({ id, version, by, party, at, hash }));
  if (!(await keepApprovals(signed, context))) return refused('ledger-unavailable');
  const older = [...inForce.coming.toReversed(), ...inForce.known].filter(isOwn).map((one) => one.document);
  const reply = await keepInForce([document, ...older], context);
  if (reply.ok) await clearShelf(shelfKeys.draft);
  return reply;
}

const isOwn = ({ source }: KnownVersion): boolean => source === 'sync';

/** Versions that travel together: those that open leads of a few months may be bound to. */
const versionsTogether = 10;

async function keepInForce(documents: Book, context: WorkerContext): Promise<AgreementReply> {
  const [first, ...rest] = documents;
  const book: Book = [first, ...rest.slice(0, versionsTogether - 1)];
  if (!(await queue({ book, hash: await hashOf(book), resolves: [] }, context.now()))) return refused('not-kept');
  await agreementArrived(context);
  return done;
}

export async function chooseVersion(choice: 'mine' | 'theirs', context: WorkerContext): Promise<AgreementReply> {
  if (!(await resolveConflict(choice, context.now()))) return refused('no-conflict');
  await agreementArrived(context);
  return done;
}

export async function acknowledge(
  { id, version }: { readonly id: string; readonly version: number },
  context: WorkerContext,
): Promise<AgreementReply> {
  const [inForce, { person }, history] = await Promise.all([context.agreement(), readPerson(), readHistory()]);
  if (!person.name) return refused('name-unknown');
  const isKnown =
    [...inForce.coming, ...inForce.known].some(
      ({ document, source }) => source !== 'built-in' && document.id === id && document.version === version,
    ) || history.some((one) => one.id === id && one.version === version);
  if (!isKnown) return refused('no-such-version');
  const key = agreementLead(id, version);
  const said = (await acknowledgements([key], context)).get(key) ?? [];
  if (said.some(({ by }) => by === person.name)) return refused('already-acknowledged');
  const stated = { id, version, by: person.name, party: person.side, at: context.now() };
  return (await keepAcknowledgement(stated, context)) ? done : refused('ledger-unavailable');
}

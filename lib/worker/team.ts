/**
 * The team's address behind the options page: naming it, asking it now, and putting there what both sides have signed. It is
 * the team's server that says who may write; nothing of the person goes there, so a server that wants a name and a password
 * refuses, and that is said.
 */
import type { AgreementDocument } from '../agreement/document';
import { isApproved, reachesBack, validSignatures } from '../agreement/lifecycle';
import type { TeamPublished, TeamSaved, TeamState } from '../messages/team';
import { mayAsk, siteOf, timeoutMs, type KeptAddress } from '../settings/agreement-address';
import { clearShelf, openBook, shelfKeys, volumeOf, type Book } from '../settings/agreement-shelf';
import { readSync } from '../settings/sync-agreement';
import { readTeam, readTeamKept, refreshTeam, writeTeam } from '../settings/team-address';
import { giveBackTeamSite, keepTeamSite, readTeamSite } from '../settings/team-site';
import { effectiveAt } from '../settings/versions';
import { contentHash, readDraft } from './agreement-draft';
import { keepApprovals } from './agreement-facts';
import { agreementArrived } from './agreement-upkeep';
import type { AgreementInForce, WorkerContext } from './context';
import { reconcileSites } from './sites';

interface ToPublish {
  readonly document: AgreementDocument;
  readonly hash: string;
  /** It is the draft, which is one no longer once it is published. */
  readonly isDraft: boolean;
}

type NotPublished = 'nothing' | 'effective-too-soon' | 'no-effective-instant';

const versionAt = async (kept: KeptAddress | null): Promise<number | null> => {
  const book = kept?.good ? await openBook(kept.good.packed) : null;
  return book?.[0].version ?? null;
};

/**
 * What both sides signed here and what is newer than what lies at the address: the draft, else what is in force here. A draft
 * must not reach back; what is in force here was put there in time.
 */
async function toPublish(kept: KeptAddress | null, now: number): Promise<ToPublish | NotPublished> {
  const [draft, { held }, there] = await Promise.all([readDraft(), readSync(), versionAt(kept)]);
  let why: NotPublished = 'nothing';
  for (const document of [draft?.document, held?.book[0]]) {
    if (!document || document.version <= (there ?? 0)) continue;
    const hash = await contentHash(document);
    if (!isApproved(document, hash)) continue;
    const isDraft = document === draft?.document;
    const late = isDraft ? reachesBack(document, now) : null;
    if (!late) return { document, hash, isDraft };
    why = late;
  }
  return why;
}

export async function teamState(now: number): Promise<TeamState> {
  const [{ address, byPolicy }, kept] = await Promise.all([readTeam(), readTeamKept()]);
  const none = { granted: false, checkedAt: null, good: null, failing: null, toPublish: null };
  if (!address) return { url: null, byPolicy, ...none };
  const isAsked = kept?.url === address.url;
  const [granted, version, publishable] = await Promise.all([
    mayAsk(address.url),
    versionAt(kept),
    toPublish(kept, now),
  ]);
  return {
    url: address.url,
    byPolicy,
    granted,
    checkedAt: isAsked ? kept.checkedAt : null,
    good: kept?.good && version !== null ? { version, fetchedAt: kept.good.fetchedAt } : null,
    failing: (isAsked && kept.failing) || null,
    toPublish: typeof publishable === 'string' ? null : publishable.document.version,
  };
}

export async function saveTeamAddress(
  { url, isCrm }: { readonly url: string | null; readonly isCrm: boolean },
  context: WorkerContext,
): Promise<TeamSaved> {
  const { byPolicy, address } = await readTeam();
  // The organisation's is not changed; that its site was allowed is of use all the same.
  if (byPolicy && url !== address?.url) return { ok: false, code: 'set-by-policy' };
  if (!byPolicy && !(await writeTeam(url))) return { ok: false, code: 'not-kept' };
  const site = url === null ? null : siteOf(url);
  const before = await readTeamSite();
  if (before !== null && before !== site) await giveBackTeamSite();
  if (site !== null && !isCrm) await keepTeamSite(site);
  // The browser told of the permission before we knew what it is for.
  await reconcileSites();
  return readTeamAddress(context);
}

export async function readTeamAddress(context: WorkerContext): Promise<TeamSaved> {
  await refreshTeam(context.now(), true);
  await agreementArrived(context);
  const kept = await readTeamKept();
  return { ok: true, isRead: kept !== null && kept.failing === undefined };
}

const refusals: Readonly<Record<number, Extract<TeamPublished, { ok: false }>['code']>> = {
  401: 'not-allowed',
  403: 'not-allowed',
  409: 'changed',
  412: 'changed',
};

/** CouchDB: docs.couchdb.org, "PUT /{db}/{docid}". The revision says which one is replaced; without one there is none yet. */
function put(url: string, document: object, revision: string | undefined): Promise<Response> {
  return fetch(url, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(revision === undefined ? document : { ...document, _rev: revision }),
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(timeoutMs),
  });
}

/** Until its instant those before it govern: a browser that comes to the team meanwhile needs them, too. */
function withThoseUntil(document: AgreementDocument, { coming, known }: AgreementInForce): Book {
  const from = effectiveAt(document);
  const before = [...coming, ...known.slice(0, 1)].filter(
    (one) => one.source !== 'built-in' && one.document.version < document.version && effectiveAt(one.document) < from,
  );
  return [document, ...before.map((one) => one.document)];
}

export async function publishToTeam(context: WorkerContext): Promise<TeamPublished> {
  const [{ address }, kept, inForce] = await Promise.all([readTeam(), readTeamKept(), context.agreement()]);
  if (!address) return { ok: false, code: 'no-address' };
  if (inForce.source === 'policy') return { ok: false, code: 'set-by-policy' };
  const publishable = await toPublish(kept, context.now());
  if (typeof publishable === 'string') return { ok: false, code: publishable };
  const { document, hash, isDraft } = publishable;
  const { id, version } = document;
  const signed = validSignatures(document, hash).map(({ by, party, at }) => ({ id, version, by, party, at, hash }));
  if (!(await keepApprovals(signed, context))) return { ok: false, code: 'ledger-unavailable' };
  const revision = kept?.good?.url === address.url ? kept.good.revision : undefined;
  const response = await put(address.url, volumeOf(withThoseUntil(document, inForce)), revision).catch(() => null);
  if (!response) return { ok: false, code: 'unreachable' };
  if (!response.ok) {
    const code = refusals[response.status] ?? 'not-writable';
    if (code === 'changed') await readTeamAddress(context);
    return { ok: false, code, status: response.status };
  }
  if (isDraft) await clearShelf(shelfKeys.draft);
  await readTeamAddress(context);
  return { ok: true, version };
}

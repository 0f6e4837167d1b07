/**
 * The agreement in force in this browser: browser policy > team > storage.sync > built-in, and the versions before it. Reading
 * never writes to where an agreement came from; an unreadable one is kept aside and the next one down is used, and said.
 */
import { signedText } from '../agreement/canonical';
import type { AgreementDocument } from '../agreement/document';
import { agreementOf } from '../agreement/flat';
import { readDocument } from '../agreement/read';
import { resolveAgreement } from '../agreement/resolve';
import type { Agreement } from '../agreement/schema';
import type { AgreementSource } from '../messages/agreements';
import type { Problem } from '../messages/problems';
import {
  conflictSchema,
  openBook,
  openPacked,
  readBook,
  readHistory,
  readShelf,
  shelfKeys,
  type Seen,
} from './agreement-shelf';
import { sha256 } from './packed';
import type { KeptAddress } from './agreement-address';
import { readAddress } from './policy-address';
import { readPolicy, type Policy } from './policy';
import { keepAside } from './stored';
import { readTeam, readTeamKept, type NamedTeam } from './team-address';
import { agreementKey, readSync, told, type SyncState } from './sync-agreement';
import { effectiveAt, inForceAt, lineage, type KnownVersion } from './versions';

export interface EffectiveAgreement {
  /** With the zone `local` replaced. */
  readonly agreement: Agreement;
  readonly document: AgreementDocument;
  readonly source: AgreementSource;
  /** In force now or before, newest first, zones named: what clocks are evaluated with. */
  readonly versions: readonly Agreement[];
  /** The same, as they were written. */
  readonly known: readonly KnownVersion[];
  /** Approved, with their instant ahead, soonest first. */
  readonly coming: readonly KnownVersion[];
  /** When the next one takes effect, epoch ms; `null` where none waits. */
  readonly nextAt: number | null;
  readonly problems: readonly Problem[];
}

export type AgreementReading =
  | { readonly ok: true; readonly agreement: Agreement; readonly document: AgreementDocument }
  | { readonly ok: false; readonly code: 'agreement-unreadable' | 'agreement-newer'; readonly detail: string };

/** Parses an agreement from storage, a policy or a file: a document or the flat form, as an object or its JSON. */
export function parseAgreement(raw: unknown): AgreementReading {
  const reading = readDocument(raw);
  if (reading.ok) return { ok: true, agreement: agreementOf(reading.document), document: reading.document };
  return reading.code === 'newer'
    ? { ok: false, code: 'agreement-newer', detail: `schema ${reading.schema}` }
    : { ok: false, code: 'agreement-unreadable', detail: told(reading.issues) };
}

interface Found {
  readonly documents: readonly AgreementDocument[];
  readonly problems: readonly Problem[];
}

/** The organisation's: what stands in the policy itself, else the last good one from its address. */
async function fromPolicy(policy: Policy, address: KeptAddress | null, now: number): Promise<Found> {
  const problems: Problem[] = [];
  const say = (code: Problem['code'], detail: string, since = now): void => void problems.push({ code, since, detail });
  if (policy.ignored.length > 0) say('policy-ignored', policy.ignored.join(', ').slice(0, 480));
  if (policy.agreement !== undefined && policy.address) say('policy-twice', 'agreement, agreementUrl');
  if (policy.agreement !== undefined) {
    const reading = readBook(policy.agreement);
    if (reading.ok) return { documents: reading.book, problems };
    if (reading.code === 'newer') say('agreement-newer', `policy: schema ${reading.schema}`);
    else say('agreement-unreadable', `policy: ${told(reading.issues)}`);
  }
  if (!policy.address) return { documents: [], problems };
  const { failing } = address?.url === policy.address.url ? address : { failing: undefined };
  if (failing)
    say(
      failing.code === 'blocked'
        ? 'policy-blocked'
        : failing.code === 'checksum'
          ? 'policy-checksum'
          : 'policy-failing',
      [failing.code, failing.detail].filter(Boolean).join(': '),
      failing.since,
    );
  return { documents: await lastGood(address), problems };
}

async function lastGood(kept: KeptAddress | null): Promise<readonly AgreementDocument[]> {
  const text = kept?.good ? await openPacked(kept.good.packed) : null;
  const reading = text === null ? null : readBook(text);
  return reading?.ok ? reading.book : [];
}

/** The last good one from the team's address. */
async function fromTeam({ address, readable }: NamedTeam, kept: KeptAddress | null, now: number): Promise<Found> {
  const problems: Problem[] = readable ? [] : [{ code: 'settings-unreadable', since: now, detail: 'team' }];
  if (!address) return { documents: [], problems };
  const { failing } = kept?.url === address.url ? kept : { failing: undefined };
  if (failing)
    problems.push({
      code: failing.code === 'blocked' ? 'team-blocked' : 'team-failing',
      since: failing.since,
      detail: [failing.code, failing.detail].filter(Boolean).join(': '),
    });
  return { documents: await lastGood(kept), problems };
}

async function fromSync(state: SyncState, now: number): Promise<Found> {
  const problems: Problem[] = [];
  for (const trouble of state.troubles) {
    if (trouble.kind === 'newer') {
      problems.push({ code: 'agreement-newer', since: now, detail: `sync: schema ${trouble.schema}` });
      continue;
    }
    problems.push({ code: 'agreement-unreadable', since: now, detail: `sync: ${trouble.detail}` });
    if (trouble.raw !== undefined) await keepAside('sync', agreementKey, trouble.raw);
  }
  if (state.arriving)
    problems.push({ code: 'agreement-arriving', since: now, detail: `version ${state.arriving.version}` });
  if (state.conflict) {
    const kept = await readShelf(shelfKeys.conflict, conflictSchema);
    const [{ version }] = state.conflict.mine.book;
    problems.push({ code: 'agreement-conflict', since: kept?.since ?? now, detail: `version ${version}` });
  }
  if (state.pending?.failure)
    problems.push({ code: 'agreement-not-synced', since: state.pending.since, detail: state.pending.failure });
  return { documents: state.held?.book ?? [], problems };
}

async function readKnown(): Promise<KnownVersion[]> {
  const kept = await readHistory();
  const opened = await Promise.all(kept.map(async ({ packed, source }) => ({ book: await openBook(packed), source })));
  return opened.flatMap(({ book, source }) => (book ? [{ document: book[0], source }] : []));
}

/**
 * Reads the effective agreement.
 * @param zone the browser's IANA zone; stands in for `local`.
 * @param now epoch ms, dates the problems and says which version is in force.
 */
export async function readEffectiveAgreement(zone: string, now: number): Promise<EffectiveAgreement> {
  const [policy, address, sync, history, team, kept] = await Promise.all([
    readPolicy(),
    readAddress(),
    readSync(),
    readKnown(),
    readTeam(),
    readTeamKept(),
  ]);
  const set = await fromPolicy(policy, address, now);
  const common = await fromTeam(team, kept, now);
  const shared = await fromSync(sync, now);
  const all = lineage(
    [
      { source: 'policy', documents: set.documents },
      { source: 'team', documents: common.documents },
      { source: 'sync', documents: shared.documents },
    ],
    history,
  );
  const { versions, coming } = inForceAt(all, now);
  const resolved = versions.map(({ agreement }) => resolveAgreement(agreement, zone));
  const [first] = versions;
  const [agreement] = resolved;
  if (!first || !agreement) throw new Error('there is always the built-in agreement');
  const next = coming[0];
  return {
    agreement,
    document: first.document,
    source: first.source,
    versions: resolved,
    known: versions.map(({ document, source }) => ({ document, source })),
    coming,
    nextAt: next ? effectiveAt(next.document) : null,
    problems: [...set.problems, ...common.problems, ...shared.problems],
  };
}

/** What of it has to be kept for when it is superseded. */
export async function toKeep({ known, coming }: EffectiveAgreement): Promise<Seen[]> {
  const written = [...coming, ...known].filter(({ source }) => source !== 'built-in');
  return Promise.all(
    written.map(async ({ document, source }) => ({ document, source, hash: await sha256(signedText(document)) })),
  );
}

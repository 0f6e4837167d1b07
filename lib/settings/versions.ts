/**
 * Which versions of which agreements govern leads here. Clocks are bound to the version in force at the hand-off (rule 8), so
 * a version that was in force stays known. Pure; zones stay as written, `resolve` comes after.
 *
 * A document is taken as a whole from the first source that has one. Where it takes effect only at an instant, what comes next
 * in the order governs until then: browser policy, the team's, storage.sync, then the built-in agreement.
 */
import { defaultAgreement } from '../agreement/default';
import type { AgreementDocument } from '../agreement/document';
import { agreementOf } from '../agreement/flat';
import { documentOf } from '../agreement/migrate';
import type { Agreement } from '../agreement/schema';
import type { AgreementSource } from '../messages/agreements';

export interface KnownVersion {
  readonly document: AgreementDocument;
  readonly source: AgreementSource;
}

/** Epoch ms; `-Infinity` for "since always". */
export function effectiveAt({ effectiveFrom }: Pick<AgreementDocument, 'effectiveFrom'>): number {
  return effectiveFrom === undefined ? Number.NEGATIVE_INFINITY : Date.parse(effectiveFrom);
}

/** The number that the built-in agreement has below one that people wrote: no version of theirs has it. */
export const builtInVersion = 0;

/** Newest first, as clocks look for them. */
const byInstant = (a: KnownVersion, b: KnownVersion): number => {
  const [x, y] = [effectiveAt(a.document), effectiveAt(b.document)];
  return x === y ? b.document.version - a.document.version : y > x ? 1 : -1;
};

/** The earliest instant at which any of them takes effect. */
const earliest = (versions: readonly KnownVersion[]): number =>
  versions.reduce((least, { document }) => Math.min(least, effectiveAt(document)), Number.POSITIVE_INFINITY);

/**
 * @param books what each source has now, in the order of the sources, each newest first.
 * @param history versions that were in force here, newest first.
 * @returns all that govern or will, newest first, without the built-in one.
 */
export function lineage(
  books: readonly { readonly source: AgreementSource; readonly documents: readonly AgreementDocument[] }[],
  history: readonly KnownVersion[],
): KnownVersion[] {
  const known: KnownVersion[] = [];
  for (const { source, documents } of books) {
    const since = earliest(known);
    // Only what was before it: a source further down has no say over what one above governs.
    for (const document of documents) {
      const from = effectiveAt(document);
      if (from < since && !has(known, document)) known.push({ document, source });
    }
  }
  const [newest] = known.toSorted(byInstant);
  if (!newest) return [];
  const since = earliest(known);
  for (const version of history) {
    const { document } = version;
    const isOlder = document.id === newest.document.id && document.version < newest.document.version;
    if ((isOlder || effectiveAt(document) < since) && !has(known, document)) known.push(version);
  }
  return withoutHidden(known.toSorted(byInstant));
}

const has = (known: readonly KnownVersion[], { id, version }: AgreementDocument): boolean =>
  known.some(({ document }) => document.id === id && document.version === version);

/** Of those since always only the first is ever in force. */
function withoutHidden(versions: readonly KnownVersion[]): KnownVersion[] {
  const always = versions.findIndex(({ document }) => effectiveAt(document) === Number.NEGATIVE_INFINITY);
  return always === -1 ? [...versions] : versions.slice(0, always + 1);
}

export interface InForce {
  /** In force now or before, newest first; never empty. */
  readonly versions: readonly (KnownVersion & { readonly agreement: Agreement })[];
  /** Approved, with their instant ahead, soonest first. */
  readonly coming: readonly KnownVersion[];
}

/** @param now epoch ms */
export function inForceAt(known: readonly KnownVersion[], now: number): InForce {
  const begun = known.filter(({ document }) => effectiveAt(document) <= now);
  const coming = known.filter(({ document }) => effectiveAt(document) > now).toReversed();
  const versions = begun.map(({ document, source }) => ({ document, source, agreement: agreementOf(document) }));
  const oldest = versions.at(-1);
  if (oldest?.document.effectiveFrom === undefined && oldest) return { versions: apart(versions), coming };
  return { versions: apart([...versions, builtIn(oldest?.agreement)]), coming };
}

const builtInDocument = documentOf(defaultAgreement);

/** What holds until a team's first version does. Who was not to be judged before a date (rule 13) is not judged by it either. */
function builtIn(first: Agreement | undefined): InForce['versions'][number] {
  if (!first) return { document: builtInDocument, source: 'built-in', agreement: defaultAgreement };
  const { enforcedFrom } = first;
  const agreement = {
    ...defaultAgreement,
    version: builtInVersion,
    ...(enforcedFrom === undefined ? {} : { enforcedFrom }),
  };
  return { document: builtInDocument, source: 'built-in', agreement };
}

/**
 * Pages tick by calendars' names: where an older version means other hours by a name, its calendar gets a name of its own.
 */
function apart(versions: InForce['versions']): InForce['versions'] {
  const taken = new Map<string, string>();
  return versions.map((version, index) => {
    const renamed = new Map<string, string>();
    for (const [id, spec] of Object.entries(version.agreement.calendars)) {
      const hours = JSON.stringify(spec);
      const before = taken.get(id);
      if (before === undefined) taken.set(id, hours);
      else if (before !== hours) renamed.set(id, freeName(taken, `${id}@${version.agreement.version}`, index));
      const own = renamed.get(id);
      if (own !== undefined) taken.set(own, hours);
    }
    return renamed.size === 0 ? version : { ...version, agreement: withCalendars(version.agreement, renamed) };
  });
}

const freeName = (taken: ReadonlyMap<string, string>, name: string, index: number): string =>
  taken.has(name) ? `${name}.${index}` : name;

function withCalendars(agreement: Agreement, renamed: ReadonlyMap<string, string>): Agreement {
  const nameOf = (id: string): string => renamed.get(id) ?? id;
  return {
    ...agreement,
    calendars: Object.fromEntries(Object.entries(agreement.calendars).map(([id, spec]) => [nameOf(id), spec])),
    commitments: agreement.commitments.map((commitment) => ({
      ...commitment,
      rules: commitment.rules.map((rule) =>
        'calendar' in rule.target
          ? { ...rule, target: { ...rule.target, calendar: nameOf(rule.target.calendar) } }
          : rule,
      ),
    })),
  };
}

/** The version that a clock names. Where two agreements have a version of that number, the one that has its calendar. */
export function versionOf<T extends Agreement>(
  versions: readonly T[],
  { agreementVersion, calendar }: { readonly agreementVersion: number; readonly calendar: string | null },
): T | undefined {
  const named = versions.filter(({ version }) => version === agreementVersion);
  return named.find(({ calendars }) => calendar === null || Object.hasOwn(calendars, calendar)) ?? named[0];
}

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { defaultAgreement } from '../../../lib/agreement/default';
import { documentOf } from '../../../lib/agreement/migrate';
import type { AgreementDocument } from '../../../lib/agreement/document';
import { readEffectiveAgreement, toKeep } from '../../../lib/settings/agreement';
import { historyLength, keepVersions, readHistory } from '../../../lib/settings/agreement-shelf';
import { inForceAt, lineage, versionOf, type KnownVersion } from '../../../lib/settings/versions';

const monday = Date.UTC(2026, 10, 23, 9);
const day = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();

function version(number: number, from: number | null, more: Partial<AgreementDocument> = {}): AgreementDocument {
  return {
    ...documentOf(defaultAgreement),
    id: 'team',
    version: number,
    ...(from === null ? {} : { effectiveFrom: iso(from) }),
    ...more,
  };
}

const sync = (...documents: AgreementDocument[]) => ({ source: 'sync' as const, documents });
const policy = (...documents: AgreementDocument[]) => ({ source: 'policy' as const, documents });
const named = ({ versions, coming }: ReturnType<typeof inForceAt>) => ({
  versions: versions.map(({ source, agreement }) => `${source} ${agreement.version}`),
  coming: coming.map(({ source, document }) => `${source} ${document.version}`),
});
const seen = (document: AgreementDocument, source: KnownVersion['source'] = 'sync'): KnownVersion => ({
  document,
  source,
});

describe('which versions govern', () => {
  it('a coming version does not until its instant, and the one before stays for its leads afterwards', () => {
    const known = lineage([sync(version(2, monday + day), version(1, null))], []);
    expect(named(inForceAt(known, monday))).toEqual({ versions: ['sync 1'], coming: ['sync 2'] });
    expect(named(inForceAt(known, monday + day))).toEqual({ versions: ['sync 2', 'sync 1'], coming: [] });
  });

  it('until the first one takes effect, and for leads from before it, the built-in one does, as version 0', () => {
    const known = lineage([sync(version(1, monday))], []);
    expect(named(inForceAt(known, monday - 1))).toEqual({ versions: ['built-in 1'], coming: ['sync 1'] });
    expect(named(inForceAt(known, monday))).toEqual({ versions: ['sync 1', 'built-in 0'], coming: [] });
  });

  it('who was not to be judged before a date is not judged by the built-in one either (rule 13)', () => {
    const management = { ...documentOf(defaultAgreement).management, enforcedFrom: iso(monday) };
    const { versions } = inForceAt(lineage([sync(version(1, monday, { management }))], []), monday);
    expect(versions[1]?.agreement.enforcedFrom).toBe(iso(monday));
  });

  it('a policy that takes effect later leaves what is in sync in force until then, and its leads bound to it', () => {
    const books = [policy(version(7, monday + day, { id: 'company' })), sync(version(2, null))];
    expect(named(inForceAt(lineage(books, []), monday))).toEqual({ versions: ['sync 2'], coming: ['policy 7'] });
    expect(named(inForceAt(lineage(books, []), monday + day)).versions).toEqual(['policy 7', 'sync 2']);
  });

  it('a policy since always leaves sync no say', () => {
    const books = [policy(version(1, null, { id: 'company' })), sync(version(9, monday - day))];
    expect(named(inForceAt(lineage(books, []), monday)).versions).toEqual(['policy 1']);
  });

  it('superseded versions come from the history; newer ones that were taken back do not', () => {
    const history = [seen(version(4, monday - day)), seen(version(2, monday - 3 * day)), seen(version(1, null))];
    const known = lineage([sync(version(3, monday - 2 * day))], history);
    expect(named(inForceAt(known, monday)).versions).toEqual(['sync 3', 'sync 2', 'sync 1']);
  });

  it('another agreement from the history governs only what was handed over before this one', () => {
    const old = [seen(version(9, monday - 5 * day, { id: 'old' })), seen(version(8, monday + 5 * day, { id: 'old' }))];
    const known = lineage([sync(version(1, monday - day))], old);
    expect(named(inForceAt(known, monday)).versions).toEqual(['sync 1', 'sync 9', 'built-in 0']);
  });

  it('hours that differ under one calendar’s name get a name of their own, so that pages tick right', () => {
    const short = structuredClone(version(1, null));
    const changed: AgreementDocument = {
      ...short,
      services: {
        ...short.services,
        availability: { calendars: { office: { timeZone: 'UTC', weekly: { mon: [['10:00', '11:00']] } } } },
      },
    };
    const { versions } = inForceAt(lineage([sync(version(2, monday - day), changed)], []), monday);
    const [now, before] = versions.map(({ agreement }) => agreement);
    expect(Object.keys(now?.calendars ?? {})).toEqual(['office']);
    expect(Object.keys(before?.calendars ?? {})).toEqual(['office@1']);
    expect(before?.commitments[0]?.rules[0]?.target).toMatchObject({ calendar: 'office@1' });
    expect(versionOf(now && before ? [now, before] : [], { agreementVersion: 1, calendar: 'office@1' })).toBe(before);
  });

  it('the order of versions does not depend on the order in which they came', () => {
    const books = [version(3, monday), version(1, null), version(2, monday - day)];
    for (const documents of [books, books.toReversed()])
      expect(named(inForceAt(lineage([sync(...documents)], []), monday)).versions).toEqual([
        'sync 3',
        'sync 2',
        'sync 1',
      ]);
  });
});

describe('the history', () => {
  beforeEach(() => {
    fakeBrowser.reset();
    vi.spyOn(browser.storage.managed, 'get').mockResolvedValue({} as never);
  });

  const keep = (document: AgreementDocument, hash = 'a') =>
    keepVersions([{ document, source: 'sync', hash: hash.repeat(64) }], monday);

  it('keeps the last 20, each number once, the newest word first', async () => {
    for (let number = 1; number <= 25; number++) await keep(version(number, null));
    await keep(version(25, null, { title: 'corrected' }), 'b');
    const history = await readHistory();
    expect(history).toHaveLength(historyLength);
    expect(history[0]).toMatchObject({ version: 25, hash: 'b'.repeat(64) });
    expect(history.at(-1)?.version).toBe(6);
  });

  it('gives the oldest up where there is no room, and never fails', async () => {
    await keep(version(1, null));
    await keep(version(2, null));
    const set = browser.storage.local.set.bind(browser.storage.local);
    vi.spyOn(browser.storage.local, 'set').mockImplementation(async (items: Record<string, unknown>) => {
      const { versions } = Object.values(items)[0] as { versions: unknown[] };
      if (versions.length > 2) throw new Error('QUOTA_BYTES quota exceeded');
      await set(items);
    });
    await keep(version(3, null));
    expect((await readHistory()).map(({ version: number }) => number)).toEqual([3, 2]);
  });

  it('remembers what was in force when a newer one takes its place in sync', async () => {
    await browser.storage.sync.set({ agreement: version(1, null) });
    await keepVersions(await toKeep(await readEffectiveAgreement('UTC', monday)), monday);
    await browser.storage.sync.set({ agreement: version(2, monday) });
    const effective = await readEffectiveAgreement('UTC', monday + day);
    expect(effective.versions.map(({ version: number }) => number)).toEqual([2, 1]);
    expect(effective.known.map(({ source }) => source)).toEqual(['sync', 'sync']);
  });

  it('a damaged entry is as if it were not there', async () => {
    await keep(version(1, null));
    const [entry] = await readHistory();
    await browser.storage.local.set({ 'agreement:history': { schema: 1, versions: [{ ...entry, packed: 'AAAA' }] } });
    await browser.storage.sync.set({ agreement: version(2, monday - day) });
    const { versions } = await readEffectiveAgreement('UTC', monday);
    expect(versions.map(({ version: number }) => number)).toEqual([2, 0]);
  });
});

/** Two browsers of one person share one `storage.sync`; each has its own `storage.local`. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { defaultAgreement } from '../../../lib/agreement/default';
import { documentOf } from '../../../lib/agreement/migrate';
import type { AgreementDocument } from '../../../lib/agreement/document';
import { readEffectiveAgreement } from '../../../lib/settings/agreement';
import type { Book } from '../../../lib/settings/agreement-shelf';
import {
  agreementKey,
  flushSync,
  hashOf,
  queue,
  readSync,
  resolveConflict,
  retryAfter,
  settleSync,
} from '../../../lib/settings/sync-agreement';
import { headKey, partPrefix } from '../../../lib/settings/sync-parts';

const now = Date.UTC(2026, 10, 23, 9);
const document = (version: number, title = `v${version}`): AgreementDocument => ({
  ...documentOf(defaultAgreement),
  id: 'team',
  version,
  title,
});

type Items = Record<string, unknown>;

/** What one browser keeps by itself. */
class OwnStorage {
  items: Items = {};
}
let here: OwnStorage;

/** Goes on in this browser: sync stays, the rest is its own. */
async function at(own: OwnStorage): Promise<void> {
  here.items = await browser.storage.local.get(null);
  await browser.storage.local.clear();
  await browser.storage.local.set(own.items);
  here = own;
}

async function publish(...documents: [AgreementDocument, ...AgreementDocument[]]): Promise<void> {
  const book: Book = documents;
  await queue({ book, hash: await hashOf(book), resolves: [] }, now);
  await settleSync(now);
}

const title = async (): Promise<unknown> => (await readSync()).held?.book[0].title;
const codes = async (): Promise<string[]> =>
  (await readEffectiveAgreement('UTC', now)).problems.map(({ code }) => code);

let mine: OwnStorage;
let other: OwnStorage;

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(browser.storage.managed, 'get').mockResolvedValue({} as never);
  [mine, other] = [new OwnStorage(), new OwnStorage()];
  here = mine;
});

describe('an agreement in two browsers', () => {
  it('holds where it was written at once, and in the other once it is written to sync', async () => {
    await publish(document(2));
    expect(await title()).toBe('v2');
    expect(await browser.storage.sync.get(null)).toEqual({});
    expect(await flushSync('Ada', now)).toEqual({ kind: 'written' });
    await at(other);
    await settleSync(now);
    expect(await title()).toBe('v2');
    expect((await readSync()).pending).toBeNull();
  });

  it('brings the versions before it along', async () => {
    await publish(document(3), document(2), document(1));
    await flushSync('', now);
    await at(other);
    expect((await readSync()).held?.book.map(({ version }) => version)).toEqual([3, 2, 1]);
  });

  it('a version of which a part is missing is said to be arriving, and the last whole one holds', async () => {
    await publish(document(2));
    await flushSync('', now);
    await at(other);
    await settleSync(now);
    await at(mine);
    await publish(document(3));
    await flushSync('', now + 1);
    await at(other);
    const parts = await browser.storage.sync.get(null);
    const part = Object.keys(parts).find((key) => key.startsWith(partPrefix)) ?? '';
    await browser.storage.sync.remove(part);
    await settleSync(now);
    expect(await title()).toBe('v2');
    expect(await codes()).toEqual(['agreement-arriving']);
    await browser.storage.sync.set({ [part]: parts[part] });
    await settleSync(now);
    expect(await title()).toBe('v3');
    expect(await codes()).toEqual([]);
  });

  it('the higher version wins, and the lower one that was waiting is not written over it', async () => {
    await publish(document(5));
    await flushSync('', now);
    await at(other);
    await publish(document(4));
    expect(await flushSync('', now)).toEqual({ kind: 'nothing' });
    expect(await title()).toBe('v5');
    expect((await readSync()).pending).toBeNull();
  });

  it('an older one that another browser wrote over a newer is written over again', async () => {
    await publish(document(5));
    await flushSync('', now);
    const newer = await browser.storage.sync.get(null);
    await at(other);
    await browser.storage.sync.clear();
    await publish(document(4));
    await flushSync('', now);
    expect(newer).not.toEqual(await browser.storage.sync.get(null));
    await at(mine);
    await settleSync(now);
    await flushSync('', now);
    await at(other);
    await settleSync(now);
    expect(await title()).toBe('v5');
  });

  it('two with one number are a conflict: both are kept and said, nothing is written, and a choice ends it in both', async () => {
    await publish(document(2, 'mine'));
    await flushSync('', now);
    await at(other);
    await publish(document(2, 'theirs'));
    expect(await title()).toBe('theirs');
    expect(await codes()).toEqual(['agreement-conflict']);
    expect(await flushSync('', now)).toEqual({ kind: 'conflict' });
    expect((await readSync()).conflict?.theirs.book[0].title).toBe('mine');
    expect(Object.keys(await browser.storage.local.get(null))).toContain('agreement:conflict');

    await resolveConflict('mine', now);
    await settleSync(now);
    expect(await flushSync('', now + 1)).toEqual({ kind: 'written' });
    await at(mine);
    await settleSync(now);
    expect(await title()).toBe('theirs');
    expect(await codes()).toEqual([]);
  });

  it('choosing the other browser’s takes it over', async () => {
    await publish(document(2, 'mine'));
    await flushSync('', now);
    await at(other);
    await publish(document(2, 'theirs'));
    await resolveConflict('theirs', now);
    await flushSync('', now);
    await settleSync(now);
    expect(await title()).toBe('mine');
    expect(await resolveConflict('mine', now)).toBeNull();
  });

  it('choosing the other browser’s is kept as a decision: a third one that has the same as this is not asked again', async () => {
    const third = new OwnStorage();
    await publish(document(2, 'theirs'));
    await flushSync('', now);
    for (const browserOf of [third, other]) {
      await at(browserOf);
      await publish(document(2, 'mine'));
      expect(await codes()).toEqual(['agreement-conflict']);
    }
    await resolveConflict('theirs', now);
    await settleSync(now);
    expect(await flushSync('', now + 1)).toEqual({ kind: 'written' });
    await settleSync(now);
    expect((await readSync()).pending).toBeNull();
    // Nothing is left to be said, so nothing is written again and again.
    expect(await flushSync('', now + 2)).toEqual({ kind: 'nothing' });
    await at(third);
    await settleSync(now);
    expect(await title()).toBe('theirs');
    expect(await codes()).toEqual([]);
    // The one that wrote it first hears of the decision, too, and passes it on.
    await at(mine);
    await settleSync(now);
    expect((await readSync()).held?.resolves).toHaveLength(1);
    expect((await readSync()).pending).toBeNull();
  });

  it('decisions of two browsers about one agreement are joined', async () => {
    const book: Book = [document(2)];
    const hash = await hashOf(book);
    const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
    await queue({ book, hash, resolves: [one] }, now);
    await flushSync('', now);
    await at(other);
    await queue({ book, hash, resolves: [two] }, now);
    await settleSync(now);
    expect((await readSync()).held?.resolves.toSorted()).toEqual([one, two]);
    expect(await flushSync('', now + 1)).toEqual({ kind: 'written' });
    await at(mine);
    await settleSync(now);
    expect((await readSync()).held?.resolves.toSorted()).toEqual([one, two]);
  });

  it('the first form, one item, is read, and moved into parts by the worker', async () => {
    await browser.storage.sync.set({ [agreementKey]: { ...defaultAgreement, id: 'old', version: 3 } });
    expect((await readSync()).held?.book[0]).toMatchObject({ id: 'old', version: 3, schema: 2 });
    expect(Object.keys(await browser.storage.sync.get(null))).toEqual([agreementKey]);
    await settleSync(now);
    expect(await flushSync('', now)).toEqual({ kind: 'written' });
    expect(await browser.storage.sync.get(agreementKey)).toEqual({});
    expect((await readSync()).held?.book[0]).toMatchObject({ id: 'old', version: 3 });
  });

  it('a head of a newer Relevo is left alone and said, and what was here holds', async () => {
    await publish(document(2));
    await flushSync('', now);
    await browser.storage.sync.set({ [headKey]: { schema: 9 } });
    await settleSync(now);
    expect(await title()).toBe('v2');
    expect(await codes()).toEqual(['agreement-newer']);
    expect((await browser.storage.sync.get(headKey))[headKey]).toEqual({ schema: 9 });
  });

  it('what sync refuses holds here all the same, is said, and tried again later each time', async () => {
    const set = vi.spyOn(browser.storage.sync, 'set').mockRejectedValue(new Error('QUOTA_BYTES quota exceeded'));
    await publish(document(2));
    expect(await flushSync('', now)).toEqual({ kind: 'quota' });
    expect(await title()).toBe('v2');
    expect(await readEffectiveAgreement('UTC', now)).toMatchObject({
      source: 'sync',
      problems: [{ code: 'agreement-not-synced', since: now, detail: 'quota' }],
    });
    const tried = set.mock.calls.length;
    expect(await flushSync('', now + retryAfter(1) - 1)).toEqual({ kind: 'waits' });
    expect(set.mock.calls.length).toBe(tried);
    expect(await flushSync('', now + retryAfter(1))).toEqual({ kind: 'quota' });
    expect((await readSync()).pending?.nextTryAt).toBe(now + retryAfter(1) + retryAfter(2));
    set.mockRestore();
    expect(await flushSync('', now + 3_600_000)).toEqual({ kind: 'written' });
    expect(await codes()).toEqual([]);
  });

  it('a clock that was set back by a year does not make it wait for a year', async () => {
    const set = vi.spyOn(browser.storage.sync, 'set').mockRejectedValue(new Error('MAX_WRITE_OPERATIONS_PER_HOUR'));
    await publish(document(2));
    expect(await flushSync('', now)).toEqual({ kind: 'rate' });
    set.mockRestore();
    expect(await flushSync('', now - 365 * 86_400_000)).toEqual({ kind: 'written' });
  });

  it('one that is too long for sync stays here and is said', async () => {
    let state = 7;
    const noise = Array.from({ length: 30 }, (_, index) => {
      let text = '';
      while (text.length < 3_900) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        text += state.toString(36);
      }
      return { number: String(index), text };
    });
    const long = document(2);
    await publish({ ...long, management: { ...long.management, clauses: noise } });
    expect(await flushSync('', now)).toEqual({ kind: 'too-large' });
    expect(await title()).toBe('v2');
    expect(await codes()).toEqual(['agreement-not-synced']);
  });

  it('old versions are left out of sync where all of them do not fit, and the newest is not', async () => {
    let state = 3;
    const clauses = (seed: number) =>
      Array.from({ length: 8 }, (_, index) => {
        let text = '';
        state = seed * 1_000 + index;
        while (text.length < 3_900) {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          text += state.toString(36);
        }
        return { number: String(index), text };
      });
    const long = (version: number): AgreementDocument => {
      const one = document(version);
      return { ...one, management: { ...one.management, clauses: clauses(version) } };
    };
    await publish(long(3), long(2), long(1));
    expect(await flushSync('', now)).toEqual({ kind: 'written' });
    await at(other);
    expect((await readSync()).held?.book[0].version).toBe(3);
    expect((await readSync()).held?.book.length).toBeLessThan(3);
  });
});

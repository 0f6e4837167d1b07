/** What was read once counts until anything differs that it was read from, and never beyond the instant of the next version. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { readOnce } from '../../../lib/settings/agreement-memo';
import { shelfKeys } from '../../../lib/settings/agreement-shelf';

const zone = 'Europe/Madrid';
let policy: Record<string, unknown>;
let reads = 0;

beforeEach(() => {
  fakeBrowser.reset();
  policy = {};
  reads = 0;
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => policy);
});

const read = (now: number, nextAt: number | null = null, where = zone) =>
  readOnce(where, now, async () => {
    reads += 1;
    return { nextAt, turn: reads, zebra: 1, ant: [{ b: 1, a: 2 }] };
  });

describe('the agreement as it was last read', () => {
  it('is the same as read, to the order of its keys, and read once', async () => {
    const first = await read(10);
    expect(JSON.stringify(await read(20))).toBe(JSON.stringify(first));
    expect(reads).toBe(1);
  });

  it.each([
    ['policy', async () => void (policy = { agreement: '{}' })],
    ['sync', () => browser.storage.sync.set({ agreement: { version: 2 } })],
    [
      'versions that were in force',
      () => browser.storage.local.set({ [shelfKeys.history]: { schema: 1, versions: [] } }),
    ],
    ['what waits to be written', () => browser.storage.local.set({ [shelfKeys.pending]: 'anything' })],
    ['what came from an address', () => browser.storage.local.set({ [shelfKeys.team]: 'anything' })],
  ])('counts no more when this differs: %s', async (_name, change) => {
    await read(10);
    await change();
    expect(await read(11)).toMatchObject({ turn: 2 });
    expect(await read(12)).toMatchObject({ turn: 2 });
  });

  it('counts no more in another zone, from the instant of the next version on, and where the clock was set back', async () => {
    await read(10, 100);
    expect(await read(99, 100)).toMatchObject({ turn: 1 });
    expect(await read(100, 200)).toMatchObject({ turn: 2 });
    expect(await read(99, 200)).toMatchObject({ turn: 3 });
    expect(await read(120, null, 'UTC')).toMatchObject({ turn: 4 });
  });

  it('does not outlast what changed while it was read', async () => {
    await readOnce(zone, 10, async () => {
      await browser.storage.sync.set({ agreement: { version: 2 } });
      return { nextAt: null };
    });
    expect(await read(11)).toMatchObject({ turn: 1 });
  });

  it('is read anew where it is damaged, or the storage does not answer', async () => {
    await read(10);
    await browser.storage.session.set({ 'agreement:read': { from: 1 } });
    expect(await read(11)).toMatchObject({ turn: 2 });
    vi.spyOn(browser.storage.sync, 'get').mockRejectedValue(new Error('gone'));
    expect(await read(12)).toMatchObject({ turn: 3 });
  });
});

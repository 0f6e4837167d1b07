/** The invariant of every test here: a reader finds the old text or the new one whole, or says that one is arriving. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, PackedError, unpack } from '../../../lib/settings/packed';
import { headKey, partPrefix } from '../../../lib/settings/sync-parts';
import { fits, readParts, writeParts, type SyncReading } from '../../../lib/settings/sync-store';
import { createSyncArea, type FaultyArea } from './sync-area';

/** Hardly compressible, so that a test has as many parts as it wants. */
function noise(length: number, seed: number): string {
  let state = seed + 1;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += state.toString(36);
  }
  return text.slice(0, length);
}

const monday = Date.UTC(2026, 10, 23, 9);

const write = (area: FaultyArea, text: string, version: number, now = monday + version) =>
  writeParts(area, { text, version, by: 'Ada', resolves: [], now });

const read = async (area: FaultyArea): Promise<SyncReading> => readParts(await area.get(null));

const textOf = (reading: SyncReading): string | null => (reading.kind === 'whole' ? reading.text : null);

/** Which of two texts it is: texts themselves are too long to be told. */
function nameOf(reading: SyncReading, old: string, next: string): string {
  if (reading.kind !== 'whole') return reading.kind;
  return reading.text === next ? 'new' : reading.text === old ? 'old' : 'mixture';
}

/** From one part to as many as fit twice. */
const texts = fc.tuple(fc.integer({ min: 1, max: 48_000 }), fc.nat(1_000)).map(([length, seed]) => noise(length, seed));
const both = fc.tuple(texts, texts).filter(([old, next]) => old !== next);

describe('text in storage.sync', () => {
  it('comes back as it was, in items below 8 KiB that leave room for others', async () => {
    const area = createSyncArea();
    const text = noise(48_000, 7);
    expect(await write(area, text, 4)).toMatchObject({ ok: true, head: { version: 4, by: 'Ada' } });
    expect(textOf(await read(area)) === text).toBe(true);
    const sizes = [...area.items].map(([key, value]) => key.length + JSON.stringify(value).length);
    expect(sizes.length).toBeGreaterThan(4);
    expect(Math.max(...sizes)).toBeLessThan(8_192);
    expect(sizes.reduce((sum, one) => sum + one, 0)).toBeLessThan(102_400 / 2);
  });

  it('is the new one after a second writing, and the old parts are gone', async () => {
    const area = createSyncArea();
    await write(area, noise(40_000, 1), 1);
    await write(area, noise(100, 2), 2);
    expect(textOf(await read(area))).toBe(noise(100, 2));
    expect([...area.items.keys()].filter((key) => key.startsWith(partPrefix))).toHaveLength(1);
  });

  it('is refused before anything is written where it is too long', async () => {
    const area = createSyncArea();
    const long = noise(200_000, 3);
    expect(await fits(long)).toBe(false);
    expect(await write(area, long, 1)).toMatchObject({ ok: false, code: 'too-large' });
    expect(area.items.size).toBe(0);
  });

  it('is old or new, never a mixture, wherever the writer dies; and a second try completes it', async () => {
    await fc.assert(
      fc.asyncProperty(both, fc.nat(30), async ([old, next], crashAfter) => {
        const area = createSyncArea();
        await write(area, old, 1);
        area.faults = { crashAfter: area.log.length + crashAfter };
        await write(area, next, 2);
        expect(nameOf(await read(area), old, next)).toMatch(/^(old|new)$/);
        area.faults = {};
        expect(await write(area, next, 2, monday + 10)).toMatchObject({ ok: true });
        expect(nameOf(await read(area), old, next)).toBe('new');
      }),
      { numRuns: 60 },
    );
  });

  it('is old or new wherever the room ends, and nothing of the refused one is left behind', async () => {
    await fc.assert(
      fc.asyncProperty(both, fc.integer({ min: 0, max: 90_000 }), async ([old, next], more) => {
        const area = createSyncArea();
        await write(area, old, 1);
        const before = new Map(area.items);
        const held = [...before].reduce((sum, [key, value]) => sum + key.length + JSON.stringify(value).length, 0);
        area.faults = { quota: held + more };
        const written = await write(area, next, 2);
        expect(nameOf(await read(area), old, next)).toBe(written.ok ? 'new' : 'old');
        if (!written.ok) {
          expect(written.code).toBe('quota');
          expect([...area.items.keys()].toSorted()).toEqual([...before.keys()].toSorted());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is old, new or arriving in a browser to which items come late, out of order or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(both, fc.infiniteStream(fc.nat(1_000)), fc.boolean(), async ([old, next], order, drops) => {
        const area = createSyncArea();
        await write(area, old, 1);
        const other = createSyncArea();
        for (const [key, value] of area.log) other.items.set(key, value);
        const delivered = area.log.length;
        await write(area, next, 2);
        // The last word on each item is what sync delivers, in any order.
        const changes = [...new Map(area.log.slice(delivered))];
        const shuffled = changes
          .map((change) => ({ change, rank: order.next().value ?? 0 }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ change }) => change);
        const lost = drops ? shuffled.pop() : undefined;
        for (const [key, value] of shuffled) {
          if (value === undefined) other.items.delete(key);
          else other.items.set(key, value);
          expect(nameOf(await read(other), old, next)).toMatch(/^(old|new|arriving)$/);
        }
        if (lost?.[1] !== undefined) other.items.set(lost[0], lost[1]);
        expect(nameOf(await read(other), old, next)).toBe('new');
      }),
      { numRuns: 60 },
    );
  });

  it('two browsers that write at the same time leave one of both whole', async () => {
    const area = createSyncArea();
    const [a, b] = [noise(30_000, 1), noise(30_000, 2)];
    await Promise.all([write(area, a, 1), write(area, b, 2)]);
    expect(nameOf(await read(area), a, b)).toMatch(/^(old|new)$/);
  });

  it('parts that nobody finished are removed once they are an hour old, and not before', async () => {
    const area = createSyncArea();
    const stray = `${partPrefix}${monday.toString(36)}-stray:0`;
    area.items.set(stray, 'left behind');
    await write(area, 'one', 1, monday + 3_599_999);
    expect(area.items.has(stray)).toBe(true);
    await write(area, 'two', 2, monday + 3_600_000);
    expect(area.items.has(stray)).toBe(false);
  });

  it.each([
    ['MAX_WRITE_OPERATIONS_PER_MINUTE quota exceeded', 'rate'],
    ['This request exceeds the MAX_WRITE_OPERATIONS_PER_HOUR quota.', 'rate'],
    ['QuotaExceededError: storage.sync API call exceeded its quota limitations.', 'quota'],
    ['The device is on fire', 'failing'],
  ])('a refusal is told by its kind: %s', async (refuse, code) => {
    const area = createSyncArea({ refuse });
    expect(await write(area, 'one', 1)).toMatchObject({ ok: false, code });
  });

  it('a head of a newer Relevo is told apart and a damaged one is no crash', async () => {
    const area = createSyncArea();
    area.items.set(headKey, { schema: 2, anything: true });
    expect(await read(area)).toEqual({ kind: 'newer', schema: 2 });
    area.items.set(headKey, { schema: 1, parts: 'many' });
    expect(await read(area)).toMatchObject({ kind: 'unreadable' });
    area.items.set(headKey, null);
    expect(await read(area)).toEqual({ kind: 'absent' });
  });

  it('whatever lies in the area, reading ends with an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (head, part) => {
        const reading = await readParts({ [headKey]: head, [`${partPrefix}a-b:0`]: part });
        expect(['absent', 'newer', 'unreadable', 'arriving']).toContain(reading.kind);
      }),
    );
  });
});

describe('packed text', () => {
  it('comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(await unpack(await pack(text), 1_000_000)).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('that would swell beyond what is taken is refused', async () => {
    await expect(unpack(await pack('a'.repeat(1_000_000)), 999_999)).rejects.toThrow(PackedError);
  });

  it.each(['%%%', 'AAAA', ''])('that is none is refused (%#)', async (packed) => {
    await expect(unpack(packed, 1_000)).rejects.toThrow(PackedError);
  });
});

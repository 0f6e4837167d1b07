/** The rule of kept days: every lead stands in a day that was computed after its last change, or among the touched. */
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { ledgerName, openLedger } from '../../../lib/ledger/database';
import { identify } from '../../../lib/ledger/fact-id';
import type { KeptDay } from '../../../lib/ledger/kept-days';
import { createMemoryLedger } from '../../../lib/ledger/memory';
import { readDays, type StoredDays } from '../../../lib/ledger/read-days';
import type { Ledger } from '../../../lib/ledger/types';
import { fillDiskAt, key, makeLead, newDatabase, record, touch } from './support';

beforeEach(newDatabase);

const dayWith = (day: number, ids: readonly string[], part = 0): KeptDay => ({
  day,
  part,
  basis: '0'.repeat(32),
  asOf: 1,
  leads: ids.map(key),
  faces: '',
  rows: Uint8Array.of(1, 2, 3),
});

/** A ledger with leads 1 to 4 on two days. */
async function withDays(): Promise<{ readonly ledger: Ledger; readonly session: number }> {
  const ledger = await openLedger(() => {});
  const session = (await ledger.beginDays())!;
  await ledger.save(
    ['1', '2', '3', '4'].map((id) => record(id)),
    [await identify(touch('1', 5))],
  );
  const next = (await ledger.beginDays())!;
  expect(next).toBeGreaterThan(session);
  const put = [dayWith(10, ['1', '2']), dayWith(11, ['3', '4'])];
  expect(await ledger.keepDays({ session: next, clear: true, drop: [], put })).toBe(true);
  expect(await ledger.settleDays(next)).toBe(true);
  return { ledger, session: next };
}

const touchedIn = (days: StoredDays | null): string[] | undefined =>
  days === null ? undefined : [...days.touched.keys()].map((lead) => lead.split('|').at(-1)!).sort();
const idsIn = (days: StoredDays | null): string[] | undefined =>
  days?.days.flatMap(({ leads }) => leads.map((lead) => lead.split('|').at(-1)!)).sort();

describe('kept days', () => {
  it('come back as they were kept, of that session', async () => {
    const { session } = await withDays();
    const read = await readDays(session);
    expect(read?.days).toEqual([
      { ...dayWith(10, ['1', '2']), session },
      { ...dayWith(11, ['3', '4']), session },
    ]);
    expect(touchedIn(read)).toEqual([]);
  });

  it('note in the transaction of each write which leads it touches', async () => {
    const { ledger, session } = await withDays();
    await ledger.save([], [await identify(touch('1', 6))]);
    expect(touchedIn(await readDays(session))).toEqual(['1']);
    await ledger.save([record('2', { lead: makeLead('2', { name: 'Other' }) })], []);
    expect(touchedIn(await readDays(session))).toEqual(['1', '2']);
    await ledger.take([makeLead('3', { name: 'From a file' }, 2)], [await identify(touch('4', 7))]);
    expect(touchedIn(await readDays(session))).toEqual(['1', '2', '3', '4']);
    expect(new Set((await readDays(session))?.touched.values())).toEqual(new Set([session]));
  });

  it('note nothing where nothing is new: a file once more, clocks that only moved on', async () => {
    const { ledger, session } = await withDays();
    await ledger.take([record('1').lead], [await identify(touch('1', 5))]);
    await ledger.save([record('2', { attention: 9 })], [], 'clocks');
    expect(touchedIn(await readDays(session))).toEqual([]);
  });

  it('note nothing of a write that failed, and all of one that did not', async () => {
    const { ledger, session } = await withDays();
    const fact = await identify(touch('1', 8));
    const disk = fillDiskAt(1);
    await expect(ledger.save([], [fact])).rejects.toThrow('full');
    disk.makeRoom();
    expect(touchedIn(await readDays(session))).toEqual([]);
    await ledger.save([], [fact]);
    expect(touchedIn(await readDays(session))).toEqual(['1']);
  });

  it('lose an erased lead for good, and compute the others of its day anew', async () => {
    const { ledger, session } = await withDays();
    await ledger.save([], [await identify(touch('1', 6))]);
    await ledger.erase(key('1'), 9);
    const read = await readDays(session);
    expect(idsIn(read)).toEqual(['3', '4']);
    expect(touchedIn(read)).toEqual(['2']);
    // A report that read it before can't bring it back.
    const change = { session, clear: false, drop: [], put: [dayWith(10, ['1', '2'])] };
    expect(await ledger.keepDays(change)).toBe(false);
    expect(idsIn(await readDays(session))).toEqual(['3', '4']);
    const raw = await openDB(ledgerName);
    expect(JSON.stringify([await raw.getAll('days'), await raw.getAll('touched')])).not.toContain(key('1'));
    raw.close();
  });

  it('lose what retention forgets in the same way', async () => {
    const { ledger, session } = await withDays();
    const done = await ledger.retain({ cutoff: 5, now: 9, limit: 10 });
    expect(done.leads).toBe(3);
    const read = await readDays(session);
    expect(idsIn(read)).toEqual([]);
    expect(touchedIn(read)).toEqual(['1']);
  });

  it('compute anew a lead that a later part of the same day no longer holds', async () => {
    const { ledger, session } = await withDays();
    await ledger.keepDays({ session, clear: false, drop: [[11, 0]], put: [dayWith(11, ['3'])] });
    expect(touchedIn(await readDays(session))).toEqual(['4']);
  });

  it('are kept by the last report only that began', async () => {
    const { ledger, session } = await withDays();
    const later = (await ledger.beginDays())!;
    expect(await ledger.keepDays({ session, clear: true, drop: [], put: [] })).toBe(false);
    expect(await ledger.settleDays(session)).toBe(false);
    expect(idsIn(await readDays(later))).toEqual(['1', '2', '3', '4']);
  });

  it('keep the note of what changed while they were computed', async () => {
    const { ledger } = await withDays();
    await ledger.save([], [await identify(touch('1', 6))]);
    const session = (await ledger.beginDays())!;
    await ledger.save([], [await identify(touch('2', 7))]);
    await ledger.keepDays({ session, clear: false, drop: [], put: [dayWith(10, ['1', '2'])] });
    await ledger.settleDays(session);
    expect(touchedIn(await readDays(session))).toEqual(['2']);
  });

  it('settle however many were touched', async () => {
    const { ledger } = await withDays();
    await ledger.save(
      Array.from({ length: 1_200 }, (_, index) => record(`many-${index}`)),
      [],
    );
    const session = (await ledger.beginDays())!;
    await ledger.settleDays(session);
    expect(touchedIn(await readDays(session))).toEqual([]);
  });

  it('go on after a restart of the worker', async () => {
    const { ledger, session } = await withDays();
    ledger.close();
    const again = await openLedger(() => {});
    await again.save([], [await identify(touch('3', 6))]);
    expect(touchedIn(await readDays(session))).toEqual(['3']);
  });

  it('are none before all of them were kept, nor while they are kept anew', async () => {
    const ledger = await openLedger(() => {});
    const session = (await ledger.beginDays())!;
    await ledger.keepDays({ session, clear: true, drop: [], put: [dayWith(10, ['1'])] });
    expect(await readDays(session)).toBeNull();
    await ledger.settleDays(session);
    expect(await readDays(session)).not.toBeNull();
    await ledger.keepDays({ session, clear: true, drop: [], put: [] });
    expect(await readDays(session)).toBeNull();
  });

  it('are none where one is damaged', async () => {
    const { session } = await withDays();
    const raw = await openDB(ledgerName);
    for (const damage of [{ leads: 'nobody' }, { rows: 'text' }, { session: null }, { leads: [7] }]) {
      await raw.put('days', { ...dayWith(12, []), session, ...damage });
      expect(await readDays(session), JSON.stringify(damage)).toBeNull();
    }
    await raw.delete('days', [12, 0]);
    raw.close();
    expect(await readDays(session)).not.toBeNull();
  });

  it('cost a ledger of which no report was ever opened nothing', async () => {
    const ledger = await openLedger(() => {});
    await ledger.save([record('1')], [await identify(touch('1', 5))]);
    await ledger.erase(key('1'), 9);
    const raw = await openDB(ledgerName);
    expect([await raw.count('touched'), await raw.count('days')]).toEqual([0, 0]);
    expect(await raw.getAllKeys('meta')).toEqual(['computed-until', 'facts']);
    raw.close();
  });

  it('are not there in memory', async () => {
    const ledger = createMemoryLedger();
    expect(await ledger.beginDays()).toBeNull();
    expect(await ledger.keepDays({ session: 1, clear: true, drop: [], put: [] })).toBe(false);
    expect(await ledger.settleDays(1)).toBe(false);
  });
});

describe('whoever reads days', () => {
  it('makes no database, and reads none of another version', async () => {
    expect(await readDays(1)).toBeNull();
    expect(await indexedDB.databases()).toEqual([]);
    (await openDB(ledgerName, 99)).close();
    expect(await readDays(1)).toBeNull();
  });
});

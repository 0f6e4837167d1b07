/** Page health over many visits: when "this CRM changed its page" is said, and when it is not. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { PageHealth } from '../../../lib/messages/page-health';
import { forgetHealth, healthOf, healthTable, keepHealth, tabShowing } from '../../../lib/worker/health';
import { changedMs, changedVisits, provenVisits } from '../../../lib/worker/page-record';
import { minute, monday } from './support';

const tab = 3;
let now: number;

function page(change: Partial<PageHealth> = {}): PageHealth {
  return {
    adapter: 'tryton',
    adapterLabel: 'Tryton',
    surface: 'list',
    visit: now,
    rows: 10,
    read: 10,
    whole: 10,
    missing: {},
    seen: { name: 10, status: 10 },
    selectors: { row: true, nameCell: true },
    refused: [],
    badges: 10,
    putBack: 0,
    givenUp: 0,
    problems: [],
    at: now,
    ...change,
  };
}

/** Visits one after the other, three minutes apart. @returns what the last one was answered */
async function visit(times: number, change: () => Partial<PageHealth> = () => ({})) {
  let changed: readonly { readonly kind: string; readonly name: string }[] = [];
  for (let time = 0; time < times; time += 1) {
    now += 3 * minute;
    changed = (await keepHealth(tab, page(change()))).changed.map(({ kind, name }) => ({ kind, name }));
  }
  return changed;
}

const noStatus = () => ({ whole: 0, missing: { status: 10 }, seen: { name: 10 } });
const noNameCell = () => ({ selectors: { row: true, nameCell: false } });

beforeEach(() => {
  fakeBrowser.reset();
  now = monday;
});

describe('a page that changed', () => {
  it('is said after enough visits in a row without what was always there, and not one sooner', async () => {
    await visit(provenVisits);
    expect(await visit(changedVisits - 1, noNameCell)).toEqual([]);
    expect(await visit(1, noNameCell)).toEqual([{ kind: 'selector', name: 'nameCell' }]);
  });

  it('is said of a field that the rows should show and no longer do', async () => {
    await visit(provenVisits);
    expect(await visit(changedVisits, noStatus)).toEqual([{ kind: 'field', name: 'status' }]);
  });

  it('stands in the health of the tab, for the popup, with when it began', async () => {
    await visit(provenVisits);
    const began = now + 3 * minute;
    await visit(changedVisits, noStatus);
    expect((await healthOf(tab))?.problems).toEqual([{ code: 'page-changed', since: began, detail: 'status' }]);
  });

  it('is no longer said once the page shows it again, or a repair reads it', async () => {
    await visit(provenVisits);
    await visit(changedVisits, noNameCell);
    expect(await visit(1)).toEqual([]);
    // And what was away once must prove itself anew.
    expect(await visit(changedVisits * 2, noNameCell)).toEqual([]);
    await visit(provenVisits);
    expect(await visit(changedVisits, noNameCell)).toHaveLength(1);
  });
});

describe('a page that did not change', () => {
  it('is one odd visit among good ones, as often as it happens', async () => {
    await visit(provenVisits);
    for (let round = 0; round < 10; round += 1) {
      expect(await visit(1, noNameCell)).toEqual([]);
      expect(await visit(4)).toEqual([]);
    }
  });

  it('is what was never proven to be always there', async () => {
    await visit(provenVisits - 1);
    expect(await visit(changedVisits * 4, noNameCell)).toEqual([]);
  });

  it('is one broken page, reloaded again and again', async () => {
    await visit(provenVisits);
    now += 3 * minute;
    let changed: readonly unknown[] = [];
    for (let reload = 0; reload < 20; reload += 1) {
      now += Math.floor(changedMs / 25);
      ({ changed } = await keepHealth(tab, page(noNameCell())));
    }
    expect(changed).toEqual([]);
  });

  it('is one visit that tells itself many times', async () => {
    await visit(provenVisits);
    const { visit: same } = page();
    for (let time = 0; time < 30; time += 1) {
      now += minute;
      expect((await keepHealth(tab, page({ ...noNameCell(), visit: same }))).changed).toEqual([]);
    }
  });

  it('is an empty list, and a view without that column', async () => {
    await visit(provenVisits);
    const empty = () => ({ rows: 0, read: 0, whole: 0, seen: {}, selectors: {} });
    expect(await visit(changedVisits * 2, empty)).toEqual([]);
    expect(await visit(changedVisits * 2, () => ({ seen: { name: 10 } }))).toEqual([]);
  });
});

it('a record page that always has its record and no longer has it did change', async () => {
  const record = { surface: 'record', rows: 1, read: 1, whole: 1 } as const;
  const none = { ...record, rows: 0, read: 0, whole: 0, seen: {}, selectors: {} };
  await visit(provenVisits, () => record);
  expect(await visit(changedVisits - 1, () => none)).toEqual([]);
  expect(await visit(1, () => none)).toEqual([{ kind: 'rows', name: 'record' }]);
});

it('a page cannot say by itself that it changed', async () => {
  await keepHealth(tab, page({ problems: [{ code: 'page-changed', since: now, detail: 'status' }] }));
  expect((await healthOf(tab))?.problems).toEqual([]);
});

describe('the table', () => {
  it('adds up visits that are over and the one that is open, once each', async () => {
    await visit(3, noStatus);
    const { surfaces } = await healthTable(now);
    expect(surfaces).toHaveLength(1);
    expect(surfaces[0]).toMatchObject({
      adapter: 'tryton',
      surface: 'list',
      pages: 3,
      rows: 30,
      missing: { status: 30 },
      selectors: { row: { matched: 3, unmatched: 0 } },
      lastAt: now,
    });
    // Asking keeps nothing.
    expect((await healthTable(now)).surfaces).toEqual(surfaces);
    await forgetHealth(tab);
    expect((await healthTable(now)).surfaces).toEqual(surfaces);
    expect(await healthOf(tab)).toBeNull();
  });

  it('counts nothing of a page that is no surface of a CRM that we know', async () => {
    await visit(1, () => ({ adapter: null, surface: null }));
    await visit(1, () => ({ adapter: 'nobody-knows' }));
    await visit(1, () => ({ noSurface: true }));
    expect((await healthTable(now)).surfaces).toEqual([]);
    expect(Object.keys(await browser.storage.local.get(null))).toEqual([]);
  });

  it('says how often in a row a list was empty that never was', async () => {
    await visit(provenVisits);
    await visit(6, () => ({ rows: 0, read: 0, whole: 0, seen: {}, selectors: {} }));
    expect((await healthTable(now)).surfaces[0]).toMatchObject({ pages: provenVisits, emptyPages: 6, emptyRun: 6 });
  });

  it('says it in the health of the tab, too, whatever the page says itself, and no longer once leads are back', async () => {
    const empty = () => ({ rows: 0, read: 0, whole: 0, seen: {}, selectors: {}, emptyRun: 99 });
    await visit(provenVisits - 1);
    await visit(1, () => ({ emptyRun: 99 }));
    expect(await healthOf(tab)).not.toHaveProperty('emptyRun');
    await visit(2, empty);
    expect(await healthOf(tab)).toMatchObject({ rows: 0, emptyRun: 2 });
    await visit(1);
    expect(await healthOf(tab)).not.toHaveProperty('emptyRun');
  });

  it('does not doubt a list that was often empty, nor a record, of which more is said', async () => {
    const empty = { rows: 0, read: 0, whole: 0, seen: {}, selectors: {} };
    await visit(provenVisits - 1);
    await visit(2, () => empty);
    expect(await healthOf(tab)).not.toHaveProperty('emptyRun');
    await visit(provenVisits, () => ({ surface: 'record' }));
    await visit(changedVisits, () => ({ ...empty, surface: 'record' }));
    expect(await healthOf(tab)).toMatchObject({ problems: [{ code: 'page-changed', detail: 'record' }] });
    expect(await healthOf(tab)).not.toHaveProperty('emptyRun');
  });

  it('stays small however many names a page has', async () => {
    let turn = 0;
    await visit(8, () => {
      turn += 1;
      const names = Array.from({ length: 60 }, (_, index) => [`part${turn}x${index}`, true] as const);
      const counts = Object.fromEntries(names.map(([name]) => [name, 1]));
      return { selectors: Object.fromEntries(names), seen: counts, missing: counts };
    });
    await forgetHealth(tab);
    const stored = JSON.stringify(await browser.storage.local.get(null));
    expect(stored.length).toBeLessThan(40_000);
    expect((await healthTable(now)).surfaces).toHaveLength(1);
  });

  it('goes on when the storage is full', async () => {
    await visit(2);
    vi.spyOn(browser.storage.local, 'set').mockRejectedValue(new Error('QUOTA_BYTES exceeded'));
    expect(await visit(2)).toEqual([]);
    expect(await healthOf(tab)).not.toBeNull();
  });
});

it('the tab to look at for a report is the one that showed such a page last', async () => {
  await keepHealth(3, page());
  now += minute;
  await keepHealth(4, page());
  await keepHealth(5, page({ surface: 'board' }));
  expect(await tabShowing('tryton', 'list')).toBe(4);
  expect(await tabShowing('tryton', 'record')).toBeNull();
});

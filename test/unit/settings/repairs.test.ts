/** Selector repairs as data: what is read, which one is in force, and what is said of one that can't be read. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Repair } from '../../../lib/messages/repairs';
import { parseRepairs, repairsLength } from '../../../lib/settings/repair-schema';
import { keepRepairs, listRepairs, removeRepair, repairsFor, repairsKey } from '../../../lib/settings/repairs';

const repairOf = (adapter: string, css = '.lead', change: Partial<Repair> = {}): Repair => ({
  schema: 1,
  adapter,
  version: 1,
  signedOffBy: 'RevOps',
  signedOffAt: '2026-03-09',
  selectors: { row: [{ css, since: '2026-03', seenOn: 'Tryton 7.4' }] },
  ...change,
});

const policy = (value: unknown): void => {
  vi.spyOn(browser.storage.managed, 'get').mockResolvedValue({ [repairsKey]: value } as never);
};

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(browser.storage.managed, 'get').mockResolvedValue({} as never);
});

describe('reading', () => {
  it.each([
    ['a list', [repairOf('tryton')]],
    ['its JSON', JSON.stringify([repairOf('tryton')])],
    ['one repair alone', repairOf('tryton')],
  ])('takes %s', (_what, raw) => expect(parseRepairs(raw)).toEqual({ ok: true, repairs: [repairOf('tryton')] }));

  const broken = (change: object): unknown => [{ ...repairOf('tryton'), ...change }];
  const inRow = (change: object): unknown =>
    broken({ selectors: { row: [{ css: 'a', since: '2026-03', seenOn: 'x', ...change }] } });

  it.each<[string, unknown, string, string]>([
    ['no JSON', '[{', '', 'json'],
    ['too much', 'x'.repeat(repairsLength + 1), '', 'too-long'],
    ['no list', 7, '', 'list'],
    ['no repair', [7], '[0]', 'repair'],
    ['a newer schema', broken({ schema: 2 }), '[0].schema', 'schema'],
    ['a CRM that nobody knows', broken({ adapter: 'nobody' }), '[0].adapter', 'adapter'],
    ['the same CRM twice', [repairOf('tryton'), repairOf('tryton')], '[1].adapter', 'adapter-twice'],
    ['half a version', broken({ version: 1.5 }), '[0].version', 'version'],
    ['nobody who signed off', broken({ signedOffBy: ' ' }), '[0].signedOffBy', 'signed-off-by'],
    ['a day that no calendar has', broken({ signedOffAt: '2026-02-30' }), '[0].signedOffAt', 'signed-off-at'],
    ['no selectors', broken({ selectors: {} }), '[0].selectors', 'selectors'],
    ['a name that is none', broken({ selectors: { 'a b': [] } }), '[0].selectors["a b"]', 'selector-name'],
    ['no alternatives', broken({ selectors: { row: [] } }), '[0].selectors.row', 'alternatives'],
    ['an alternative that is none', broken({ selectors: { row: ['a'] } }), '[0].selectors.row[0]', 'alternative'],
    ['CSS without end', inRow({ css: 'a'.repeat(1_001) }), '[0].selectors.row[0].css', 'css'],
    ['a month in words', inRow({ since: 'March' }), '[0].selectors.row[0].since', 'since'],
    ['seen on nothing', inRow({ seenOn: 3 }), '[0].selectors.row[0].seenOn', 'seen-on'],
    ['code', inRow({ script: 'alert(1)' }), '[0].selectors.row[0].script', 'unknown-key'],
    ['a key of its own', broken({ extra: true }), '[0].extra', 'unknown-key'],
  ])('says where %s stands and what belongs there', (_what, raw, path, hint) => {
    expect(parseRepairs(raw)).toEqual({ ok: false, faults: [{ path, hint }] });
  });

  it('names a few faults and not thousands', () => {
    const reading = parseRepairs(Array.from({ length: 17 }, () => ({})));
    expect(reading.ok ? [] : reading.faults.length).toBe(10);
  });

  it('makes nothing of keys that would reach a prototype', () => {
    const reading = parseRepairs('[{"__proto__": {"schema": 1}, "constructor": 1}]');
    expect(reading.ok).toBe(false);
    expect(({} as Record<string, unknown>)['schema']).toBeUndefined();
  });
});

describe('in force', () => {
  it('is nothing where nobody repaired anything', async () => {
    expect(await repairsFor('tryton')).toEqual({});
    expect(await listRepairs()).toEqual({ standing: [], faults: [] });
  });

  it('is what the person kept', async () => {
    expect(await keepRepairs([repairOf('tryton')])).toEqual({ ok: true });
    expect(await repairsFor('tryton')).toEqual(repairOf('tryton').selectors);
    expect(await repairsFor('espocrm')).toEqual({});
  });

  it('is the organisation’s where it set one for that CRM, and the person’s is shown as unused', async () => {
    await keepRepairs([repairOf('tryton', '.mine'), repairOf('espocrm', '.mine')]);
    policy(JSON.stringify([repairOf('tryton', '.theirs')]));
    expect((await repairsFor('tryton'))['row']?.[0]?.css).toBe('.theirs');
    expect((await repairsFor('espocrm'))['row']?.[0]?.css).toBe('.mine');
    const { standing } = await listRepairs();
    expect(standing.map(({ repair, source, used }) => [repair.adapter, source, used])).toEqual([
      ['tryton', 'policy', true],
      ['tryton', 'local', false],
      ['espocrm', 'local', true],
    ]);
  });

  it('is the shipped table where the stored one can’t be read; that one is kept aside and said', async () => {
    await browser.storage.local.set({ [repairsKey]: [{ schema: 9 }] });
    expect(await repairsFor('tryton')).toEqual({});
    expect((await listRepairs()).faults[0]).toMatchObject({ source: 'local' });
    expect((await browser.storage.local.get('aside:local:repairs'))['aside:local:repairs']).toEqual([{ schema: 9 }]);
  });

  it('a policy that can’t be read is said, and the person’s own is used', async () => {
    await keepRepairs([repairOf('tryton', '.mine')]);
    policy('{');
    expect((await repairsFor('tryton'))['row']?.[0]?.css).toBe('.mine');
    expect((await listRepairs()).faults).toEqual([{ source: 'policy', faults: [{ path: '', hint: 'json' }] }]);
  });
});

it('keeping replaces the repair of the same CRM and leaves the others; removing takes one away', async () => {
  await keepRepairs([repairOf('tryton', '.old'), repairOf('espocrm')]);
  await keepRepairs([repairOf('tryton', '.new', { version: 2 })]);
  expect((await listRepairs()).standing.map(({ repair }) => [repair.adapter, repair.version])).toEqual([
    ['espocrm', 1],
    ['tryton', 2],
  ]);
  expect(await removeRepair('tryton')).toEqual({ ok: true });
  expect(await repairsFor('tryton')).toEqual({});
  expect(await repairsFor('espocrm')).not.toEqual({});
});

it('says when the storage refuses, and what was there stays', async () => {
  await keepRepairs([repairOf('tryton', '.old')]);
  vi.spyOn(browser.storage.local, 'set').mockRejectedValueOnce(new Error('QUOTA_BYTES exceeded'));
  expect(await keepRepairs([repairOf('tryton', '.new')])).toEqual({ ok: false });
  expect((await repairsFor('tryton'))['row']?.[0]?.css).toBe('.old');
});

/** Odoo's component tree as far as it is looked at, and pages whose tree is something else. */
import { describe, expect, it } from 'vitest';
import { findRecords } from '../../../lib/crm/odoo-world';

const record = (key: number, resId: unknown, resModel: unknown = 'crm.lead') => ({
  id: `datapoint_${key}`,
  resId,
  resModel,
});
/** `App` is a class. */
const owlOf = (...roots: readonly unknown[]) => ({
  App: Object.assign(() => {}, { apps: new Set(roots.map((root) => ({ root }))) }),
});
const wanted = (...keys: readonly number[]): ReadonlySet<string> => new Set(keys.map((key) => `datapoint_${key}`));
const found = (owl: unknown, ...keys: readonly number[]) => [...findRecords(owl, wanted(...keys))];

describe('records of the page', () => {
  it('are found where a component draws one, however deep', () => {
    const card = { props: { record: record(126, 20) }, children: {} };
    const owl = owlOf({
      props: {},
      children: { a: { props: {}, children: { b: { props: {}, children: { c: card } } } } },
    });
    expect(found(owl, 126, 129)).toEqual([['datapoint_126', 20]]);
  });

  it('are found where a component draws a list, in groups and groups of groups as well', () => {
    const list = {
      records: [record(2, 36)],
      groups: [{ list: { records: [record(6, 15)], groups: [{ list: { records: [record(10, 12)] } }] } }],
    };
    const owl = owlOf(
      { props: {}, children: {} },
      { props: {}, children: { list: { props: { list }, children: {} } } },
    );
    expect(new Map(found(owl, 2, 6, 10))).toEqual(
      new Map([
        ['datapoint_2', 36],
        ['datapoint_6', 15],
        ['datapoint_10', 12],
      ]),
    );
  });

  it('are leads that are saved: not other records, not new ones', () => {
    const records = [record(1, false), record(2, 5, 'res.partner'), record(3, '7'), record(4, 8), { id: 5, resId: 9 }];
    expect(found(owlOf({ props: { list: { records } }, children: {} }), 1, 2, 3, 4, 5)).toEqual([['datapoint_4', 8]]);
  });

  it('nobody asked for are not told', () => {
    const owl = owlOf({ props: { list: { records: [record(1, 5), record(2, 6)] } }, children: {} });
    expect(found(owl, 2)).toEqual([['datapoint_2', 6]]);
  });
});

describe('a page that is otherwise', () => {
  it.each([
    ['no owl', undefined],
    ['null', null],
    ['another App', { App: { apps: [] } }],
    ['no apps', { App: () => {} }],
    ['an app without a root', owlOf(undefined)],
    ['roots that are none', owlOf(1, 'x', null, [], () => {})],
    ['props and children that are none', owlOf({ props: 'x', children: 7 }, { props: { list: 1, record: 'x' } })],
  ])('has no records: %s', (_name, owl) => {
    expect(found(owl, 1)).toEqual([]);
  });

  it('costs bounded work: a tree that holds itself, lists within lists', () => {
    const node: Record<string, unknown> = { props: {} };
    node['children'] = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [index, node]));
    let looked = 0;
    const list: Record<string, unknown> = {
      get records() {
        looked += 1;
        return [];
      },
    };
    list['groups'] = Array.from({ length: 5 }, () => ({ list }));
    expect(found(owlOf(node), 1)).toEqual([]);
    expect(found(owlOf({ props: { list }, children: {} }), 1)).toEqual([]);
    expect(looked).toBeLessThan(1_000);
  });
});

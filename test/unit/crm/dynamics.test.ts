/** What the saved pages cannot show of Dynamics: addresses, forms that change under their address, and the page's own world. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { dynamics } from '../../../lib/crm/dynamics';
import { rowHandle } from '../../../lib/crm/dynamics-tables';
import { findRows } from '../../../lib/crm/dynamics-world';
import type { Reading } from '../../../lib/crm/types';
import { answerWorld, handleLength } from '../../../lib/crm/world-answer';
import { createWorld } from '../../../lib/crm/world';
import { listFixtures } from '../../contract/fixtures';
import { readRows } from '../../contract/reading';

const id = '7a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
const other = '0f1e2d3c-4b5a-4968-8776-655443322110';
const crm = (query: string, host = 'contoso.crm4.dynamics.com'): URL => new URL(`https://${host}/main.aspx?${query}`);
const empty = new Window().document as unknown as Document;

function open(name: string): { doc: Document; url: URL } {
  const fixture = listFixtures('dynamics').find((each) => each.name.endsWith(name));
  if (!fixture) throw new Error(`No fixture ${name}`);
  const window = new Window({ url: fixture.expected.url });
  window.document.write(fixture.html);
  return { doc: window.document as unknown as Document, url: new URL(fixture.expected.url) };
}
const readings = (doc: Document, url: URL): Reading[] =>
  readRows(dynamics, doc, url)?.rows.map(({ reading }) => reading) ?? [];

describe('addresses', () => {
  it.each([
    ['pagetype=entitylist&etn=lead', { kind: 'list', object: 'lead' }],
    ['appid=1&pagetype=entitylist&etn=opportunity&viewid=2&viewType=1039', { kind: 'list', object: 'opportunity' }],
    [`pagetype=entityrecord&etn=lead&id=${id}`, { kind: 'record', object: 'lead', recordId: id }],
    [
      `etn=contact&id=%7B${id.toUpperCase()}%7D&pagetype=entityrecord`,
      { kind: 'record', object: 'contact', recordId: id },
    ],
    ['pagetype=entityrecord&etn=lead', null],
    ['pagetype=entityrecord&etn=lead&id=1', null],
    [`pagetype=entityrecord&etn=account&id=${id}`, null],
    ['pagetype=dashboard&id=1', null],
    ['pagetype=entitylist&etn=constructor', null],
    [`etn=lead&id=${id}`, null],
    ['', null],
  ])('%s', (query, route) => {
    expect(dynamics.route(crm(query), empty)).toEqual(route);
  });

  it('belong to the data centres of the vendor, and to nothing that only ends alike', () => {
    for (const host of ['contoso.crm.dynamics.com', 'contoso.crm21.dynamics.com', 'contoso.crm.microsoftdynamics.us'])
      expect(dynamics.detect(empty, crm('', host))).toBe(1);
    for (const host of ['home.dynamics.com', 'contoso.crm18.dynamics.com', 'crm.dynamics.com.evil.example'])
      expect(dynamics.detect(empty, crm('', host))).toBe(0);
  });

  it("a record's address keeps the app", () => {
    const site = { doc: empty, url: crm('appid=5&pagetype=entitylist&etn=lead&viewid=7') };
    const address = 'https://contoso.crm4.dynamics.com/main.aspx';
    expect(dynamics.recordUrl('lead', id, site)).toBe(`${address}?appid=5&pagetype=entityrecord&etn=lead&id=${id}`);
    expect(dynamics.recordUrl('account', id, site)).toBeUndefined();
    expect(dynamics.recordUrl('lead', '../1', site)).toBeUndefined();
  });
});

describe('a form that is changing', () => {
  it('still showing the last record under the address of the next one, says nothing but the id', () => {
    const { doc, url } = open('record-lead-classic-header');
    expect(readings(doc, url)).toMatchObject([{ ok: true, ref: { value: id }, fields: { name: 'Nora Quick' } }]);
    const next = new URL(url);
    next.searchParams.set('id', other);
    const bare = { ok: true, ref: { by: 'id', value: other }, fields: {}, missing: [] };
    expect(readings(doc, next)).toEqual([bare]);
    expect(readings(doc, next)).toEqual([bare]);
    doc.querySelector('[data-id="header_title"]')?.setAttribute('title', 'Ada Vega');
    expect(readings(doc, next)).toMatchObject([{ ref: { value: other }, fields: { name: 'Ada Vega' } }]);
    expect(readings(doc, next)).toMatchObject([{ ref: { value: other }, fields: { name: 'Ada Vega' } }]);
  });

  it('does not say what somebody is typing', () => {
    const { doc, url } = open('record-lead-classic-header');
    const input = doc.querySelector<HTMLInputElement>('input[data-id^="companyname."]');
    input?.focus();
    if (input) input.value = 'Quick GmbH and half a wo';
    const [reading] = readings(doc, url);
    expect(reading).toMatchObject({ ok: true, fields: { name: 'Nora Quick', email: 'nora@quick.example' } });
    expect(reading?.ok && reading.fields).not.toHaveProperty('company');
    input?.blur();
    expect(readings(doc, url)).toMatchObject([{ fields: { company: 'Quick GmbH and half a wo' } }]);
  });
});

describe('a handle', () => {
  it('is the same for the same row, and another for a namesake in the same place', () => {
    expect(rowHandle(3, 'Ada Vega', 'a')).toBe(rowHandle(3, 'Ada Vega', 'a'));
    expect(rowHandle(3, 'Ada Vega', 'a')).not.toBe(rowHandle(3, 'Ada Vega', 'b'));
    expect(rowHandle(3, 'Ada Vega', 'a')).not.toBe(rowHandle(4, 'Ada Vega', 'a'));
  });

  it('is never longer than what may be asked with', () => {
    for (const name of ['"'.repeat(500), '\\'.repeat(500), '😀'.repeat(500), 'x'.repeat(5000)])
      expect(rowHandle(999_999, name, name).length).toBeLessThanOrEqual(handleLength);
  });
});

describe("the page's own world", () => {
  interface RowOf {
    readonly id: unknown;
    readonly name: unknown;
  }
  const status = (rows: readonly RowOf[], named: 'primary' | 'attribute' = 'primary'): unknown => ({
    mainGrid: {
      getGrid: () => ({
        getRows: () => ({
          getLength: () => rows.length,
          get: (index: number) => ({
            getData: () => ({
              getEntity: () => ({
                getId: () => rows[index]?.id,
                ...(named === 'primary' ? { getPrimaryAttributeValue: () => rows[index]?.name } : {}),
                attributes: {
                  getByName: (name: string) => (name === 'fullname' ? { getValue: () => rows[index]?.name } : null),
                },
              }),
            }),
          }),
        }),
      }),
    },
  });
  const nora = { id: `{${id.toUpperCase()}}`, name: 'Nora Quick' };
  const ada = { id: other, name: 'Ada Vega' };
  const twin = { id: '11112222-3333-4444-8555-666677778888', name: 'Ada Vega' };
  const [noraAt0, adaAt1, adaAt2] = [
    rowHandle(0, 'Nora Quick', '1'),
    rowHandle(1, 'Ada Vega', '2'),
    rowHandle(2, 'Ada Vega', '3'),
  ];

  it.each(['primary', 'attribute'] as const)('says which record lies where, namesakes too (name by %s)', (named) => {
    expect(findRows(status([nora, ada, twin], named), new Set([noraAt0, adaAt1, adaAt2]))).toEqual(
      new Map([
        [noraAt0, id],
        [adaAt1, other],
        [adaAt2, twin.id],
      ]),
    );
  });

  it('where one row lies elsewhere, believes names that one row alone has', () => {
    expect(findRows(status([ada, nora, twin]), new Set([noraAt0, adaAt1, adaAt2]))).toEqual(new Map([[noraAt0, id]]));
  });

  it.each([
    ['another name', status([{ ...nora, name: 'Somebody Else' }])],
    ['no name', status([{ ...nora, name: null }])],
    ['no id', status([{ ...nora, id: 7 }])],
    ['an id that is none', status([{ ...nora, id: '{1}' }])],
    ['no rows', status([])],
    ['no grid', {}],
    ['nothing', undefined],
  ])('%s: says nothing', (_name, given) => {
    expect(findRows(given, new Set([noraAt0]))).toEqual(new Map());
  });

  it('is not kept busy by a grid that says it is endless', () => {
    let asked = 0;
    const get = (): unknown => {
      asked += 1;
      return { getData: () => ({ getEntity: () => ({}) }) };
    };
    const grid = { mainGrid: { getGrid: () => ({ getRows: () => ({ getLength: () => 1e9, get }) }) } };
    expect(findRows(grid, new Set([noraAt0]))).toEqual(new Map());
    expect(asked).toBeLessThanOrEqual(1_000);
  });

  it('answers what the rows of a list ask', async () => {
    const { doc, url } = open('list-lead-en');
    // The two worlds share nothing but events.
    const events = new EventTarget() as Document;
    answerWorld((handles) => findRows(status([nora, { id: other, name: 'Tom & Co' }]), handles), events);
    const handles = readings(doc, url).flatMap((reading) => (reading.ok ? [reading.ref.value] : []));
    const answer = await createWorld(events, async () => undefined)(handles);
    expect([...answer.values()]).toEqual([id, other]);
  });
});

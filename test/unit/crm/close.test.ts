/** What the saved pages cannot show of Close: addresses, and links that lead elsewhere. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { close } from '../../../lib/crm/close';
import type { Reading } from '../../../lib/crm/types';

const empty = new Window().document as unknown as Document;
const at = (path: string): URL => new URL(path, 'https://app.close.com');

describe('addresses', () => {
  it.each([
    ['/leads', { kind: 'list', object: 'lead' }],
    ['/leads/?query=x', { kind: 'list', object: 'lead' }],
    ['/opportunities/pipeline/1', { kind: 'board', object: 'lead' }],
    ['/lead/lead_Ab12/', { kind: 'record', object: 'lead', recordId: 'lead_Ab12' }],
    ['/lead/lead_Ab12/activity', { kind: 'record', object: 'lead', recordId: 'lead_Ab12' }],
    ['/lead/', null],
    ['/lead/cont_1/', null],
    [`/lead/lead_${'x'.repeat(65)}/`, null],
    ['/tasks', null],
    ['/inbox', null],
    ['/leadsomething', null],
    ['/', null],
  ])('%s', (path, route) => {
    expect(close.route(at(path), empty)).toEqual(route);
  });

  it('is Close on its own host alone', () => {
    expect(close.detect(empty, at('/'))).toBe(1);
    expect(close.detect(empty, new URL('https://api.close.com/'))).toBe(0);
    expect(close.detect(empty, new URL('https://www.close.com/'))).toBe(0);
  });

  it('of a record is a lead’s', () => {
    const site = { doc: empty, url: at('/leads') };
    expect(close.recordUrl('lead', 'lead_Ab12', site)).toBe('https://app.close.com/lead/lead_Ab12/');
    expect(close.recordUrl('opportunity', 'lead_Ab12', site)).toBeUndefined();
    expect(close.recordUrl('lead', '../x', site)).toBeUndefined();
  });
});

describe('a row', () => {
  function read(cells: string): Reading {
    const window = new Window({ url: 'https://app.close.com/leads/' });
    window.document.write(
      `<body><table><tbody><tr class="DataTable_row_x"><td>${cells}</td></tr></tbody></table></body>`,
    );
    const doc = window.document as unknown as Document;
    const row = doc.querySelector('tr');
    if (!row || !close.surfaces.list) throw new Error('No row');
    const page = { doc, url: at('/leads/'), route: { kind: 'list', object: 'lead' } as const, now: () => 0 };
    return close.surfaces.list.read(row, page);
  }

  it.each([
    ['another site', 'https://elsewhere.example/lead/lead_Ab12/'],
    ['nowhere', 'https://%/lead/lead_Ab12'],
    ['something very long', `/lead/lead_Ab12/?${'x'.repeat(1_000_000)}`],
    ['a path that only holds one', '/files/lead/lead_Ab12/'],
  ])('whose link leads to %s cannot be read', (_name, href) => {
    expect(read(`<a href="${href}">Nora</a>`)).toEqual({ ok: false, missing: ['recordId'] });
  });

  it('has a mail address where there is one, and none where contacts have several', () => {
    const lead = '<a href="/lead/lead_Ab12/">Nora</a>';
    expect(read(`${lead}<a href="mailto:nora%2Ba@quick.example">x</a>`)).toMatchObject({
      fields: { name: 'Nora', email: 'nora+a@quick.example' },
    });
    const two = '<a href="mailto:a@quick.example">x</a><a href="mailto:b@quick.example">y</a>';
    expect(read(lead + two)).toMatchObject({ fields: { name: 'Nora' } });
    expect(read(lead + two)).not.toHaveProperty('fields.email');
    expect(read(`${lead}<a href="mailto:">x</a><a href="tel:%E0%A4%A">y</a>`)).toEqual({
      ok: true,
      ref: { by: 'id', value: 'lead_Ab12' },
      fields: { name: 'Nora' },
      missing: [],
    });
  });
});

/** What the saved pages cannot show of Twenty: addresses, recognition, and pages that change under the same address. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { twenty } from '../../../lib/crm/twenty';
import { listFixtures } from '../../contract/fixtures';
import { placements, readRows } from '../../contract/reading';

function open(name: string): { doc: Document; url: URL } {
  const fixture = listFixtures('twenty').find((each) => each.name.endsWith(name));
  if (!fixture) throw new Error(`No fixture ${name}`);
  const window = new Window({ url: fixture.expected.url });
  window.document.write(fixture.html);
  return { doc: window.document as unknown as Document, url: new URL(fixture.expected.url) };
}
const empty = new Window().document as unknown as Document;
const uuid = '5e1f0a7b-0001-4c3d-9e00-000000000001';
const at = (path: string): URL => new URL(path, 'https://acme.twenty.com');

describe('addresses', () => {
  it.each([
    ['/objects/opportunities', { kind: 'list', object: 'opportunity' }],
    ['/objects/opportunities/?viewId=1#x', { kind: 'list', object: 'opportunity' }],
    ['/objects/people', { kind: 'list', object: 'person' }],
    [`/object/person/${uuid}#emails`, { kind: 'record', object: 'person', recordId: uuid }],
    ['/objects/companies', null],
    ['/objects/opportunity', null],
    ['/objects/toString', null],
    ['/objects/people/x', null],
    [`/object/company/${uuid}`, null],
    [`/object/people/${uuid}`, null],
    ['/object/opportunity/1', null],
    ['/object/opportunity/', null],
    [`/object/opportunity/${uuid}/x`, null],
    ['/welcome', null],
    ['/settings/profile', null],
    ['/', null],
  ])('%s', (path, route) => {
    expect(twenty.route(at(path), empty)).toEqual(route);
  });

  it('a record has an address only if it is one of ours', () => {
    const site = { doc: empty, url: at('/objects/people?viewId=1') };
    expect(twenty.recordUrl('person', uuid, site)).toBe(`https://acme.twenty.com/object/person/${uuid}`);
    expect(twenty.recordUrl('company', uuid, site)).toBeUndefined();
    expect(twenty.recordUrl('person', '../x', site)).toBeUndefined();
  });
});

describe('a row', () => {
  it('under whose name the hover copy lies keeps its badge beside the name itself', () => {
    const { doc, url } = open('list-opportunity-en');
    const read = readRows(twenty, doc, url);
    const [first] = read ? placements(read) : [];
    expect(first?.parent.getAttribute('data-testid')).toBe('editable-cell-display-mode');
    doc.querySelector('.css-hover')?.remove();
    const without = readRows(twenty, doc, url);
    expect(without && placements(without)[0]?.parent).toBe(first?.parent);
  });

  it('that is used again for another record is the other record', () => {
    const { doc, url } = open('list-person-es');
    const row = doc.querySelector('[data-selectable-id]') as Element;
    const other = uuid.replace(/1$/u, '9');
    row.setAttribute('data-selectable-id', other);
    // Its link is not there yet: which of the two it is, nobody can say.
    expect(readRows(twenty, doc, url)?.rows[0]?.reading).toEqual({ ok: false, missing: ['recordId'] });
    row.querySelector('a')?.setAttribute('href', `/object/person/${other}?x=1`);
    expect(readRows(twenty, doc, url)?.rows[0]?.reading).toMatchObject({ ok: true, ref: { value: other } });
  });
});

describe('a record page', () => {
  it('whose value is gone takes none of the next field', () => {
    const { doc, url } = open('record-opportunity-en');
    doc.querySelector('h3')?.closest('.css-9i')?.remove();
    const [row] = readRows(twenty, doc, url)?.rows ?? [];
    expect(row?.reading).toMatchObject({ ok: true, fields: { name: 'Rollout 40 seats' } });
    expect(row?.reading.ok && row.reading.fields).not.toHaveProperty('statusLabel');
  });
});

it('is recognised by its own frame, and not before it stands', () => {
  const { doc, url } = open('list-opportunity-en');
  expect(twenty.detect(doc, url)).toBe(1);
  doc.querySelector('[data-testid="workspace-dropdown"]')?.remove();
  expect(twenty.detect(doc, url)).toBe(0);
});

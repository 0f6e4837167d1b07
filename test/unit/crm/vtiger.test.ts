/** What the saved pages cannot show of vtiger: addresses, and every way to write a date. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { vtiger } from '../../../lib/crm/vtiger';
import { listFixtures } from '../../contract/fixtures';
import { readRows } from '../../contract/reading';

function open(name: string): { doc: Document; url: URL } {
  const fixture = listFixtures('vtiger').find((each) => each.name.endsWith(name));
  if (!fixture) throw new Error(`No fixture ${name}`);
  const window = new Window({ url: fixture.expected.url });
  window.document.write(fixture.html);
  return { doc: window.document as unknown as Document, url: new URL(fixture.expected.url) };
}
const empty = new Window().document as unknown as Document;
const at = (path: string): URL => new URL(path, 'https://crm.vega.example');

describe('addresses', () => {
  it.each([
    ['/index.php?module=Leads&view=List', { kind: 'list', object: 'Leads' }],
    ['/?module=Potentials&view=List&viewname=3', { kind: 'list', object: 'Potentials' }],
    ['/vtiger/index.php?view=Detail&record=37&module=Contacts', { kind: 'record', object: 'Contacts', recordId: '37' }],
    ['/index.php?module=Leads&view=Edit&record=37', null],
    ['/index.php?module=Leads&view=Detail', null],
    ['/index.php?module=Leads&view=Detail&record=37x', null],
    ['/index.php?module=Accounts&view=List', null],
    ['/index.php?module=constructor&view=List', null],
    ['/other.php?module=Leads&view=List', null],
    ['/index.php', null],
  ])('%s', (path, route) => {
    expect(vtiger.route(at(path), empty)).toEqual(route);
  });

  it('a record’s address keeps the folder of the installation', () => {
    const site = { doc: empty, url: at('/crm/index.php?module=Leads&view=List#x') };
    expect(vtiger.recordUrl('Leads', '37', site)).toBe(
      'https://crm.vega.example/crm/index.php?module=Leads&view=Detail&record=37',
    );
    expect(vtiger.recordUrl('Accounts', '37', site)).toBeUndefined();
    expect(vtiger.recordUrl('Leads', '0', site)).toBeUndefined();
  });
});

describe('a shown instant', () => {
  const created = (format: string | null, text: string): unknown => {
    const { doc, url } = open('list-lead-en');
    if (format === null) doc.body.removeAttribute('data-user-dateformat');
    else doc.body.setAttribute('data-user-dateformat', format);
    const value = doc.querySelector('[data-name="createdtime"] .value');
    if (value) value.textContent = text;
    const [row] = readRows(vtiger, doc, url)?.rows ?? [];
    return row?.reading.ok ? (row.reading.fields.createdAt?.at ?? row.reading.missing) : null;
  };
  const hours = 3_600_000;

  it.each([
    ['mm-dd-yyyy', '11-04-2026 11:08 AM', Date.UTC(2026, 10, 4, 11, 8)],
    ['dd-mm-yyyy', '11-04-2026 11:08 PM', Date.UTC(2026, 3, 11, 23, 8)],
    ['yyyy-mm-dd', '2026-11-04 16:05', Date.UTC(2026, 10, 4, 16, 5)],
    ['dd.mm.yyyy', '11.04.2026 16:05', Date.UTC(2026, 3, 11, 16, 5)],
  ])('%s: %s', (format, text, local) => {
    expect(created(format, text)).toBe(local - 14 * hours);
  });

  it('that does not say which number is the month is none', () => {
    expect(created(null, '11-04-2026 11:08 AM')).toEqual(['createdAt']);
    expect(created('something else', '11-04-2026 11:08 AM')).toEqual(['createdAt']);
  });
});

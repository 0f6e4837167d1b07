/** What the saved pages cannot show of SuiteCRM: addresses, and what the page says of dates. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { suitecrm } from '../../../lib/crm/suitecrm';
import type { SiteDates } from '../../../lib/crm/types';
import { listFixtures } from '../../contract/fixtures';
import { readRows } from '../../contract/reading';

const empty = new Window().document as unknown as Document;
const at = (path: string): URL => new URL(path, 'https://crm.vega.example');
const ajax = (target: string): string => `/index.php?action=ajaxui#ajaxUILoc=${encodeURIComponent(target)}`;
const uuid = '8f0a1c2d-1111-4000-8000-000000000001';

describe('addresses', () => {
  it.each([
    ['/index.php?module=Leads', { kind: 'list', object: 'Leads' }],
    ['/suite/index.php?module=Contacts&action=ListView&x=1', { kind: 'list', object: 'Contacts' }],
    [
      `/?action=DetailView&module=Opportunities&record=${uuid}`,
      { kind: 'record', object: 'Opportunities', recordId: uuid },
    ],
    [ajax('index.php?module=Leads&action=index'), { kind: 'list', object: 'Leads' }],
    [
      ajax(`index.php?module=Leads&action=DetailView&record=${uuid}`),
      { kind: 'record', object: 'Leads', recordId: uuid },
    ],
    ['/index.php?action=ajaxui#ajaxUILoc=%E0%A4%A', null],
    ['/index.php?action=ajaxui#ajaxUILoc=', null],
    ['/index.php?module=Leads&action=EditView&record=1', null],
    ['/index.php?module=Leads&action=DetailView', null],
    ['/index.php?module=Leads&action=DetailView&record=%3Cscript%3E', null],
    ['/index.php?module=Accounts&action=index', null],
    ['/index.php?module=toString&action=index', null],
    ['/cron.php?module=Leads', null],
  ])('%s', (path, route) => {
    expect(suitecrm.route(at(path), empty)).toEqual(route);
  });

  it('a record’s address is a page of its own, whatever stands behind the #', () => {
    const site = { doc: empty, url: at(ajax('index.php?module=Leads').replace('/index', '/suite/index')) };
    expect(suitecrm.recordUrl('Leads', uuid, site)).toBe(
      `https://crm.vega.example/suite/index.php?module=Leads&action=DetailView&record=${uuid}`,
    );
    expect(suitecrm.recordUrl('Calls', uuid, site)).toBeUndefined();
    expect(suitecrm.recordUrl('Leads', 'a/b', site)).toBeUndefined();
  });
});

describe('a shown instant', () => {
  const hour = 3_600_000;
  const created = (settings: string, text: string, dates?: SiteDates): unknown => {
    const fixture = listFixtures('suitecrm').find(({ name }) => name.endsWith('list-contact-without-settings'));
    if (!fixture) throw new Error('No fixture');
    const url = new URL(fixture.expected.url);
    const window = new Window({ url: url.href });
    window.document.write(fixture.html.replace('var name_format', `${settings} var name_format`));
    const doc = window.document as unknown as Document;
    const cell = doc.querySelector('td[field="date_entered"]');
    if (cell) cell.textContent = text;
    const [row] = readRows(suitecrm, doc, url, undefined, dates)?.rows ?? [];
    return row?.reading.ok ? (row.reading.fields.createdAt ?? row.reading.missing) : null;
  };
  const american = "var date_reg_positions = { 'm': 1,'d': 2,'Y': 3 };";
  const german = "var date_reg_positions = {'d': 1,'m': 2,'Y': 3};";

  it('lies within an hour to either side of today’s distance from UTC: clocks may have been shifted since', () => {
    expect(created(`${american} var time_offset = 3600;`, '07/04/2026 11:08am')).toEqual({
      at: Date.UTC(2026, 6, 4, 11, 8) - hour - hour,
      precision: 60_000 + 2 * hour,
    });
    expect(created(`${german} var time_offset = -10800;`, '04.07.2026 23:08')).toEqual({
      at: Date.UTC(2026, 6, 4, 23, 8) + 3 * hour - hour,
      precision: 60_000 + 2 * hour,
    });
  });

  it.each(['', 'var time_offset = 999999;', 'var time_offset = NaN;'])(
    'spans all zones where the page says “%s”',
    (offset) => {
      expect(created(`${american}${offset}`, '07/04/2026 11:08 pm')).toEqual({
        at: Date.UTC(2026, 6, 4, 23, 8) - 14 * hour,
        precision: 60_000 + 26 * hour,
      });
    },
  );

  it('is exact in the zone that the person set, but not in one that today’s distance from UTC rules out', () => {
    const text = '07/04/2026 11:08am';
    expect(created(`${american} var time_offset = 3600;`, text, { timeZone: 'Europe/Madrid' })).toEqual({
      at: Date.UTC(2026, 6, 4, 9, 8),
      precision: 60_000,
    });
    expect(created(`${american} var time_offset = 3600;`, text, { timeZone: 'Asia/Tokyo' })).toEqual(
      created(`${american} var time_offset = 3600;`, text),
    );
  });

  it('is in the order that the person set only where the page tells none', () => {
    const madrid = { timeZone: 'Europe/Madrid', order: 'dmy' } as const;
    expect(created('', '07/04/2026 11:08', madrid)).toEqual({ at: Date.UTC(2026, 3, 7, 9, 8), precision: 60_000 });
    expect(created(american, '07/04/2026 11:08', madrid)).toEqual({
      at: Date.UTC(2026, 6, 4, 9, 8),
      precision: 60_000,
    });
  });

  it.each(['07/04/2026', '07/04/2026 late', 'by Lea Brandt 07/04/2026 11:08am', '13/13/2026 11:08am'])(
    '%s is none',
    (text) => {
      expect(created(american, text)).toEqual(['createdAt']);
    },
  );

  it('without an order is none if two are possible', () => {
    expect(created('', '07/04/2026 11:08am')).toEqual(['createdAt']);
    expect(created("var date_reg_positions = { 'd': 1 };", '07/04/2026 11:08am')).toEqual(['createdAt']);
  });
});

/** Dates of a page, with what the person said of the site. */
import { Window } from 'happy-dom';
import { beforeEach, describe, expect, it } from 'vitest';
import { shownInstant } from '../../../lib/crm/shown';
import type { Page, SiteDates } from '../../../lib/crm/types';

const minute = 60_000;
const hour = 60 * minute;
const noon = Date.UTC(2026, 10, 23, 12);

let now = noon;
let dates: SiteDates = {};
let page: Page;
beforeEach(() => {
  const url = new URL('https://crm.example/leads');
  now = noon;
  dates = { timeZone: 'Europe/Madrid' };
  const doc = new Window({ url: url.href }).document as unknown as Document;
  page = { doc, url, route: { kind: 'list', object: 'lead' }, now: () => now, dates: () => dates };
});

describe('a date of a page', () => {
  it('is read in the zone and order of the site, as they are set at the moment', () => {
    dates = {};
    expect(shownInstant('3/4/2026 9:12', page, '1')).toBeUndefined();
    dates = { timeZone: 'Europe/Madrid', order: 'dmy' };
    expect(shownInstant('3/4/2026 9:12', page, '1')).toEqual({ at: Date.UTC(2026, 3, 3, 7, 12), precision: minute });
    dates = { timeZone: 'Asia/Tokyo', order: 'mdy' };
    expect(shownInstant('3/4/2026 9:12', page, '1')).toEqual({ at: Date.UTC(2026, 2, 4, 0, 12), precision: minute });
  });

  it('that the page itself tells how to read is read so', () => {
    dates = { timeZone: 'Europe/Madrid', order: 'dmy' };
    expect(shownInstant('3/4/2026 9:12', page, '1', { order: 'mdy' })?.at).toBe(Date.UTC(2026, 2, 4, 8, 12));
  });

  it('with a zone that no browser knows spans a day, as without one', () => {
    dates = { timeZone: 'Mars/Olympus' };
    expect(shownInstant('23 Nov 2026 9:12', page, '1')?.precision).toBe(26 * hour + minute);
  });

  it('is never exacter than a minute: that is for an API to be', () => {
    expect(shownInstant('11/23/2026 09:12:30', page, '1')).toEqual({
      at: Date.UTC(2026, 10, 23, 8, 12, 30),
      precision: minute,
    });
  });

  it('that counts from now is one instant for a record, as often as it is read, and another for the next record', () => {
    const first = shownInstant('2 hours ago', page, '1');
    now += 50 * minute;
    expect(shownInstant('2 hours ago', page, '1')).toEqual(first);
    expect(shownInstant('2 hours ago', page, '2')?.at).toBe((first?.at ?? 0) + 50 * minute);
  });
});

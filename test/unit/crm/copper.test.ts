/** What is particular to Copper: routes in the hash, records over their list, and inputs that somebody may be typing into. */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import { copper } from '../../../lib/crm/copper';
import type { Page, Reading } from '../../../lib/crm/types';

const app = 'https://app.copper.com/companies/414243/app';
const windows: Window[] = [];

afterEach(async () => {
  await Promise.all(windows.splice(0).map((window) => window.happyDOM.close()));
});

function pageOf(html: string): Page {
  const url = new URL(`${app}#/browse/list/people/default?fullProfile=people-184400001`);
  const window = new Window({ url: url.href });
  windows.push(window);
  window.document.write(html);
  const doc = window.document as unknown as Document;
  const route = copper.route(url, doc);
  if (!route) throw new Error('No route');
  return { doc, url, route, now: () => 0 };
}

function readPanel(page: Page): Reading {
  const panel = page.doc.querySelector('.EntityFullProfileFrame-fullProfile');
  if (!panel || !copper.surfaces.record) throw new Error('No panel');
  return copper.surfaces.record.read(panel, page);
}

const panelWith = (inside: string): Page =>
  pageOf(
    `<div class="EntityFullProfileFrame-fullProfile"><input placeholder="Add Name" value="Nora">
      <input placeholder="Add Owner" value="Lea">${inside}</div>`,
  );
const activity = (head: string, at: string): string =>
  `<div class="ActivityItem"><span class="ActivityItem_headerContent">${head}</span>
    <div class="ActivityItem_date"><time datetime="${at}">2:30 PM</time></div></div>`;
const touchOf = (reading: Reading): unknown => (reading.ok ? reading.fields.lastTouchAt : null);

describe('routes', () => {
  const { doc } = pageOf('');
  const route = (address: string): unknown => copper.route(new URL(address), doc);

  it.each([
    ['#/contact/184400001', { kind: 'record', object: 'people', recordId: '184400001' }],
    ['#/lead/7', { kind: 'record', object: 'leads', recordId: '7' }],
    ['#/opportunity/8', { kind: 'record', object: 'opportunities', recordId: '8' }],
    ['#/browse/list/leads/mine?x=1&fullProfile=leads-7', { kind: 'record', object: 'leads', recordId: '7' }],
    ['#/browse/board/opportunities/default', { kind: 'board', object: 'opportunities' }],
    ['#/browse/list/opportunities/default?pipeline=3', { kind: 'list', object: 'opportunities' }],
  ])('%s', (hash, expected) => {
    expect(route(app + hash)).toEqual(expected);
  });

  it.each([
    '#/feed',
    '#/company/77100001',
    '#/browse/list/companies/default?fullProfile=companies-77100001',
    '#/browse/list/constructor/default',
    '#/browse/list/tasks/default',
    '#/contact/new',
    '',
  ])('%s is none', (hash) => {
    expect(route(app + hash)).toBeNull();
  });

  it('are none where somebody signs in', () => {
    expect(route('https://app.copper.com/users/sign_in#/contact/184400001')).toBeNull();
  });

  it('go to a record by its short address, because the long one does not open', () => {
    const site = { doc, url: new URL(`${app}?x=1#/feed`) };
    expect(copper.recordUrl('people', '184400001', site)).toBe(`${app}#/contact/184400001`);
    expect(copper.recordUrl('companies', '1', site)).toBeUndefined();
    expect(copper.recordUrl('people', '../1', site)).toBeUndefined();
  });
});

describe('the panel of a record', () => {
  it('does not take what somebody is typing for what Copper holds', () => {
    const page = panelWith('');
    page.doc.querySelector<HTMLInputElement>('[placeholder="Add Owner"]')?.focus();
    const reading = readPanel(page);
    expect(reading.ok && reading.fields).toEqual({ name: 'Nora' });
  });

  it('knows a touch by a logged call alone, and by the newest, whatever their order', () => {
    const calls = [
      activity('<a>Lea</a> logged a Phone Call', '2026-11-20T10:00:00.000Z'),
      activity('<a>You</a> logged a Phone Call', '2026-11-21T10:00:00.000Z'),
      activity('<a>You</a> changed the owner', '2026-11-22T10:00:00.000Z'),
    ];
    expect(touchOf(readPanel(panelWith(calls.join(''))))).toEqual({
      at: Date.UTC(2026, 10, 21, 10),
      precision: 1000,
    });
  });

  it('has no touch where no call was logged, or its time is none', () => {
    expect(touchOf(readPanel(panelWith(activity('You added a note', '2026-11-20T10:00:00.000Z'))))).toBeUndefined();
    expect(touchOf(readPanel(panelWith(activity('You logged a Phone Call', 'yesterday'))))).toBeUndefined();
  });
});

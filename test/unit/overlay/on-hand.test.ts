// @vitest-environment happy-dom
/** Which lead is on hand at a page: the record's, or the one whose badge was opened last; never one of a page that was left. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDesk, type Desk } from '../../../lib/overlay/desk';
import { badgeIn, buttonOf, keyOf, open, rowHtml, settle, start, tableHtml, type TestPage } from './harness';

let page: TestPage;
let desk: Desk;
const changed = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  changed.mockClear();
});
afterEach(() => {
  page.stop.abort();
  vi.useRealTimers();
});

async function show(html: string, url?: string): Promise<void> {
  page = open(html, {
    ...(url === undefined ? {} : { url }),
    createDesk: (options) => (desk = createDesk({ ...options, onHandChanged: changed })),
  });
  await settle();
}

const list = tableHtml(rowHtml(1), rowHtml(2));
const record = '<div class="record"><h1><b>Ana</b></h1></div>';

describe('the lead on hand', () => {
  it('is none on a list before a badge was opened, and then the one that was opened last', async () => {
    await show(list);
    expect(desk.onHand()).toEqual({ lead: null, surface: 'list' });
    changed.mockClear();
    for (const id of ['1', '2']) {
      buttonOf(badgeIn(id)).click();
      expect(desk.onHand()).toEqual({ lead: keyOf(id), surface: 'list' });
      await settle();
    }
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('stays when its panel is closed, and when the list no longer shows its row', async () => {
    await show(list);
    buttonOf(badgeIn('1')).click();
    await settle();
    buttonOf(badgeIn('1')).click();
    await settle();
    expect(document.querySelector('relevo-panel')).toBeNull();
    document.querySelector('tr[data-id="1"]')?.remove();
    await settle();
    expect(desk.onHand().lead).toBe(keyOf('1'));
  });

  it('is the lead of a record, without anything opened', async () => {
    await show(record, 'https://crm.test/#Lead/7');
    expect(desk.onHand()).toEqual({ lead: keyOf('7'), surface: 'record' });
  });

  it('is gone with its page: at once when the address moves, and told when the page is left', async () => {
    await show(list);
    buttonOf(badgeIn('2')).click();
    await settle();
    changed.mockClear();
    page.moveTo('https://crm.test/#Lead/7');
    expect(desk.onHand().lead).toBeNull();
    document.body.innerHTML = record;
    await settle();
    expect(changed).toHaveBeenCalled();
    expect(desk.onHand()).toEqual({ lead: keyOf('7'), surface: 'record' });
    page.goTo('https://crm.test/#Reports');
    await settle();
    expect(desk.onHand()).toEqual({ lead: null, surface: null });
    document.body.innerHTML = list;
    page.goTo('https://crm.test/#Lead');
    await settle();
    expect(desk.onHand()).toEqual({ lead: null, surface: 'list' });
  });
});

// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  badgeIn,
  buttonOf,
  clockOf,
  hour,
  keyOf,
  minute,
  open,
  rowHtml,
  settle,
  start,
  tableHtml,
  timeOf,
  type TestPage,
} from './harness';

let page: TestPage | undefined;
beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  page?.stop.abort();
  page = undefined;
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a person at the badge', () => {
  test('a click opens the panel and does not reach the row', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    const reached = vi.fn();
    for (const type of ['click', 'mousedown', 'pointerdown', 'keydown', 'dblclick'])
      document.querySelector('tr')?.addEventListener(type, reached);
    for (const type of ['pointerdown', 'mousedown', 'click', 'dblclick'])
      buttonOf(badgeIn('1')).dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }));
    await settle(10);
    expect(reached).not.toHaveBeenCalled();
    expect(page.tokens).toEqual([keyOf('1')]);
    expect(document.querySelectorAll('relevo-panel')).toHaveLength(1);
  });

  test('Enter opens the panel and does not reach the row', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    const reached = vi.fn();
    document.querySelector('tr')?.addEventListener('keydown', reached);
    buttonOf(badgeIn('1')).dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }),
    );
    await settle(10);
    expect(reached).not.toHaveBeenCalled();
    expect(document.querySelectorAll('relevo-panel')).toHaveLength(1);
  });

  test('Escape closes the panel, and the CRM does not hear it', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    buttonOf(badgeIn('1')).click();
    await settle(10);
    const heard = vi.fn();
    document.addEventListener('keydown', heard, { once: true });
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    expect(document.querySelector('relevo-panel')).toBeNull();
    expect(heard).not.toHaveBeenCalled();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    expect(heard).toHaveBeenCalledOnce();
  });

  test('a press outside closes the panel; only one is open at a time', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)));
    await settle();
    buttonOf(badgeIn('1')).click();
    await settle(10);
    buttonOf(badgeIn('2')).click();
    await settle(10);
    expect(document.querySelectorAll('relevo-panel')).toHaveLength(1);
    expect(page.tokens).toEqual([keyOf('1'), keyOf('2')]);
    document.body.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true, composed: true }));
    expect(document.querySelector('relevo-panel')).toBeNull();
  });

  test('a message that is not from the panel does not close it', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    buttonOf(badgeIn('1')).click();
    await settle(10);
    window.dispatchEvent(new MessageEvent('message', { data: { relevo: 'close' }, source: window }));
    expect(document.querySelector('relevo-panel')).not.toBeNull();
  });

  test('the page cannot reach the iframe or its token', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    buttonOf(badgeIn('1')).click();
    await settle(10);
    expect(document.querySelector('relevo-panel')?.shadowRoot).toBeNull();
    expect(document.querySelector('relevo-panel')?.outerHTML).not.toContain('one-time');
  });

  test('focus shows a card with time left, due, promise and owner; leaving takes it away', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    buttonOf(badgeIn('1')).dispatchEvent(new FocusEvent('focus'));
    const card = document.querySelector('relevo-card')?.shadowRoot;
    expect(card?.querySelector('[role=tooltip]')).not.toBeNull();
    const said = card?.textContent ?? '';
    for (const part of ['Running', 'Time left', 'Due', 'First touch, clause 3.2', 'Anna Weber'])
      expect(said).toContain(part);
    buttonOf(badgeIn('1')).dispatchEvent(new FocusEvent('blur'));
    await settle(300);
    expect(document.querySelector('relevo-card')).toBeNull();
  });

  test('the pointer shows the card within 300 ms', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    badgeIn('1')?.dispatchEvent(Object.assign(new Event('pointerenter'), { pointerType: 'mouse' }));
    await settle(300);
    expect(document.querySelector('relevo-card')).not.toBeNull();
  });
});

describe('what it says', () => {
  test('the label has state, time left, due and promise in words', async () => {
    page = open(tableHtml(rowHtml(1)), { clock: (lead) => clockOf(lead, { leftMs: 3 * hour + 10 * minute + 30_000 }) });
    await settle();
    const label = buttonOf(badgeIn('1')).getAttribute('aria-label') ?? '';
    expect(label).toMatch(/^Running\. 3 h 10 left\. Due Monday.*\. First touch, clause 3\.2$/);
  });

  test('the label changes with the state, not with the time', async () => {
    const risk = 10 * minute;
    page = open(tableHtml(rowHtml(1)), {
      clock: (lead) => clockOf(lead, { leftMs: hour, upcoming: [{ at: start + risk, state: 'at-risk' }] }),
    });
    await settle();
    const label = () => buttonOf(badgeIn('1')).getAttribute('aria-label') ?? '';
    const [first, time] = [label(), timeOf(badgeIn('1'))];
    await settle(5 * minute);
    expect(label()).toBe(first);
    expect(timeOf(badgeIn('1'))).not.toBe(time);
    await settle(6 * minute);
    expect(label()).toMatch(/^At risk\./);
  });

  test.each([
    ['met', 'Met'],
    ['missed', 'Missed'],
    ['unknown', 'Unknown'],
  ] as const)('"%s" is a word, not only a colour', async (state, word) => {
    page = open(tableHtml(rowHtml(1)), {
      clock: (lead) =>
        clockOf(lead, { state, doneAt: start, leftMs: null, unknown: state === 'unknown' ? 'no-start' : null }),
    });
    await settle();
    expect(timeOf(badgeIn('1'))).toBe(word);
    expect(buttonOf(badgeIn('1')).querySelector('svg')?.childElementCount).toBeGreaterThan(0);
    expect(badgeIn('1')?.dataset['due']).toBeUndefined();
  });

  test('an ended lead says so: no badge means no promise, or not readable', async () => {
    page = open(tableHtml(rowHtml(1)), { clock: (lead) => clockOf(lead, { state: 'ended', doneAt: start }) });
    await settle();
    expect(timeOf(badgeIn('1'))).toBe('Ended');
  });
});

describe('ticking', () => {
  test('seconds in the last minute, minutes before, and nothing for what stands still', async () => {
    page = open(tableHtml(rowHtml(1)), { clock: (lead) => clockOf(lead, { leftMs: 62_500 }) });
    await settle(100);
    expect(timeOf(badgeIn('1'))).toBe('1 min');
    await settle(4_000);
    expect(timeOf(badgeIn('1'))).toBe('58 s');
    await settle(1_000);
    expect(timeOf(badgeIn('1'))).toBe('57 s');
    page.stop.abort();
    page = open(tableHtml(rowHtml(1)), { clock: (lead) => clockOf(lead, { state: 'met', doneAt: start }) });
    await settle(5_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a tick writes only what has changed', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)), {
      clock: (lead) => clockOf(lead, { leftMs: lead === keyOf('1') ? 50_000 : 3 * hour + 30_000 }),
    });
    await settle(1_000);
    const changes: Node[] = [];
    const observer = new MutationObserver((records) => changes.push(...records.map((record) => record.target)));
    for (const row of ['1', '2'])
      observer.observe(badgeIn(row)?.shadowRoot as ShadowRoot, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    await settle(3_000);
    expect(changes).toHaveLength(3);
    expect(new Set(changes.map((node) => node.parentElement?.className))).toEqual(new Set(['time']));
    observer.disconnect();
  });

  test('a hidden tab does not tick, and is right when it is back', async () => {
    let hidden = false;
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
    page = open(tableHtml(rowHtml(1)), { clock: (lead) => clockOf(lead, { leftMs: 50_000 }) });
    await settle(1_000);
    hidden = true;
    document.dispatchEvent(new Event('visibilitychange'));
    const before = timeOf(badgeIn('1'));
    await settle(20_000);
    expect(timeOf(badgeIn('1'))).toBe(before);
    hidden = false;
    document.dispatchEvent(new Event('visibilitychange'));
    expect(timeOf(badgeIn('1'))).toMatch(/^2\d s$/);
  });
});

// @vitest-environment happy-dom
/** Several leads selected at their badges, and the bar that acts on them; nothing of the CRM's own is touched. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { leadsAtOnce } from '../../../lib/messages/acts';
import type { Badge } from '../../../lib/overlay/badge';
import { createBar, type Bar, type BarOptions } from '../../../lib/overlay/bar';
import {
  badgeIn,
  buttonOf,
  keyOf,
  open,
  rowHtml,
  settle,
  start,
  tableHtml,
  watchFrames,
  type TestPage,
  type WatchedFrame,
} from './harness';

/** The badge of a lead that has one. */
const shown = (id: string): HTMLElement => badgeIn(id) as HTMLElement;

let page: TestPage | undefined;
beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  page?.stop.abort();
  page = undefined;
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const press = (id: string, key: string, more: KeyboardEventInit = {}): void => {
  buttonOf(shown(id)).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }),
  );
};
const isSelected = (id: string): boolean => shown(id).dataset['selected'] !== undefined;
const bars = () => document.querySelectorAll('relevo-bar');

describe('selecting at the badges', () => {
  test('x selects a lead and deselects it; the badge shows and says it, and no panel opens', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)));
    await settle();
    const reached = vi.fn();
    document.addEventListener('keydown', reached);
    press('1', 'x');
    await settle();
    document.removeEventListener('keydown', reached);
    expect(reached).not.toHaveBeenCalled();
    expect(isSelected('1')).toBe(true);
    expect(isSelected('2')).toBe(false);
    expect(buttonOf(shown('1')).classList.contains('selected')).toBe(true);
    expect(buttonOf(shown('1')).getAttribute('aria-label')).toContain('Selected');
    expect(page.tokens).toEqual([]);
    expect(bars()).toHaveLength(1);

    press('1', 'x');
    await settle();
    expect(isSelected('1')).toBe(false);
    expect(bars()).toHaveLength(0);
  });

  test.each(['shiftKey', 'ctrlKey', 'metaKey'] as const)(
    'a click with %s selects instead of opening',
    async (modifier) => {
      page = open(tableHtml(rowHtml(1)));
      await settle();
      buttonOf(shown('1')).dispatchEvent(
        new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, [modifier]: true }),
      );
      await settle();
      expect(isSelected('1')).toBe(true);
      expect(page.tokens).toEqual([]);
    },
  );

  test('the same key anywhere else, or with a modifier, or held down, is not ours', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    document.querySelector('.name a')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }));
    press('1', 'x', { ctrlKey: true });
    press('1', 'x', { repeat: true });
    await settle();
    expect(isSelected('1')).toBe(false);
    expect(page.barTokens).toEqual([]);
  });

  test('the bar keeps its token while other leads are selected, and is told only to look', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2), rowHtml(3)));
    await settle();
    const frames = watchFrames();
    press('1', 'x');
    await settle();
    press('2', 'x');
    await settle();
    press('1', 'x');
    await settle();
    expect(page.barTokens).toEqual([
      { leads: [keyOf('1')] },
      { leads: [keyOf('1'), keyOf('2')], token: 'bar-1' },
      { leads: [keyOf('2')], token: 'bar-1' },
    ]);
    expect(frames.map(({ told }) => told)).toEqual([[{ relevo: 'look' }, { relevo: 'look' }]]);
    expect(bars()).toHaveLength(1);
  });

  test('Escape on a badge clears everything, and a dialog of the CRM may close by it, too', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)));
    await settle();
    press('1', 'x');
    press('2', 'x');
    await settle();
    const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true });
    buttonOf(shown('2')).dispatchEvent(escape);
    await settle();
    expect(escape.defaultPrevented).toBe(false);
    expect([isSelected('1'), isSelected('2')]).toEqual([false, false]);
    expect(bars()).toHaveLength(0);
  });

  test("the CRM's own checkboxes keep their state and their meaning", async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    const box = document.createElement('input');
    box.type = 'checkbox';
    document.querySelector('tr')?.prepend(box);
    const heard = vi.fn();
    document.body.addEventListener('change', heard);
    press('1', 'x');
    await settle();
    expect(box.checked).toBe(false);
    expect(heard).not.toHaveBeenCalled();
    box.click();
    await settle();
    expect(isSelected('1')).toBe(true);
  });

  test('leaving the page ends the selection', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    press('1', 'x');
    await settle();
    page.goTo('https://crm.test/#elsewhere');
    await settle();
    expect(bars()).toHaveLength(0);
    page.goTo('https://crm.test/#Lead');
    await settle();
    expect(isSelected('1')).toBe(false);
  });

  test('teardown takes the bar away', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    press('1', 'x');
    await settle();
    page.stop.abort();
    expect(bars()).toHaveLength(0);
  });

  test('the page can reach neither the frame nor its token', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    press('1', 'x');
    await settle();
    expect(bars()[0]?.shadowRoot).toBeNull();
    expect(document.documentElement.outerHTML).not.toContain('bar-1');
  });
});

describe('what the bar says', () => {
  const badges = new Map<string, Badge>();
  const focused: string[] = [];
  const badge = (lead: string): Badge => {
    const known = badges.get(lead);
    if (known) return known;
    const made = {
      mark: { lead, state: 'running', due: null, marks: {}, selected: false, outdated: false },
      look: null,
      focus: () => void focused.push(lead),
    } as unknown as Badge;
    badges.set(lead, made);
    return made;
  };
  let stop: AbortController;
  let frames: WatchedFrame[];
  const selected: string[][] = [];
  const acted: string[][] = [];
  const asked: { leads: readonly string[]; token: string | undefined }[] = [];

  function newBar(more: Partial<BarOptions> = {}): Bar {
    stop = new AbortController();
    for (const list of [selected, acted, asked, focused]) list.length = 0;
    frames = watchFrames();
    return createBar({
      doc: document,
      url: 'about:blank',
      title: () => 'Bar',
      token: async (leads, token) => {
        asked.push({ leads, token });
        return { token: token ?? `token-${asked.length}` };
      },
      writing: (change) => change(),
      badgeOf: badge,
      onSelect: (leads) => selected.push([...leads]),
      onActed: (leads) => acted.push([...leads]),
      signal: stop.signal,
      ...more,
    });
  }
  const say = (data: unknown): void => frames.at(-1)?.say(data);
  afterEach(() => stop.abort());

  test('nothing of it is seen until it says how high it is', async () => {
    const bar = newBar();
    bar.command(badge('a'), 'select');
    await settle(10);
    const host = bars()[0] as HTMLElement;
    expect(host.style.height).toBe('0px');
    say({ relevo: 'height', px: 44 });
    expect(host.style.height).toBe('44px');
    for (const px of [0, -3, Number.NaN, '60']) say({ relevo: 'height', px });
    expect(host.style.height).toBe('44px');
  });

  test('it lies under dialogs: no top layer, and less than their layers', async () => {
    const bar = newBar();
    bar.command(badge('a'), 'select');
    await settle(10);
    const host = bars()[0] as HTMLElement;
    expect(host.hasAttribute('popover')).toBe(false);
    expect(Number(host.style.zIndex)).toBeLessThan(1_000);
  });

  test('acted: nothing is selected, the leads are looked at again, and the bar stays to offer undo', async () => {
    const bar = newBar();
    bar.command(badge('a'), 'select');
    bar.command(badge('b'), 'select');
    await settle(10);
    say({ relevo: 'acted' });
    expect(bar.selected('a')).toBe(false);
    expect(acted).toEqual([['a', 'b']]);
    expect(selected.at(-1)).toEqual(['a', 'b']);
    expect(bars()).toHaveLength(1);
    say({ relevo: 'undone' });
    expect(acted).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    say({ relevo: 'close' });
    expect(bars()).toHaveLength(0);
  });

  test('what is selected after an act gets a bar of its own', async () => {
    const bar = newBar();
    bar.command(badge('a'), 'select');
    await settle(10);
    say({ relevo: 'acted' });
    bar.command(badge('b'), 'select');
    await settle(10);
    expect(asked).toEqual([
      { leads: ['a'], token: undefined },
      { leads: ['b'], token: undefined },
    ]);
    expect(bars()).toHaveLength(1);
    expect(frames).toHaveLength(2);
  });

  test('a token that no longer stands gets a new bar', async () => {
    let stands = true;
    const bar = newBar({ token: async (_leads, token) => ({ token: stands && token ? token : `fresh-${stands}` }) });
    bar.command(badge('a'), 'select');
    await settle(10);
    stands = false;
    bar.command(badge('b'), 'select');
    await settle(10);
    expect(frames).toHaveLength(2);
    expect(frames[1]?.el.src).toContain('#fresh-false');
    expect(bars()).toHaveLength(1);
  });

  test('only its own frame is heard', async () => {
    const bar = newBar();
    bar.command(badge('a'), 'select');
    await settle(10);
    window.dispatchEvent(new MessageEvent('message', { data: { relevo: 'close' }, source: window }));
    window.dispatchEvent(new MessageEvent('message', { data: { relevo: 'close' }, source: null }));
    say({ relevo: 'elsewhere' });
    say('close');
    expect(bars()).toHaveLength(1);
  });

  test('the focus goes back to the badge only where the bar had it', async () => {
    const bar = newBar();
    bar.command(badge('a'), 'select');
    await settle(10);
    vi.spyOn(document, 'activeElement', 'get').mockReturnValue(bars()[0] as Element);
    say({ relevo: 'close' });
    expect(focused).toEqual(['a']);
    bar.command(badge('b'), 'select');
    await settle(10);
    vi.spyOn(document, 'activeElement', 'get').mockReturnValue(document.body);
    say({ relevo: 'close' });
    expect(focused).toEqual(['a']);
  });

  test('a worker that does not answer leaves the selection, and the next one asks again', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    let dead = true;
    const bar = newBar({
      token: async () => {
        if (dead) throw new Error('No response');
        return { token: 'late' };
      },
    });
    bar.command(badge('a'), 'select');
    await settle(10);
    expect(bars()).toHaveLength(0);
    expect(bar.selected('a')).toBe(true);
    dead = false;
    bar.command(badge('b'), 'select');
    await settle(10);
    expect(bars()).toHaveLength(1);
    expect(warn).toHaveBeenCalledOnce();
  });

  test('cleared while the token is on its way: no bar comes', async () => {
    const bar = newBar();
    bar.command(badge('a'), 'select');
    bar.command(badge('a'), 'clear');
    await settle(10);
    expect(bars()).toHaveLength(0);
  });

  test('no more leads than one act may have', () => {
    const bar = newBar();
    for (let index = 0; index <= leadsAtOnce; index += 1) bar.command(badge(`lead-${index}`), 'select');
    expect(bar.selected(`lead-${leadsAtOnce - 1}`)).toBe(true);
    expect(bar.selected(`lead-${leadsAtOnce}`)).toBe(false);
  });
});

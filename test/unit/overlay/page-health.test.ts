// @vitest-environment happy-dom
/** What a page tells of how it is read, and what a badge says when the CRM changed its page. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CrmApiError } from '../../../lib/crm/request';
import type { CrmApi, SelectorTable } from '../../../lib/crm/types';
import type { PageChange, PageHealth } from '../../../lib/messages/page-health';
import { signIcons } from '../../../lib/overlay/icons';
import { isBlind } from '../../../lib/worker/blind';
import { createSelectorLook } from '../../../lib/crm/selector-look';
import { badgeIn, buttonOf, open, rowHtml, settle, start, tableHtml, type TestPage } from './harness';

let page: TestPage | undefined;

beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  page?.stop.abort();
  page = undefined;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what a page tells', () => {
  it('counts rows, those read, those whole, and each field seen and missing', async () => {
    let turn = 0;
    page = open(tableHtml(rowHtml(1), rowHtml(2), rowHtml(3)), {
      read: (row) => {
        const id = row.getAttribute('data-id') ?? '';
        turn += 1;
        if (id === '3') return { ok: false, missing: ['recordId'] };
        const missing = id === '2' ? (['status'] as const) : [];
        const fields = { name: `Lead ${id}`, ...(id === '1' ? { status: 'New' } : {}) };
        return { ok: true, ref: { by: 'id', value: id }, fields, missing };
      },
    });
    await settle();
    expect(turn).toBeGreaterThanOrEqual(3);
    expect(page.health.at(-1)).toMatchObject({
      rows: 3,
      read: 2,
      whole: 1,
      seen: { name: 2, status: 1 },
      missing: { status: 1, recordId: 1 },
      refused: [],
    });
  });

  it('counts what the CRM answered without, where the page does not show it either', async () => {
    const api: CrmApi = {
      batch: 100,
      fetch: async (refs) =>
        refs.map((ref) => ({
          ref,
          recordId: ref.value,
          fields: {},
          missing: ref.value === '1' ? (['lastTouchAt', 'owner'] as const) : [],
        })),
    };
    page = open(tableHtml(rowHtml(1), rowHtml(2)), { api });
    await settle();
    expect(page.health.at(-1)).toMatchObject({ rows: 2, read: 2, whole: 1, missing: { lastTouchAt: 1 } });
    // A list that was moved in its place is not asked for again at once, and says the same.
    const [first] = document.querySelectorAll('tr');
    first?.replaceWith(first.cloneNode(true));
    await settle();
    expect(page.requests.count).toBe(1);
    expect(page.health.at(-1)).toMatchObject({ rows: 2, whole: 1, missing: { lastTouchAt: 1 } });
  });

  it('counts a row as not read whose handle stands for no record', async () => {
    const found = new Set(['1', '2', '3']);
    const api: CrmApi = {
      batch: 100,
      fetch: async (refs) =>
        refs
          .filter(({ value }) => found.has(value))
          .map((ref) => ({ ref, recordId: ref.value, fields: {}, missing: [] })),
    };
    page = open(tableHtml(rowHtml(1), rowHtml(2), rowHtml(3)), { api, handles: true });
    await settle();
    expect(page.health.at(-1)).toMatchObject({ rows: 3, read: 3, whole: 3, missing: {} });
    page.stop.abort();
    found.delete('2');
    found.delete('3');
    page = open(tableHtml(rowHtml(1), rowHtml(2), rowHtml(3)), { api, handles: true });
    await settle();
    expect(page.health.at(-1)).toMatchObject({ rows: 3, read: 1, whole: 1, missing: { recordId: 2 } });
    expect(isBlind(page.health.at(-1) as PageHealth)).toBe(false);
    page.stop.abort();
    found.clear();
    page = open(tableHtml(rowHtml(1), rowHtml(2)), { api, handles: true });
    await settle();
    expect(page.health.at(-1)).toMatchObject({ rows: 2, read: 0, whole: 0, missing: { recordId: 2 } });
    expect(isBlind(page.health.at(-1) as PageHealth)).toBe(true);
  });

  it('waits for the answer before it says that a handle stands for nothing, and says so when there is none', async () => {
    let refuse: (error: Error) => void = () => {};
    const api: CrmApi = { batch: 100, fetch: () => new Promise((_resolve, reject) => (refuse = reject)) };
    page = open(tableHtml(rowHtml(1)), { api, handles: true });
    await settle();
    expect(page.health.at(-1)).toMatchObject({ rows: 1, read: 1, missing: {}, problems: [] });
    refuse(new CrmApiError('failing', 'broken'));
    await settle();
    expect(page.health.at(-1)).toMatchObject({
      rows: 1,
      read: 0,
      missing: { recordId: 1 },
      problems: [{ code: 'api-failing' }],
    });
  });

  it('says whether two tellings are of one visit', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    const second = document.querySelector('tr')?.cloneNode(true) as Element;
    second.setAttribute('data-id', '2');
    document.querySelector('#rows')?.append(second);
    await settle();
    const here = page.health.at(-1);
    expect(here?.rows).toBe(2);
    expect(new Set(page.health.filter(({ rows }) => rows > 0).map(({ visit }) => visit)).size).toBe(1);
    page.goTo('https://crm.test/#Lead/7');
    await settle();
    expect(page.health.at(-1)?.visit).not.toBe(here?.visit);
  });
});

describe('a badge on a page that the CRM changed', () => {
  const label = (row: string) => buttonOf(badgeIn(row)).getAttribute('aria-label') ?? '';
  const since = start;
  const missing = (row: Element) => {
    const id = row.getAttribute('data-id') ?? '';
    const gone = id === '2' ? (['status'] as const) : [];
    return { ok: true, ref: { by: 'id', value: id }, fields: { name: `Lead ${id}` }, missing: gone } as const;
  };

  it('says so where its row misses the field that went', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)), {
      read: missing,
      changed: [{ kind: 'field', name: 'status', since }],
    });
    await settle(4_000);
    expect(label('2')).toContain('The CRM changed this page');
    expect(label('1')).not.toContain('changed this page');
    // And shows it: in its box, with a sign and a line of its own.
    const drawn = (row: string) => buttonOf(badgeIn(row)).querySelectorAll('.signs > svg > *').length;
    expect([drawn('1'), drawn('2')]).toEqual([0, signIcons.outdated.length]);
    expect(buttonOf(badgeIn('2')).classList.contains('outdated')).toBe(true);
    expect(badgeIn('2')?.dataset['outdated']).toBe('');
    expect(badgeIn('1')?.dataset['outdated']).toBeUndefined();
    expect(badgeIn('2')?.style.cssText).toBe(badgeIn('1')?.style.cssText);
    badgeIn('2')?.dispatchEvent(new Event('pointerenter'));
    await settle(500);
    expect(document.querySelector('relevo-card')?.shadowRoot?.textContent).toContain('The CRM changed this page');
  });

  it('says so no longer once the page is read again', async () => {
    let changed: readonly PageChange[] = [{ kind: 'field', name: 'status', since }];
    page = open(tableHtml(rowHtml(1), rowHtml(2)), {
      read: missing,
      get changed() {
        return changed;
      },
    });
    await settle(4_000);
    expect(badgeIn('2')?.dataset['outdated']).toBe('');
    changed = [];
    document.querySelector('tr')?.remove();
    await settle(4_000);
    expect(badgeIn('2')?.dataset['outdated']).toBeUndefined();
    expect(buttonOf(badgeIn('2')).classList.contains('plain')).toBe(true);
    expect(label('2')).not.toContain('changed this page');
  });

  it('says so on every row where a selector went: nobody but the adapter knows what it was for', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)), { changed: [{ kind: 'selector', name: 'nameCell', since }] });
    await settle(4_000);
    expect(label('1')).toContain('The CRM changed this page');
    expect(label('2')).toContain('The CRM changed this page');
  });
});

describe('the look for selectors', () => {
  const table = (css: Readonly<Record<string, string>>): SelectorTable =>
    Object.fromEntries(
      Object.entries(css).map(([name, one]) => [name, [{ css: one, since: '2026-01', seenOn: 'test' }]]),
    );

  it('tells which matched; one that no browser can read is no error', () => {
    document.body.innerHTML = '<main><p class="a"></p></main>';
    const look = createSelectorLook(table({ a: '.a', b: '.b', broken: 'a[' }));
    expect(look.look([document])).toEqual({ a: true, b: false });
  });

  it.each([
    ['[x="{}"]', '<p x="one"></p>', '<p y="one"></p>'],
    ['[x="a:{}"]', '<p x="a:one"></p>', '<p x="b:one"></p>'],
    ['[x="{}.end"]', '<p x="one.end"></p>', '<p x="one.other"></p>'],
    ['p[x="a_{}_b_{}_c"] > i', '<p x="a_one_b_one_c"><i></i></p>', '<p x="a_one_d_one_c"><i></i></p>'],
    ['[x^="a-{}"]', '<p x="a-one-more"></p>', '<p x="more-a-one"></p>'],
    ['[x$="-a_{}"]', '<p x="more-a_one"></p>', '<p x="more-b_one"></p>'],
    ['[x*="/{}/"]', '<p x="https://x/one/2"></p>', '<p x="one"></p>'],
    ['[y*="/object/"][x*="{}"]', '<p x="one" y="/object/"></p>', '<p x="one" y="/"></p>'],
    ['.none, [x="a{}"]', '<p x="a1"></p>', '<p x="b1"></p>'],
  ])('fills the blank of %s with any name', (css, with_, without) => {
    const seen = (html: string) => {
      document.body.innerHTML = html;
      return createSelectorLook(table({ blank: css })).look([document]);
    };
    expect([seen(with_), seen(without)]).toEqual([{ blank: true }, { blank: false }]);
  });

  it('leaves a blank out that stands where no part of a name can', () => {
    document.body.innerHTML = '<p class="field-a"></p>';
    expect(createSelectorLook(table({ blank: '.field-{}' })).look([document])).toEqual({});
  });

  it('looks for a name that matched no more, and for the others a few times only', () => {
    document.body.innerHTML = '<main><p class="a"></p></main>';
    const asked = vi.spyOn(document, 'querySelector');
    const look = createSelectorLook(table({ a: '.a', b: '.b' }));
    for (let time = 0; time < 50; time += 1) look.look([document]);
    expect(asked.mock.calls.filter(([css]) => css === '.a')).toHaveLength(1);
    expect(asked.mock.calls.filter(([css]) => css === '.b').length).toBeLessThanOrEqual(6);
    look.leave();
    expect(look.look([document])).toEqual({ a: true, b: false });
  });

  it('stops when its time is up and goes on there the next time', () => {
    const names = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`n${index}`, `.none${index}`]));
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    vi.spyOn(document, 'querySelector').mockImplementation(() => {
      clock += 3;
      return null;
    });
    const look = createSelectorLook(table(names));
    const first = Object.keys(look.look([document])).length;
    expect(first).toBeLessThan(10);
    expect(Object.keys(look.look([document])).length).toBeGreaterThan(first);
  });
});

// @vitest-environment happy-dom
/**
 * Pages that are broken or mean it. Invariant: nothing throws into the page, nothing loops, and the work of one second is
 * bounded: by the count of readings and messages, not by a stopwatch. What only a real browser can show is in `e2e/chromium/hostile.spec.ts`.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boundedText } from '../../../lib/crm/read';
import { badgeIn, badges, buttonOf, keyOf, open, rowHtml, settle, start, tableHtml, type TestPage } from './harness';

let page: TestPage | undefined;
const thrown: unknown[] = [];
const note = (event: Event): void => void thrown.push((event as ErrorEvent).error ?? event);

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  thrown.length = 0;
  window.addEventListener('error', note);
  window.addEventListener('unhandledrejection', note);
});
afterEach(() => {
  page?.stop.abort();
  page = undefined;
  window.removeEventListener('error', note);
  window.removeEventListener('unhandledrejection', note);
  vi.useRealTimers();
  vi.unstubAllGlobals();
  expect(thrown).toEqual([]);
});

const megabyte = 'x'.repeat(1_000_000);

describe('sizes', () => {
  it('an attribute of a megabyte, on every row, is neither read nor told', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)));
    for (const row of document.querySelectorAll('tr')) row.setAttribute('data-blob', megabyte);
    await settle();
    expect(badges()).toHaveLength(2);
    expect(JSON.stringify(page.observed).length).toBeLessThan(5_000);
    expect(JSON.stringify(page.health).length).toBeLessThan(5_000);
  });

  it('a name of a megabyte is cut where it is read', async () => {
    page = open(tableHtml(rowHtml(1, megabyte)), {
      read: (row) => ({
        ok: true,
        ref: { by: 'id', value: row.getAttribute('data-id') ?? '' },
        fields: { name: boundedText(row) ?? '' },
        missing: [],
      }),
    });
    await settle();
    expect(page.observed.flat()[0]?.fields.name?.length).toBeLessThanOrEqual(200);
  });

  it('many rows are read in slices that let the page work in between, and told in bounded messages', async () => {
    const many = 1_500;
    page = open(tableHtml(...Array.from({ length: many }, (_, index) => rowHtml(index))), { near: false });
    await settle(30_000);
    expect(page.reads.count).toBeGreaterThanOrEqual(many);
    // Each row once, and a few again: never rows × rows.
    expect(page.reads.count).toBeLessThan(many * 3);
    expect(Math.max(...page.observed.map((message) => message.length))).toBeLessThanOrEqual(200);
  }, 60_000);

  it('more fields missing than exist do not make the health endless', async () => {
    page = open(tableHtml(rowHtml(1)), {
      read: () => ({
        ok: true,
        ref: { by: 'id', value: '1' },
        fields: {},
        missing: Array.from({ length: 500 }, (_, index) => `field${index}`) as never,
      }),
    });
    await settle();
    expect(Object.keys(page.health.at(-1)?.missing ?? {}).length).toBeLessThanOrEqual(40);
  });
});

describe('texts', () => {
  it.each([
    ['quotes', `1"'\`2`],
    ['line breaks', '1\n2\r\n3'],
    ['brackets', '1"]<b>2'],
    ['a bar and a per cent sign', '1|2%7C3'],
    ['right to left', '\u202e321\u202c'],
    ['a lone surrogate', '1\ud8002'],
  ])('an id with %s names its lead and breaks nothing', async (_what, id) => {
    page = open(tableHtml(rowHtml('x')));
    const row = document.querySelector('tr');
    row?.setAttribute('data-id', id);
    await settle();
    const [badge] = badges();
    expect(badge?.getAttribute('data-lead')).toBe(keyOf(id));
    expect(page.observed.flat().some((one) => one.id.recordId === id)).toBe(true);
    badge?.dispatchEvent(new Event('pointerenter'));
    await settle(500);
  });

  it('a name that would be markup, or that turns its neighbours round, stays text', async () => {
    const name = '<img src=x onerror=alert(1)>\u202eevil\u202c\u200b';
    page = open(tableHtml(rowHtml(1)));
    const link = document.querySelector('tr a');
    if (link) link.textContent = name;
    await settle();
    buttonOf(badgeIn('1'));
    badgeIn('1')?.dispatchEvent(new Event('pointerenter'));
    await settle(500);
    expect(document.querySelectorAll('img')).toHaveLength(0);
    expect(badgeIn('1')?.shadowRoot?.querySelector('img')).toBeNull();
    expect(document.querySelector('relevo-card')?.shadowRoot?.querySelector('img')).toBeNull();
  });
});

describe('rows that do not keep still', () => {
  it('a row that changes whenever it is read is read a bounded number of times a second', async () => {
    let turn = 0;
    page = open(tableHtml(rowHtml(1)), {
      read: (row) => {
        turn += 1;
        row.setAttribute('data-id', `${turn}`);
        row.querySelector('.owner')?.replaceChildren(`Owner ${turn}`);
        return { ok: true, ref: { by: 'id', value: `${turn}` }, fields: { name: `Lead ${turn}` }, missing: [] };
      },
    });
    await settle(1_000);
    const before = page.reads.count;
    await settle(10_000);
    // Throttled at 250 ms: four batches a second; each may read a row for its badge, its doubt and its look.
    expect(page.reads.count - before).toBeLessThanOrEqual(10 * 4 * 4);
    expect(badges().length).toBeLessThanOrEqual(1);
  });

  it('a row that is another lead at each look tells of none until it holds still', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml('steady')));
    await settle();
    const row = document.querySelector('tr') as Element;
    const told = (): Set<string> => new Set(page?.observed.flat().map(({ id }) => id.recordId));
    const before = told().size;
    // Every 260 ms, longer than the watcher waits: each id is read once.
    for (let id = 2; id < 400; id += 1) {
      row.setAttribute('data-id', `moving-${id}`);
      await settle(260);
      expect(badgeIn(`moving-${id}`)?.dataset['lead'] ?? '').not.toBe(keyOf(`moving-${id - 1}`));
    }
    // The first change of an element is an honest page's own: it is told at once.
    expect(told().size - before).toBe(1);
    expect(page.reads.count).toBeLessThan(400 * 5);
    const reads = page.reads.count;
    await settle(1_000);
    expect(told().has('moving-399')).toBe(true);
    expect(badgeIn('moving-399')?.dataset['lead']).toBe(keyOf('moving-399'));
    await settle(60_000);
    expect(page.reads.count - reads).toBeLessThan(5);
  });

  it('a page that removes each badge at once is not fought with for ever', async () => {
    page = open(tableHtml(rowHtml(1)));
    let removed = 0;
    const enemy = new MutationObserver(() => {
      for (const badge of badges()) {
        badge.remove();
        removed += 1;
      }
    });
    enemy.observe(document.body, { childList: true, subtree: true });
    await settle(60_000);
    enemy.disconnect();
    expect(removed).toBeGreaterThan(1);
    expect(removed).toBeLessThanOrEqual(25);
  });

  it('a row that throws when it is read leaves the others theirs', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)), {
      read: (row) => {
        const id = row.getAttribute('data-id') ?? '';
        if (id === '1') throw new TypeError('page of hell');
        return { ok: true, ref: { by: 'id', value: id }, fields: { name: 'Two' }, missing: [] };
      },
    });
    await settle();
    expect(badgeIn('1')).toBeNull();
    expect(badgeIn('2')).not.toBeNull();
  });
});

// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { leadKey } from '../../../lib/lead/lead';
import type { CrmApi } from '../../../lib/crm/types';
import {
  badgeIn,
  badges,
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
  write,
  type TestPage,
} from './harness';

let page: TestPage | undefined;
beforeEach(() => {
  vi.useFakeTimers({ now: start });
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  page?.stop.abort();
  page = undefined;
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
const rows = (): HTMLElement => document.querySelector('#rows') as HTMLElement;

function parsed(html: string, css: string): Element {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  return holder.querySelector(css) as Element;
}
const append = (row: string): void => rows().append(parsed(tableHtml(row), 'tr'));

/** The next change of a row's content is heard and worked through. */
const flush = () => settle(600);

describe('rows and badges', () => {
  test('each row gets one badge with its lead, state and due instant', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)));
    await settle();
    expect(badges().map((badge) => badge.dataset['lead'])).toEqual([keyOf('1'), keyOf('2')]);
    expect(badgeIn('1')?.dataset['state']).toBe('running');
    const due = Date.parse(badgeIn('1')?.dataset['due'] ?? '');
    expect(due - start - 3 * hour).toBeLessThan(500);
    expect(timeOf(badgeIn('1'))).toMatch(/^2 h 59$|^3 h$/);
  });

  test('a lead without a promise gets no badge', async () => {
    page = open(tableHtml(rowHtml(1)), { clock: () => null });
    await settle();
    expect(badges()).toEqual([]);
  });

  test('a row outside the viewport carries its state but is not drawn', async () => {
    page = open(tableHtml(rowHtml(1)), { near: false });
    await settle();
    expect(badgeIn('1')?.dataset['state']).toBe('running');
    expect(badgeIn('1')?.shadowRoot?.childElementCount).toBe(0);
  });

  test('a row node that is reused for another lead shows the other lead', async () => {
    page = open(tableHtml(rowHtml(1)), {
      clock: (lead) => clockOf(lead, { leftMs: lead === keyOf('1') ? hour : -5 * hour }),
    });
    await settle();
    const row = document.querySelector('tr') as Element;
    row.setAttribute('data-id', '9');
    write(row, 'a', 'Lead 9');
    await flush();
    expect(badges()).toHaveLength(1);
    expect(badgeIn('9')?.dataset['lead']).toBe(keyOf('9'));
    expect(timeOf(badgeIn('9'))).toBe('−5 h');
  });

  test('an answer that comes after the row was filled with another lead puts no badge on it', async () => {
    let answer: () => void = () => {};
    page = open(tableHtml(rowHtml(1)), {
      observe: async ({ observations }) => {
        await new Promise<void>((resolve) => (answer = resolve));
        const clocks = Object.fromEntries(observations.map(({ id }) => [leadKey(id), [clockOf(leadKey(id))]]));
        return { asOf: Date.now(), clocks, open: {}, problems: [] };
      },
    });
    await settle();
    expect(badges()).toEqual([]);
    document.querySelector('tr')?.setAttribute('data-id', '2');
    // The watcher hears it at once, and the row is read a quarter of a second later.
    await settle(0);
    answer();
    await settle(100);
    expect(badges().map(({ dataset }) => dataset['lead'])).toEqual([]);
    await settle(1_000);
    answer();
    await settle();
    expect(badgeIn('2')?.dataset['lead']).toBe(keyOf('2'));
  });

  test('a row node that a scrolled list fills again and again shows each lead that it stays with', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    const row = document.querySelector('tr') as Element;
    for (const id of ['2', '3', '4', '5']) {
      row.setAttribute('data-id', id);
      write(row, 'a', `Lead ${id}`);
      await settle(100);
    }
    // Still for a moment: told, and under the lead's own badge.
    await settle(700);
    expect(badgeIn('5')?.dataset['lead']).toBe(keyOf('5'));
    expect(timeOf(badgeIn('5'))).not.toBe('');
    // One that rested is believed at once when it is filled anew.
    await settle(1_000);
    row.setAttribute('data-id', '6');
    await flush();
    expect(badgeIn('6')?.dataset['lead']).toBe(keyOf('6'));
  });

  test('sorted rows keep one badge each, of their own lead', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2), rowHtml(3)));
    await settle();
    rows().innerHTML = rowHtml(3) + rowHtml(1) + rowHtml(2);
    await flush();
    expect(badges().map((badge) => badge.dataset['lead'])).toEqual(['3', '1', '2'].map(keyOf));
  });

  test('rows that are appended later get badges', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    append(rowHtml(2));
    await flush();
    expect(badgeIn('2')).not.toBeNull();
  });

  test('a row that a virtual list parks loses its badge, whatever it is filled with before it is shown again', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)));
    await settle();
    const row = document.querySelector('tr[data-id="1"]') as Element;
    row.setAttribute('data-id', '7');
    row.className = 'parked';
    await flush();
    expect(row.querySelector('relevo-badge')).toBeNull();
    row.className = '';
    await flush();
    expect(badgeIn('7')?.dataset['lead']).toBe(keyOf('7'));
  });

  test('a root that the page replaces is found again', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    document.querySelector('main table')?.replaceWith(parsed(tableHtml(rowHtml(5)), 'table'));
    await flush();
    expect(badgeIn('5')).not.toBeNull();
    append(rowHtml(6));
    await flush();
    expect(badgeIn('6')).not.toBeNull();
  });

  test('a copy of a badge that the framework cloned is taken away', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    const copy = document.querySelector('tr')?.cloneNode(true) as Element;
    copy.setAttribute('data-id', '2');
    rows().append(copy);
    await flush();
    expect(copy.querySelectorAll('relevo-badge')).toHaveLength(1);
    expect(badgeIn('2')?.dataset['lead']).toBe(keyOf('2'));
  });

  test('an unreadable row has no badge, and health names what is missing', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml('')));
    await settle();
    expect(badges()).toHaveLength(1);
    expect(page.health.at(-1)).toMatchObject({
      rows: 2,
      read: 1,
      badges: 1,
      missing: { recordId: 1 },
      surface: 'list',
    });
  });

  test('a row that makes the adapter throw does not keep the others from their badges', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)), {
      read: (row) => {
        if (row.getAttribute('data-id') === '1') throw new Error('broken');
        return { ok: true, ref: { by: 'id', value: '2' }, fields: {}, missing: [] };
      },
    });
    await settle();
    expect(badges().map((badge) => badge.dataset['lead'])).toEqual([keyOf('2')]);
  });
});

describe('until the next look at the page', () => {
  /** What a browser does between a change and its next frame: our observer hears it, and nothing else of ours runs. */
  const beforePaint = () => settle(0);
  const shown = (badge: HTMLElement | null) => badge?.style.getPropertyValue('visibility') !== 'hidden';
  const fill = (row: Element, id: string): void => {
    row.setAttribute('data-id', id);
    write(row, 'a', `Lead ${id}`);
  };

  test('a row node that is filled with another lead shows nothing of the last one, not even for a frame', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)));
    await settle();
    const row = document.querySelector('tr') as Element;
    fill(row, '9');
    await beforePaint();
    const badge = row.querySelector<HTMLElement>('relevo-badge');
    expect(badge?.dataset).toEqual({});
    expect(shown(badge)).toBe(false);
    expect(shown(badgeIn('2'))).toBe(true);
    await flush();
    expect(badgeIn('9')?.dataset['lead']).toBe(keyOf('9'));
    expect(shown(badgeIn('9'))).toBe(true);
  });

  test('a tick and an answer of the worker do not bring the last lead back', async () => {
    page = open(tableHtml(rowHtml(1)), { clock: (lead) => clockOf(lead, { leftMs: 40_000 }) });
    await settle();
    const row = document.querySelector('tr') as Element;
    await settle(950);
    page.overlay.refresh();
    fill(row, '9');
    await settle(200);
    expect(row.querySelector<HTMLElement>('relevo-badge')?.dataset).toEqual({});
    expect(shown(row.querySelector('relevo-badge'))).toBe(false);
  });

  test('a row in which something else changes keeps its badge', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    write(document, 'a', 'Lead 1, renamed');
    await beforePaint();
    expect(shown(badgeIn('1'))).toBe(true);
    expect(badgeIn('1')?.dataset['lead']).toBe(keyOf('1'));
  });

  test('what there is no time to look at is hidden and not believed; the next look brings it back', async () => {
    page = open(tableHtml(...Array.from({ length: 40 }, (_, index) => rowHtml(index + 1))));
    await settle();
    const before = page.reads.count;
    let elapsed = 0;
    // Each look at the clock is a millisecond later.
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (elapsed += 1));
    for (const link of document.querySelectorAll('a')) (link.firstChild as Text).data += '!';
    await beforePaint();
    clock.mockRestore();
    expect(page.reads.count - before).toBeLessThanOrEqual(8);
    expect(badges().filter(shown).length).toBe(page.reads.count - before);
    expect(badges()).toHaveLength(40);
    await settle();
    expect(badges().filter(shown)).toHaveLength(40);
    expect(badgeIn('40')?.dataset['lead']).toBe(keyOf('40'));
  });

  test('a page that never rests is looked at no longer than a slice in each window', async () => {
    page = open(tableHtml(...Array.from({ length: 10 }, (_, index) => rowHtml(index + 1))));
    await settle();
    const before = page.reads.count;
    let elapsed = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (elapsed += 1));
    for (let time = 0; time < 5; time += 1) {
      for (const link of document.querySelectorAll('a')) (link.firstChild as Text).data += '!';
      await beforePaint();
    }
    clock.mockRestore();
    expect(page.reads.count - before).toBeLessThanOrEqual(8);
  });

  test('a change of more than a thousand nodes does not leave a last lead in sight', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    const row = document.querySelector('tr') as Element;
    for (let count = 0; count < 1_200; count += 1) document.querySelector('.owner')?.append('x');
    fill(row, '9');
    await beforePaint();
    expect(shown(row.querySelector('relevo-badge'))).toBe(false);
    await flush();
    expect(shown(badgeIn('9'))).toBe(true);
  });

  test('a page that is back in sight shows only what it still shows', async () => {
    let hidden = false;
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
    page = open(tableHtml(rowHtml(1), rowHtml(2)));
    await settle();
    hidden = true;
    document.dispatchEvent(new Event('visibilitychange'));
    const row = document.querySelector('tr') as Element;
    fill(row, '9');
    hidden = false;
    document.dispatchEvent(new Event('visibilitychange'));
    expect(shown(row.querySelector('relevo-badge'))).toBe(false);
    expect(shown(badgeIn('2'))).toBe(true);
  });

  test('an address that has changed without an event leaves no badge of the record before', async () => {
    page = open('<section class="record"><h1><b>Rita</b></h1></section>', { url: 'https://crm.test/#Lead/1' });
    await settle();
    page.moveTo('https://crm.test/#Lead/2');
    write(document, 'h1 b', 'Otto');
    await beforePaint();
    expect(badges().filter(shown)).toEqual([]);
  });
});

describe('a page that fights back', () => {
  test('a wiped badge is put back at most 10 times in 10 s, then counted and left alone', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    let wiped = 0;
    for (let time = 0; time < 20; time += 1) {
      const badge = badgeIn('1');
      if (!badge) break;
      badge.remove();
      wiped += 1;
      await settle(400);
    }
    expect(wiped).toBe(11);
    await settle();
    expect(badgeIn('1')).toBeNull();
    expect(page.health.at(-1)).toMatchObject({ putBack: 10, givenUp: 1, badges: 0 });
  });

  test('rows that are replaced because of our badge do not loop for ever', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    let replaced = 0;
    for (let time = 0; time < 20 && badgeIn('1'); time += 1) {
      rows().innerHTML = rowHtml(1);
      replaced += 1;
      await settle(400);
    }
    expect(replaced).toBe(11);
  });

  test('after the pause a badge that was given up comes back', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    for (let time = 0; time < 11; time += 1) {
      badgeIn('1')?.remove();
      await settle(400);
    }
    expect(badgeIn('1')).toBeNull();
    await settle(3 * minute);
    expect(badgeIn('1')).not.toBeNull();
  });
});

describe('observations', () => {
  test('an unchanged row is told once, however often it is touched', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle();
    for (let time = 0; time < 5; time += 1) {
      document.querySelector('.name')?.append(document.createElement('i'));
      await flush();
    }
    expect(page.observed.flat()).toHaveLength(1);
  });

  test('a page reading carries the instant of its first sight, not of its last', async () => {
    page = open(tableHtml(rowHtml(1)));
    await settle(10 * minute);
    page.overlay.refresh();
    await settle();
    const [first, again] = page.observed.flat();
    expect(again?.seenAt).toBe(first?.seenAt);
  });

  test('a row that a virtual list brings back unchanged is no newer news; a list loaded again is', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2)));
    await settle();
    const seenAt = page.observed.flat()[0]?.seenAt;
    document.querySelector('tr[data-id="1"]')?.remove();
    await settle(minute);
    append(rowHtml(1));
    await flush();
    page.overlay.refresh();
    await settle();
    expect(page.observed.flat().findLast((one) => one.id.recordId === '1')?.seenAt).toBe(seenAt);
    rows().innerHTML = rowHtml(1) + rowHtml(2);
    await flush();
    page.overlay.refresh();
    await settle();
    expect(page.observed.flat().findLast((one) => one.id.recordId === '1')?.seenAt).toBeGreaterThan(seenAt ?? 0);
  });

  test('a list loaded again is asked for again; a row that a virtual list brings back is not, while its answer is fresh', async () => {
    const api: CrmApi = {
      batch: 100,
      fetch: async (refs) =>
        refs.map((ref) => ({ ref, recordId: ref.value, fields: { name: `Lead ${ref.value}` }, missing: [] })),
    };
    page = open(tableHtml(rowHtml(1), rowHtml(2)), { api });
    await settle();
    expect(page.requests.count).toBe(1);
    document.querySelector('tr[data-id="1"]')?.remove();
    await settle(10_000);
    append(rowHtml(1));
    await settle(10_000);
    expect(page.requests.count).toBe(1);
    rows().innerHTML = rowHtml(1) + rowHtml(2);
    await settle();
    expect(page.requests.count).toBe(2);
  });

  test('what the adapter leaves undefined is not sent: the worker refuses unknown shapes', async () => {
    page = open(tableHtml(rowHtml(1)), {
      read: () => ({
        ok: true,
        ref: { by: 'id', value: '1' },
        fields: { name: undefined, owner: 'Anna' } as object,
        missing: [],
      }),
    });
    await settle();
    expect(Object.keys(page.observed.flat()[0]?.fields ?? {})).toEqual(['owner']);
  });

  test('a worker that does not answer is asked again, and the badges come then', async () => {
    let calls = 0;
    page = open(tableHtml(rowHtml(1)), {
      observe: async () => {
        calls += 1;
        if (calls < 3) throw new Error('Could not establish connection');
        return { asOf: Date.now(), clocks: { [keyOf('1')]: [clockOf(keyOf('1'))] }, open: {}, problems: [] };
      },
    });
    await settle(10_000);
    expect(calls).toBe(3);
    expect(badges()).toHaveLength(1);
  });

  test('one observation that the worker refuses does not keep the others from it', async () => {
    page = open(tableHtml(rowHtml(1), rowHtml(2), rowHtml(3)), {
      observe: async ({ observations }) => {
        if (observations.some((one) => one.id.recordId === '2')) throw new Error('refused');
        const clocks = Object.fromEntries(
          observations.map(({ id }) => [keyOf(id.recordId), [clockOf(keyOf(id.recordId))]]),
        );
        return { asOf: Date.now(), clocks, open: {}, problems: [] };
      },
    });
    await settle(10_000);
    expect(badges().map((badge) => badge.dataset['lead'])).toEqual([keyOf('1'), keyOf('3')]);
  });
});

describe('routes', () => {
  test('a page without a surface has no badges, and gets them when its route becomes one', async () => {
    page = open(tableHtml(rowHtml(1)), { url: 'https://crm.test/#Home' });
    await settle();
    expect(badges()).toEqual([]);
    page.goTo('https://crm.test/#Lead');
    await settle();
    expect(badges()).toHaveLength(1);
    page.goTo('https://crm.test/#Home');
    await settle(100);
    expect(badges()).toEqual([]);
  });

  test('an address that changes without an event is found at the next change of the page', async () => {
    page = open('<section class="record"><h1><b>Rita</b></h1></section>', { url: 'https://crm.test/#Lead/1' });
    await settle();
    expect(badges()[0]?.dataset['lead']).toBe(keyOf('1'));
  });

  test('a record whose form still shows the record before is not read as the new one', async () => {
    page = open('<section class="record"><h1><b>Rita</b></h1></section>', { url: 'https://crm.test/#Lead/1' });
    await settle();
    page.goTo('https://crm.test/#Lead/2');
    await settle(100);
    expect(badges()).toEqual([]);
    write(document, 'h1 b', 'Otto');
    await settle(1_500);
    expect(page.observed.flat().map(({ id, fields }) => [id.recordId, fields.name])).toEqual([
      ['1', 'Rita'],
      ['2', 'Otto'],
    ]);
    expect(badges()[0]?.dataset['lead']).toBe(keyOf('2'));
  });

  test('two records that look alike are believed after three seconds', async () => {
    page = open('<section class="record"><h1><b>Rita</b></h1></section>', { url: 'https://crm.test/#Lead/1' });
    await settle();
    page.goTo('https://crm.test/#Lead/2');
    await settle(4_000);
    expect(badges()[0]?.dataset['lead']).toBe(keyOf('2'));
  });
});

describe('time', () => {
  test('a clock whose instant passes turns unknown on the page and asks for a refresh', async () => {
    page = open(tableHtml(rowHtml(1)), {
      clock: (lead) =>
        clockOf(lead, {
          state: 'at-risk',
          leftMs: 2 * minute,
          upcoming: [{ at: Date.now() + 2 * minute, state: 'unknown' }],
          nextChangeAt: Date.now() + 2 * minute,
        }),
    });
    await settle();
    expect(page.observed).toHaveLength(1);
    await settle(2 * minute - 1_900);
    expect(badgeIn('1')?.dataset['state']).toBe('unknown');
    expect(timeOf(badgeIn('1'))).toBe('−1 s');
    await settle(4_000);
    expect(page.observed).toHaveLength(2);
  });
});

describe('teardown', () => {
  test('the page is byte for byte what it was', async () => {
    const html = tableHtml(...Array.from({ length: 30 }, (_, index) => rowHtml(index + 1)));
    page = open(html);
    const before = document.documentElement.outerHTML;
    await settle();
    expect(document.documentElement.outerHTML).not.toBe(before);
    page.stop.abort();
    expect(document.documentElement.outerHTML).toBe(before);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('when the extension is gone the overlay removes itself and asks nobody', async () => {
    let alive = true;
    page = open(tableHtml(rowHtml(1)), {
      alive: () => alive,
      observe: async ({ observations }) => {
        if (!alive) throw new Error('Extension context invalidated.');
        const clocks = Object.fromEntries(
          observations.map(({ id }) => [keyOf(id.recordId), [clockOf(keyOf(id.recordId))]]),
        );
        return { asOf: Date.now(), clocks, open: {}, problems: [] };
      },
    });
    await settle();
    expect(badges()).toHaveLength(1);
    alive = false;
    page.overlay.refresh();
    await settle();
    expect(badges()).toEqual([]);
    expect(page.stop.signal.aborted).toBe(true);
  });

  test('what an earlier copy of the script left behind is removed', async () => {
    page = open(tableHtml(rowHtml(1)) + '<relevo-badge data-lead="old"></relevo-badge>');
    await settle();
    expect(badges().map((badge) => badge.dataset['lead'])).toEqual([keyOf('1')]);
  });
});

describe('the CRM’s own API', () => {
  const record = (value: string, by: 'id' | 'handle' = 'id') => ({
    ref: { by, value },
    recordId: `r${value}`,
    fields: { name: `API ${value}` },
    missing: [],
  });
  const answering: CrmApi = { batch: 10, fetch: async (refs) => refs.map((ref) => record(ref.value, ref.by)) };

  test('a row that shows only a handle has no badge until the API names its record', async () => {
    let answer: () => void = () => undefined;
    const api: CrmApi = {
      batch: 10,
      fetch: (refs) => new Promise((resolve) => (answer = () => resolve(refs.map((ref) => record(ref.value, ref.by))))),
    };
    page = open(tableHtml(rowHtml(1)), { api, handles: true });
    await settle();
    expect(badges()).toEqual([]);
    expect(page.observed).toEqual([]);
    answer();
    await settle();
    expect(badges()[0]?.dataset['lead']).toBe(keyOf('r1'));
  });

  test('all rows of a page are one request, up to the batch', async () => {
    page = open(tableHtml(...Array.from({ length: 25 }, (_, index) => rowHtml(index + 1))), { api: answering });
    await settle();
    expect(page.requests.count).toBe(3);
    expect(page.observed.flat().filter((one) => one.source === 'api')).toHaveLength(25);
  });

  const refusing = (answers: () => boolean): CrmApi => ({
    batch: 10,
    async fetch(refs) {
      if (!answers()) throw Object.assign(new Error('401'), { code: 'unauthorised', retryAfterMs: null });
      return refs.map((ref) => record(ref.value, ref.by));
    },
  });

  test.each([
    ['the address of no lead came in between', () => undefined],
    ['the page shows another person', (who: { id: string | null }) => (who.id = 'u2')],
    ['the page showed nobody for a while', (who: { id: string | null }) => (who.id = null)],
  ])('after a refusal it is asked again once somebody has signed in: %s', async (what, happens) => {
    let signedIn = false;
    const who: { id: string | null } = { id: 'u1' };
    page = open(tableHtml(rowHtml(1)), {
      api: refusing(() => signedIn),
      viewer: () => (who.id === null ? null : { id: who.id }),
    });
    await settle(10_000);
    const touch = async (): Promise<void> => {
      document.querySelector('.owner')?.append(document.createElement('i'));
      await settle(20_000);
    };
    signedIn = true;
    await touch();
    expect(page.requests.count).toBe(1);
    happens(who);
    if (what.startsWith('the address')) page.goTo('https://crm.test/#Login');
    await touch();
    who.id ??= 'u1';
    if (what.startsWith('the address')) page.goTo('https://crm.test/#Lead');
    await touch();
    expect(page.requests.count).toBe(2);
    expect(page.observed.flat().some((one) => one.source === 'api')).toBe(true);
    expect(page.health.at(-1)?.problems).toEqual([]);
  });

  test('the sign-in that the adapter finds on the page counts, and who that is, is asked anew', async () => {
    let session = 'first';
    page = open(tableHtml(rowHtml(1)), {
      api: { ...refusing(() => session === 'second'), session: () => session, viewer: async () => ({ id: session }) },
    });
    await settle(10_000);
    expect(page.viewers).toEqual([{ id: 'first' }]);
    session = 'second';
    document.querySelector('.owner')?.append(document.createElement('i'));
    await settle(20_000);
    expect(page.requests.count).toBe(2);
    expect(page.viewers).toEqual([{ id: 'first' }, { id: 'second' }]);
  });

  test.each([
    ['unauthorised', 'api-unauthorised'],
    ['limited', 'api-limited'],
    ['failing', 'api-failing'],
    ['unreadable', 'api-unreadable'],
  ])('when it is %s, badges come from the page and health says so', async (code, problem) => {
    const api: CrmApi = {
      batch: 10,
      fetch: () => Promise.reject(Object.assign(new Error(code), { code, retryAfterMs: null })),
    };
    page = open(tableHtml(rowHtml(1)), { api });
    await settle(3_000);
    expect(badges()).toHaveLength(1);
    expect(page.health.at(-1)?.problems).toMatchObject([{ code: problem }]);
  });
});

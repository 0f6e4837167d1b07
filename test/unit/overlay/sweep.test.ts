// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CrmApiError } from '../../../lib/crm/request';
import type { ApiRecord, CrmApi, RecordRef, SweepPage } from '../../../lib/crm/types';
import type { Viewer } from '../../../lib/lead/lead';
import { idOf, open, rowHtml, settle, start, tableHtml, type PageOptions, type TestPage } from './harness';

const record = (recordId: string, object?: string): ApiRecord => ({
  ref: { by: 'id', value: recordId },
  recordId,
  ...(object && { object }),
  fields: { name: `Lead ${recordId}` },
  missing: [],
});

let page: TestPage;
let asked: (string | null)[];
let fetched: string[][];

function apiOf(pages: readonly (SweepPage | Error)[], more: Partial<CrmApi> = {}): CrmApi {
  let next = 0;
  return {
    batch: 2,
    fetch: async (refs) => {
      fetched.push(refs.map(({ value }) => value));
      return refs.map(({ value }) => record(value));
    },
    sweep: async (cursor) => {
      asked.push(cursor);
      const answer = pages[Math.min(next, pages.length - 1)];
      next += 1;
      if (!answer || answer instanceof Error) throw answer ?? new Error('no page');
      return answer;
    },
    viewer: async () => ({ id: 'me' }),
    ...more,
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  asked = [];
  fetched = [];
});
afterEach(() => {
  page.stop.abort();
  vi.useRealTimers();
});

const startPage = (options: PageOptions): TestPage => open(tableHtml(rowHtml(1)), options);
const ids = (): string[] => page.swept.flat().map(({ id }) => `${id.object}/${id.recordId}`);

describe('a sweep', () => {
  it('tells the worker all open leads, page by page, with their own object and address', async () => {
    page = startPage({
      api: apiOf([
        { records: [record('7', 'Lead')], next: 'a' },
        { records: [record('8', 'Deal')], next: null },
      ]),
    });
    await settle();
    expect(page.overlay.sweep()).toBe(true);
    await settle(5_000);
    expect(asked).toEqual([null, 'a']);
    expect(ids()).toEqual(['Lead/7', 'Deal/8']);
    expect(page.swept[0]?.[0]).toMatchObject({
      source: 'api',
      url: 'https://crm.test/#Lead/7',
      seenAt: expect.any(Number),
    });
    expect(page.sweepEnds).toEqual([{ startedAt: start + 2_000, complete: true }]);
  });

  it('is one at a time, and none where the CRM has none', async () => {
    page = startPage({ api: apiOf([{ records: [], next: 'more' }]) });
    await settle();
    expect(page.overlay.sweep()).toBe(true);
    expect(page.overlay.sweep()).toBe(false);
    page.stop.abort();
    expect(page.overlay.sweep()).toBe(false);
    const { sweep: _none, ...without } = apiOf([]);
    page = startPage({ api: without });
    expect(page.overlay.sweep()).toBe(false);
  });

  const hundred = Array.from({ length: 100 }, (_, n) => record(String(n), 'Lead'));
  const turns = (last: number, records: readonly ApiRecord[] = hundred): SweepPage[] =>
    Array.from({ length: last }, (_, n) => ({ records, next: n === last - 1 ? null : `after ${n}` }));
  const turn = async (ms = 200_000): Promise<void> => {
    expect(page.overlay.sweep()).toBe(true);
    await settle(ms);
  };

  it('ends after 12,000 leads, and goes on there at the next turn, which completes it', async () => {
    page = startPage({ api: apiOf(turns(130)) });
    await settle();
    await turn();
    expect(asked).toHaveLength(120);
    expect(page.sweepEnds).toEqual([{ startedAt: start + 2_000, complete: false }]);
    await turn();
    expect(asked.slice(120)).toEqual(Array.from({ length: 10 }, (_, n) => `after ${119 + n}`));
    // What the first turn met counts as met.
    expect(page.sweepEnds.at(-1)).toEqual({ startedAt: start + 2_000, complete: true });
    await turn();
    expect(asked[130]).toBeNull();
  });

  it('ends after 250 pages, however little is on them, and before the next turn', async () => {
    page = startPage({ api: apiOf([{ records: [], next: 'for ever' }]) });
    await settle();
    await turn();
    expect(asked).toHaveLength(250);
    expect(page.sweepEnds).toEqual([{ startedAt: start + 2_000, complete: false }]);
  });

  it('that stops half way goes on there; one that did not get a single page begins anew', async () => {
    const busy = new CrmApiError('failing', 'no');
    page = startPage({ api: apiOf([...turns(3).slice(0, 2), busy, busy, ...turns(1)]) });
    await settle();
    await turn();
    await turn();
    await turn();
    expect(asked).toEqual([null, 'after 0', 'after 1', 'after 1', null]);
    expect(page.sweepEnds.map(({ complete }) => complete)).toEqual([false, false, true]);
  });

  it('waits for the CRM’s word who is signed in, and asks for that person’s leads alone', async () => {
    let answer: (viewer: Viewer) => void = () => {};
    const whose: (Viewer | null)[] = [];
    page = startPage({
      api: apiOf([], {
        viewer: () => new Promise((resolve) => (answer = resolve)),
        sweep: async (_cursor, viewer) => {
          whose.push(viewer);
          return { records: [], next: null };
        },
      }),
    });
    await settle();
    await turn(5_000);
    expect(whose).toEqual([]);
    answer({ id: 'me' });
    await settle();
    expect(whose).toEqual([{ id: 'me' }]);
    expect(page.viewers).toEqual([{ id: 'me' }]);
  });

  it('takes nobody’s leads for this person’s: without an answer it waits for the next turn, and asks again', async () => {
    let fails = true;
    let times = 0;
    const viewer = async (): Promise<Viewer> => {
      times += 1;
      if (fails) throw new CrmApiError('unreadable', 'no');
      return { id: 'me' };
    };
    page = startPage({ api: apiOf([{ records: [], next: null }], { viewer }) });
    await settle();
    await turn(1_000);
    expect([asked, times, page.sweepEnds]).toEqual([[], 1, []]);
    fails = false;
    await settle(10_000);
    await turn(1_000);
    expect([asked, times]).toEqual([[null], 2]);
  });

  it.each([
    ['does not know', null],
    ['knows by name alone', { name: 'Lea Brandt' }],
  ])('asks for nobody’s leads where the CRM %s who is signed in', async (_what, viewer) => {
    page = startPage({ api: apiOf([{ records: hundred, next: null }], { viewer: async () => viewer }) });
    await settle();
    await turn();
    expect([asked, page.sweepEnds]).toEqual([[], []]);
  });

  it('asks the CRM with the name that the person gives, and once for each', async () => {
    const names: string[] = [];
    const viewer = async (...[, , named]: Parameters<NonNullable<CrmApi['viewer']>>): Promise<Viewer | null> => {
      names.push(named);
      return named === 'Lea' ? { id: 'me' } : null;
    };
    page = startPage({ api: apiOf([{ records: [], next: null }], { viewer }) });
    await settle();
    for (const name of [undefined, 'Ann', 'Ann', 'Lea', 'Lea']) {
      page.overlay.sweep(name);
      await settle();
    }
    expect(names).toEqual(['', 'Ann', 'Lea']);
    expect(asked).toEqual([null, null]);
  });

  it('is not this tab’s turn before the page says whose leads to list', async () => {
    let who: Viewer | null = null;
    const { viewer: _none, ...api } = apiOf([{ records: [], next: null }]);
    page = startPage({ api, viewer: () => who });
    await settle();
    expect(page.overlay.sweep()).toBe(false);
    who = { id: 'me' };
    await turn();
    expect(asked).toEqual([null]);
  });

  it('goes no further, nor on, for somebody else who has signed in', async () => {
    let who = 'me';
    const { viewer: _none, ...api } = apiOf(turns(9));
    page = startPage({ api, viewer: () => ({ id: who }) });
    await settle();
    await turn(600);
    expect(asked).toEqual([null, 'after 0']);
    who = 'you';
    await settle();
    expect(page.sweepEnds).toEqual([{ startedAt: start + 2_000, complete: false }]);
    await turn(100);
    expect(asked).toEqual([null, 'after 0', null]);
  });

  it('that is refused is not tried again at the next turn, but once somebody has signed in again', async () => {
    let session = 'one';
    page = startPage({ api: apiOf([new CrmApiError('unauthorised', 'no'), ...turns(1)], { session: () => session }) });
    await settle();
    await turn();
    await turn();
    expect(asked).toEqual([null]);
    session = 'two';
    await turn();
    expect(asked).toEqual([null, null]);
  });

  it('looks after leads that the worker still holds for open and the sweep did not meet', async () => {
    page = startPage({
      api: apiOf([{ records: [], next: null }]),
      unseen: ['21', '22', '23'].map((recordId) => ({ object: 'Lead', recordId })),
    });
    await settle();
    fetched = [];
    page.overlay.sweep();
    await settle(5_000);
    expect(fetched).toEqual([['21', '22'], ['23']]);
    expect(ids()).toEqual(['Lead/21', 'Lead/22', 'Lead/23']);
    expect(page.sweepEnds).toEqual([
      { startedAt: start + 2_000, complete: true },
      { startedAt: start + 2_000, complete: false },
    ]);
  });

  const gone = (object: string) => (refs: readonly RecordRef[]) =>
    refs.filter(({ value }) => value !== '22').map(({ value }) => record(value, object));

  it('says which of them the CRM does not answer, where it answers every id that there is', async () => {
    page = startPage({
      api: apiOf([{ records: [], next: null }], { exhaustive: ['Lead'], fetch: async (refs) => gone('Lead')(refs) }),
      unseen: ['21', '22', '23'].map((recordId) => ({ object: 'Lead', recordId })),
    });
    await settle();
    page.overlay.sweep();
    await settle(5_000);
    expect(ids()).toEqual(['Lead/21', 'Lead/23']);
    expect(page.sweepEnds.at(-1)).toEqual({ startedAt: start + 2_000, complete: false, absent: [idOf('22')] });
  });

  it('takes the answer to an id for one, however the CRM itself writes that id', async () => {
    const written = (value: string): ApiRecord => ({
      ...record(value.toLowerCase(), 'Lead'),
      ref: { by: 'id', value },
    });
    page = startPage({
      api: apiOf([{ records: [], next: null }], {
        exhaustive: ['Lead'],
        fetch: async (refs) => refs.map(({ value }) => written(value)),
      }),
      unseen: [{ object: 'Lead', recordId: 'A1' }],
    });
    await settle();
    page.overlay.sweep();
    await settle(5_000);
    expect(ids()).toEqual(['Lead/a1']);
    expect(page.sweepEnds.at(-1)).not.toHaveProperty('absent');
  });

  it('is not this tab’s turn where the page throws', async () => {
    const { viewer: _none, ...api } = apiOf([]);
    const hostile = (): never => {
      throw new TypeError('page of hell');
    };
    page = startPage({ api, viewer: hostile });
    await settle();
    expect(page.overlay.sweep()).toBe(false);
  });

  it('says of none that it is gone where the CRM answers only some, or not at all', async () => {
    const unseen = [
      { object: 'Inbox', recordId: '22' },
      { object: 'Lead', recordId: '23' },
    ];
    page = startPage({
      api: apiOf([{ records: [], next: null }], {
        exhaustive: ['Lead'],
        fetch: async (refs) => {
          if (refs.some(({ value }) => value === '23')) throw new CrmApiError('unreadable', 'no');
          return gone('Inbox')(refs);
        },
      }),
      unseen,
    });
    await settle();
    page.overlay.sweep();
    await settle(5_000);
    expect(page.sweepEnds).toHaveLength(2);
    expect(page.sweepEnds.at(-1)).not.toHaveProperty('absent');
  });

  it.each([
    ['refused', new CrmApiError('unauthorised', 'no')],
    ['unreadable', new CrmApiError('unreadable', 'no')],
  ])('that is %s ends, and the page goes on reading', async (_name, error) => {
    page = startPage({ api: apiOf([error]) });
    await settle();
    page.overlay.sweep();
    await settle();
    // What it learnt before is acted on, and what it did not meet is not looked after.
    expect(page.sweepEnds).toEqual([{ startedAt: start + 2_000, complete: false }]);
    fetched = [];
    document.querySelector('tbody')?.insertAdjacentElement('beforeend', rowOf('2'));
    await settle();
    expect(fetched).toEqual([['2']]);
    expect(page.health.at(-1)?.problems).toEqual([]);
  });

  it('that meets a busy server makes the page wait, too', async () => {
    page = startPage({ api: apiOf([new CrmApiError('limited', 'busy', { retryAfterMs: 30_000 })]) });
    await settle();
    page.overlay.sweep();
    await settle();
    fetched = [];
    document.querySelector('tbody')?.insertAdjacentElement('beforeend', rowOf('2'));
    await settle(20_000);
    expect(fetched).toEqual([]);
    expect(page.health.at(-1)?.problems).toMatchObject([{ code: 'api-limited' }]);
    await settle(20_000);
    expect(fetched).toEqual([['2']]);
  });
});

function rowOf(id: string): Element {
  const table = document.createElement('table');
  table.innerHTML = rowHtml(id);
  const row = table.querySelector('tr');
  if (!row) throw new Error('No row');
  return row;
}

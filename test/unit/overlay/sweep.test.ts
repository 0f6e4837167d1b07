// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CrmApiError } from '../../../lib/crm/request';
import type { ApiRecord, CrmApi, RecordRef, SweepPage } from '../../../lib/crm/types';
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

  it('ends after sixty pages, and says that it is not complete', async () => {
    page = startPage({ api: apiOf([{ records: [record('7', 'Lead')], next: 'for ever' }]) });
    await settle();
    page.overlay.sweep();
    await settle(60_000);
    expect(asked).toHaveLength(60);
    expect(page.sweepEnds).toEqual([{ startedAt: start + 2_000, complete: false }]);
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

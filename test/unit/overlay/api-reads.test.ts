import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ApiRecord, CrmApi, Page, RecordRef } from '../../../lib/crm/types';
import { createApiReads, type ApiReads } from '../../../lib/overlay/api-reads';

const page = { route: { kind: 'list', object: 'Lead' } } as Page;
const ids = (...values: readonly string[]): RecordRef[] => values.map((value) => ({ by: 'id', value }));
const recordOf = (ref: RecordRef): ApiRecord => ({ ref, recordId: ref.value, fields: {}, missing: [] });
const failure = (code: string, retryAfterMs: number | null = null) =>
  Object.assign(new Error(code), { code, retryAfterMs });

let stop: AbortController;
let fetched: string[][];
let arrived: ApiRecord[];
let fail: unknown;
let problems: number;
let reads: ApiReads;

function start(fetch?: CrmApi['fetch'], random = 0.5): void {
  reads = createApiReads({
    api: {
      batch: 3,
      fetch:
        fetch ??
        (async (refs) => {
          fetched.push(refs.map((ref) => ref.value));
          if (fail) throw fail;
          return refs.filter((ref) => ref.value !== 'gone').map(recordOf);
        }),
    },
    request: async () => null,
    now: Date.now,
    random: () => random,
    signal: stop.signal,
    onRecords: (records) => arrived.push(...records),
    onProblem: () => (problems += 1),
  });
}
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  stop = new AbortController();
  [fetched, arrived, fail, problems] = [[], [], null, 0];
  start();
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
});
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('wants of one sweep are one request, and no more than the batch', async () => {
  reads.want(ids('1', '2'), page);
  reads.want(ids('3', '4'), page);
  await wait(1_000);
  expect(fetched).toEqual([['1', '2', '3'], ['4']]);
});

test('what is fresh, or under way, is not asked for again', async () => {
  reads.want(ids('1'), page);
  await wait(100);
  reads.want(ids('1'), page);
  await wait(1_000);
  expect(fetched).toHaveLength(1);
  await wait(60_000);
  reads.want(ids('1'), page);
  await wait(1_000);
  expect(fetched).toHaveLength(2);
});

test('a record that the CRM does not know is not asked for on every touch', async () => {
  reads.want(ids('gone'), page);
  await wait(1_000);
  reads.want(ids('gone'), page);
  await wait(1_000);
  expect(fetched).toHaveLength(1);
  expect(reads.resolved({ by: 'id', value: 'gone' }, page)).toBeNull();
});

describe('when the CRM does not answer', () => {
  test('401 or 403 stops all reads until the page is loaded again', async () => {
    fail = failure('unauthorised');
    reads.want(ids('1'), page);
    await wait(1_000);
    expect(reads.problem?.code).toBe('api-unauthorised');
    fail = null;
    reads.want(ids('2'), page);
    await wait(3_600_000);
    expect(fetched).toHaveLength(1);
  });

  test('429 waits at least as long as the CRM says', async () => {
    fail = failure('limited', 120_000);
    reads.want(ids('1'), page);
    await wait(100);
    fail = null;
    await wait(119_000);
    expect(fetched).toHaveLength(1);
    await wait(2_000);
    expect(fetched).toHaveLength(2);
    expect(reads.problem).toBeNull();
    expect(arrived).toHaveLength(1);
  });

  test('a failing server is asked ever more rarely, up to every five minutes', async () => {
    fail = failure('failing');
    reads.want(ids('1'), page);
    await wait(100);
    const at: number[] = [];
    for (let seconds = 0; seconds < 1_800; seconds += 1) {
      const before = fetched.length;
      await wait(1_000);
      if (fetched.length > before) at.push(seconds);
    }
    expect(at.slice(0, 4).map((time, index) => time - (at[index - 1] ?? -1))).toEqual([5, 10, 20, 40]);
    expect((at.at(-1) ?? 0) - (at.at(-2) ?? 0)).toBe(300);
  });

  test('an answer that is no API error is unreadable, and waited out like a failure', async () => {
    start(async () => {
      throw new TypeError('x is undefined');
    });
    reads.want(ids('1'), page);
    await wait(1_000);
    expect(reads.problem?.code).toBe('api-unreadable');
  });

  test('the wait is spread by half in either direction', async () => {
    start(async (refs) => {
      fetched.push(refs.map((ref) => ref.value));
      throw failure('failing');
    }, 0);
    reads.want(ids('1'), page);
    await wait(100 + 2_500);
    expect(fetched).toHaveLength(2);
  });
});

test('the end of the overlay ends waiting and ignores what arrives late', async () => {
  let answer: (records: readonly ApiRecord[]) => void = () => undefined;
  start(() => new Promise((resolve) => (answer = resolve)));
  reads.want(ids('1'), page);
  await wait(100);
  stop.abort();
  answer(ids('1').map(recordOf));
  await wait(100);
  expect(arrived).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

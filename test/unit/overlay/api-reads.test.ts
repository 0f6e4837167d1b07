import { noWorld } from '../../../lib/crm/world';
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
let session: string | null;
let reads: ApiReads;

function start(fetch?: CrmApi['fetch'], random = 0.5, batch = 3): void {
  reads = createApiReads({
    api: {
      batch,
      fetch:
        fetch ??
        (async (refs) => {
          fetched.push(refs.map((ref) => ref.value));
          if (fail) throw fail;
          return refs.filter((ref) => ref.value !== 'gone').map(recordOf);
        }),
    },
    request: async () => null,
    world: noWorld,
    session: () => session,
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
  [fetched, arrived, fail, problems, session] = [[], [], null, 0, 'first'];
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

test('rows that a busy page lets us read slice by slice are one request', async () => {
  for (const id of ['1', '2', '3']) {
    reads.want(ids(id), page);
    await wait(40);
  }
  await wait(1_000);
  expect(fetched).toEqual([['1', '2', '3']]);
});

test('rows that keep coming do not hold the first ones up for longer than half a second', async () => {
  start(undefined, 0.5, 100);
  for (let id = 0; id < 30; id += 1) {
    reads.want(ids(String(id)), page);
    await wait(20);
  }
  expect(fetched).toHaveLength(1);
  expect(fetched[0]?.length).toBe(25);
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
  expect(reads.answer({ by: 'id', value: 'gone' }, page)?.recordId).toBeNull();
});

describe('when the CRM does not answer', () => {
  test('401 or 403 stops all reads', async () => {
    fail = failure('unauthorised');
    reads.want(ids('1'), page);
    await wait(1_000);
    expect(reads.problem?.code).toBe('api-unauthorised');
    fail = null;
    reads.want(ids('2'), page);
    await wait(3_600_000);
    expect(fetched).toHaveLength(1);
  });

  /** Refused, and then nothing fails any more. */
  async function refuse(): Promise<void> {
    fail = failure('unauthorised');
    reads.want(ids('1'), page);
    await wait(1_000);
    fail = null;
  }

  test('looking does not end the stop while the same sign-in is on the page, nor while nobody is', async () => {
    await refuse();
    expect(reads.look()).toBe(false);
    session = null;
    expect(reads.look()).toBe(false);
    reads.want(ids('2'), page);
    await wait(3_600_000);
    expect(fetched).toHaveLength(1);
  });

  test('another sign-in ends the stop, and only what is wanted then is asked for', async () => {
    await refuse();
    session = 'second';
    expect(reads.look()).toBe(true);
    expect(reads.look()).toBe(false);
    await wait(60_000);
    expect(fetched).toHaveLength(1);
    reads.want(ids('2'), page);
    await wait(60_000);
    expect(fetched).toEqual([['1'], ['2']]);
    expect(reads.problem).toBeNull();
  });

  test('the same person who was gone and is back has signed in again', async () => {
    await refuse();
    session = null;
    reads.look();
    session = 'first';
    expect(reads.look()).toBe(true);
  });

  test('a refusal that arrives after somebody has signed in again is the old sign-in’s', async () => {
    let answer: (error: unknown) => void = () => undefined;
    start(() => new Promise((_resolve, reject) => (answer = reject)));
    reads.want(ids('1'), page);
    await wait(100);
    session = 'second';
    answer(failure('unauthorised'));
    await wait(100);
    expect(reads.look()).toBe(true);
  });

  test('a sign-in that seems to change all the time is asked for ever more rarely', async () => {
    fail = failure('unauthorised');
    for (let seconds = 0; seconds < 600; seconds += 1) {
      session = `at ${seconds}`;
      reads.look();
      reads.want(ids('1'), page);
      await wait(1_000);
    }
    expect(fetched.length).toBeLessThan(10);
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

test('what changes again while its answer is young is asked for as soon as it may be, and once', async () => {
  start();
  reads.wantAnew(ids('1'), page);
  await wait(100);
  expect(fetched).toEqual([['1']]);
  await wait(1_000);
  reads.wantAnew(ids('1'), page);
  reads.wantAnew(ids('1'), page);
  await wait(1_000);
  expect(fetched).toEqual([['1']]);
  await wait(60_000);
  expect(fetched).toEqual([['1'], ['1']]);
});

test('a page that is left asks for nothing more of what was put off', async () => {
  start();
  reads.wantAnew(ids('1'), page);
  await wait(100);
  reads.wantAnew(ids('1'), page);
  reads.leavePage();
  await wait(60_000);
  expect(fetched).toEqual([['1']]);
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

// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { write } from './harness';
import { createWatcher, wholeBody, type Batch, type Watcher } from '../../../lib/overlay/watcher';

let stop: AbortController;
let batches: Batch[];
let changes: (ReadonlySet<Node> | null)[];
let watcher: Watcher;
let hidden = false;

beforeEach(() => {
  vi.useFakeTimers();
  hidden = false;
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  document.body.innerHTML = '<div id="root"><p>a</p></div>';
  stop = new AbortController();
  batches = [];
  changes = [];
  watcher = createWatcher(
    document,
    { onChange: (nodes) => changes.push(nodes), onBatch: (batch) => batches.push(batch) },
    stop.signal,
  );
  watcher.watch({ ...wholeBody, roots: [document.querySelector('#root') as Element] });
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
});

const root = (): Element => document.querySelector('#root') as Element;
const add = (count: number): void => {
  for (let index = 0; index < count; index += 1) root().append(document.createElement('i'));
};
const hear = () => vi.advanceTimersByTimeAsync(250);

test('changes within 250 ms are one batch', async () => {
  add(1);
  await vi.advanceTimersByTimeAsync(100);
  add(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(batches).toHaveLength(0);
  await hear();
  expect(batches).toHaveLength(1);
  expect(batches[0]?.added.size).toBe(2);
});

test('each change is told at once, more than a thousand without their names', async () => {
  write(root(), 'p', 'b');
  await vi.advanceTimersByTimeAsync(0);
  expect(changes).toEqual([new Set([root().querySelector('p')?.firstChild])]);
  add(1_001);
  await vi.advanceTimersByTimeAsync(0);
  expect(changes.at(-1)).toBeNull();
});

test('512 nodes do not wait', async () => {
  add(512);
  await vi.advanceTimersByTimeAsync(0);
  expect(batches).toHaveLength(1);
});

test('over 1,000 changes ask for one look at everything, once', async () => {
  add(1_200);
  await vi.advanceTimersByTimeAsync(0);
  await hear();
  await hear();
  expect(batches.map(({ full, added }) => [full, added.size])).toEqual([[true, 0]]);
});

test('what we write is not heard, what the page wrote just before is', async () => {
  add(1);
  watcher.writing(() => add(5));
  await hear();
  expect(batches.flatMap(({ added }) => [...added])).toHaveLength(1);
  watcher.writing(() => watcher.writing(() => add(5)));
  await hear();
  expect(batches).toHaveLength(1);
});

test('text that a framework writes into a reused row is heard', async () => {
  write(root(), 'p', 'b');
  await hear();
  expect(batches).toHaveLength(1);
});

test('attributes are heard only when a surface names them', async () => {
  root().querySelector('p')?.setAttribute('data-id', '7');
  await hear();
  expect(batches).toHaveLength(0);
  watcher.watch({ ...wholeBody, roots: [root()], attributes: ['data-id'] });
  root().querySelector('p')?.setAttribute('class', 'x');
  await hear();
  expect(batches).toHaveLength(0);
  root().querySelector('p')?.setAttribute('data-id', '8');
  await hear();
  expect(batches).toHaveLength(1);
});

test('a hidden tab hears nothing and looks at everything when it is back', async () => {
  hidden = true;
  document.dispatchEvent(new Event('visibilitychange'));
  add(3);
  await hear();
  expect(batches).toHaveLength(0);
  hidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  await hear();
  expect(batches.map(({ full }) => full)).toEqual([true]);
});

test('rows in an open shadow root that the surface names are watched', async () => {
  const host = document.createElement('x-list');
  const shadow = host.attachShadow({ mode: 'open' });
  root().append(host);
  watcher.watch({ ...wholeBody, roots: [root()], shadow: 'x-list' });
  expect(watcher.scopes()).toContain(shadow);
  shadow.append(document.createElement('i'));
  await hear();
  expect(batches).toHaveLength(1);
});

test('after the end nothing is heard and no timer runs', async () => {
  add(1);
  await vi.advanceTimersByTimeAsync(0);
  stop.abort();
  add(1);
  await hear();
  expect(batches).toHaveLength(0);
  expect(vi.getTimerCount()).toBe(0);
});

/** The content script's own end of the messages, against the library at the worker's end, over a bus that works as Chromium's. */
import { defineExtensionMessaging } from '@webext-core/messaging';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PageProtocol, WorkerProtocol } from '../../../lib/messages/contract';
import { askWorker, onWorkerMessage } from '../../../lib/messages/page';

type Respond = (reply: unknown) => void;
type Listener = (message: unknown, sender: object, respond: Respond) => unknown;

const listeners = new Set<Listener>();
/** A listener that wants to answer later returns `true`; messages and answers are copied on their way. */
async function deliver(message: unknown): Promise<unknown> {
  const copy = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
  for (const listener of listeners) {
    const reply = await new Promise((resolve) => {
      let answered = false;
      const later = listener(copy(message), { id: 'relevo', tab: { id: 7 } }, (value) => {
        answered = true;
        resolve(value);
      });
      if (later !== true && !answered) resolve(undefined);
    });
    if (reply !== undefined) return copy(reply);
  }
  return undefined;
}

async function tell(callback: Respond, message: unknown): Promise<void> {
  callback(await deliver(message));
}

let stop: AbortController;
beforeEach(() => {
  stop = new AbortController();
  const { runtime, tabs } = chrome;
  vi.spyOn(runtime.onMessage, 'addListener').mockImplementation((listener) => void listeners.add(listener as Listener));
  vi.spyOn(runtime.onMessage, 'removeListener').mockImplementation(
    (listener) => void listeners.delete(listener as Listener),
  );
  // The library waits with a callback, we with the promise.
  vi.spyOn(runtime, 'sendMessage').mockImplementation(((message: unknown, callback?: Respond) =>
    callback ? void tell(callback, message) : deliver(message)) as never);
  vi.spyOn(tabs, 'sendMessage').mockImplementation(
    (_tab: number, message: unknown, _options: unknown, callback: Respond) => void tell(callback, message),
  );
});
afterEach(() => {
  stop.abort();
  listeners.clear();
});

/** The worker's end. */
function answering(type: keyof WorkerProtocol, answer: (data: unknown, tab: unknown) => unknown): void {
  const library = defineExtensionMessaging<WorkerProtocol>();
  library.onMessage(type, (({ data, sender }: { data: unknown; sender: { tab?: unknown } }) =>
    answer(data, sender.tab)) as never);
}

test('the worker hears what is asked and from which tab, and its answer comes back', async () => {
  const heard = vi.fn((_data: unknown, _tab: unknown) => ({ token: 'one-time' }));
  answering('panelToken', heard);
  expect(await askWorker('panelToken', { lead: 'test|x|Lead|1' })).toEqual({ token: 'one-time' });
  expect(heard).toHaveBeenCalledWith({ lead: 'test|x|Lead|1' }, { id: 7 });
});

test('what the worker throws is thrown here, by its name and message', async () => {
  answering('panelToken', () => {
    throw Object.assign(new Error('refused: no such lead'), { name: 'MessageError' });
  });
  await expect(askWorker('panelToken', { lead: '' })).rejects.toMatchObject({
    name: 'MessageError',
    message: 'refused: no such lead',
  });
});

test('that nobody answers is an error, and not an empty answer', async () => {
  await expect(askWorker('panelToken', { lead: '' })).rejects.toThrow('No response');
});

test('the worker’s messages are answered, each by its own listener, until the end', async () => {
  const library = defineExtensionMessaging<PageProtocol>();
  const refreshed = vi.fn();
  const left = vi.fn();
  onWorkerMessage('refresh', refreshed, stop.signal);
  onWorkerMessage('leave', left, stop.signal);
  onWorkerMessage('sweep', () => false, stop.signal);
  await library.sendMessage('leave', { pattern: 'https://crm.example/*' }, 7);
  expect(left).toHaveBeenCalledExactlyOnceWith({ pattern: 'https://crm.example/*' });
  expect(refreshed).not.toHaveBeenCalled();
  expect(await library.sendMessage('sweep', {}, 7)).toBe(false);
  stop.abort();
  await expect(library.sendMessage('refresh', undefined, 7)).rejects.toThrow();
  expect(refreshed).not.toHaveBeenCalled();
  expect(listeners.size).toBe(0);
});

test('what is no message of ours is left alone', async () => {
  const heard = vi.fn();
  onWorkerMessage('refresh', heard, stop.signal);
  for (const odd of [null, 'refresh', 3, {}, { type: ['refresh'] }]) expect(await deliver(odd)).toBeUndefined();
  expect(heard).not.toHaveBeenCalled();
});

/**
 * The content script's end of the messages, in the form that `@webext-core/messaging` uses at the worker's end: a message
 * is `{ id, type, data, timestamp }`, its answer `{ res }` or `{ err }`. The library itself would be a twelfth of what each
 * page loads; a test lets both ends talk to each other. Types and transport only; validation is the worker's.
 */
import { browser } from 'wxt/browser';
import type { PageProtocol, WorkerProtocol } from './contract';

type DataOf<Message> = Message extends (data: infer Data) => unknown ? Data : never;
type AnswerOf<Message> = Message extends (data: never) => infer Answer ? Awaited<Answer> : never;

interface Reply {
  readonly res?: unknown;
  readonly err?: { readonly name: string; readonly message: string } | null;
}

/** @throws what the worker threw, by its name and message, or when nobody answers. */
export async function askWorker<Type extends keyof WorkerProtocol>(
  type: Type,
  data: DataOf<WorkerProtocol[Type]>,
): Promise<AnswerOf<WorkerProtocol[Type]>> {
  const message = { id: 0, type, data, timestamp: Date.now() };
  const reply = await browser.runtime.sendMessage<typeof message, Reply | undefined>(message);
  if (!reply) throw new Error('No response');
  const { res, err } = reply;
  if (err) throw Object.assign(new Error(err.message), { name: err.name });
  return res as AnswerOf<WorkerProtocol[Type]>;
}

/** Answers one kind of message until the signal. */
export function onWorkerMessage<Type extends keyof PageProtocol>(
  type: Type,
  answer: (data: DataOf<PageProtocol[Type]>) => AnswerOf<PageProtocol[Type]>,
  signal: AbortSignal,
): void {
  // Held: once the extension is gone, so is the way to it.
  const { onMessage } = browser.runtime;
  const listener = (message: unknown, _sender: unknown, respond: (reply: unknown) => void): void => {
    const { type: said, data } = (message ?? {}) as { readonly type?: unknown; readonly data?: unknown };
    if (said === type) respond({ res: answer(data as DataOf<PageProtocol[Type]>) });
  };
  onMessage.addListener(listener);
  signal.addEventListener('abort', () => onMessage.removeListener(listener));
}

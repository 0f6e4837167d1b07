/**
 * Observations on their way to the worker: gathered, sent in bounded messages one after the other, kept while the worker
 * does not answer. A newer observation of the same lead and source takes the older one's place.
 */
import { leadKey, type LeadKey, type Observation, type Viewer } from '../lead/lead';
import type { ObserveReply } from '../messages/observing';
import { logOnce } from './log';
import type { WorkerPort } from './types';

/** Gathers this long, ms: short enough for a badge to seem to come with its row. */
const gatherMs = 30;
/** Observations in one message; the worker refuses more than 1,000, and small answers paint sooner. */
const perMessage = 200;
/** Waits after a failed message, ms; the last one repeats. */
const retries = [1_000, 4_000, 15_000, 60_000] as const;
/**
 * Without keys whose value is `undefined`: Chromium's messages leave them out, Firefox's keep them, and the worker
 * refuses them. Lengths are the adapters' business.
 */
const clean = (observation: Observation): Observation => JSON.parse(JSON.stringify(observation)) as Observation;

export interface Outbox {
  add(observation: Observation): void;
  /** Tells who is signed in, with the next message or by itself; once each. */
  setViewer(viewer: Viewer): void;
}

export interface OutboxOptions {
  readonly worker: WorkerPort;
  readonly onReply: (reply: ObserveReply, leads: readonly LeadKey[]) => void;
  /** A message failed; `true` if the extension is gone and there is nobody to ask. */
  readonly gone: () => boolean;
  readonly signal: AbortSignal;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { signal } = options;
  const waiting = new Map<string, Observation>();
  let viewer: Viewer | null = null;
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending = false;
  let failures = 0;
  /** Halved when the worker refuses a message, until the one observation that it refuses is found. */
  let size = perMessage;

  const slot = (observation: Observation): string => `${observation.source}|${leadKey(observation.id)}`;

  function plan(wait: number): void {
    if (timer !== undefined || sending || signal.aborted || (waiting.size === 0 && !viewer)) return;
    timer = setTimeout(() => {
      timer = undefined;
      void send();
    }, wait);
  }

  async function send(): Promise<void> {
    const batch = [...waiting.values()].slice(0, size);
    for (const observation of batch) waiting.delete(slot(observation));
    const said = viewer;
    sending = true;
    let wait = 0;
    try {
      const reply = await options.worker.observe({ observations: batch, ...(said ? { viewer: said } : {}) });
      if (signal.aborted) return;
      failures = 0;
      size = perMessage;
      if (viewer === said) viewer = null;
      options.onReply(reply, [...new Set(batch.map((observation) => leadKey(observation.id)))]);
    } catch (error) {
      if (signal.aborted || options.gone()) return;
      wait = recover(error, batch);
    } finally {
      sending = false;
    }
    plan(wait);
  }

  /** @returns how long to wait before the next message, ms */
  function recover(error: unknown, batch: readonly Observation[]): number {
    logOnce('observe', error);
    const refused = error instanceof Error && error.message.includes('refused');
    if (refused && batch.length <= 1) {
      size = perMessage;
      viewer = null;
      return 0;
    }
    if (refused) size = Math.ceil(batch.length / 2);
    for (const observation of batch) if (!waiting.has(slot(observation))) waiting.set(slot(observation), observation);
    if (refused) return 0;
    const wait = retries[Math.min(failures, retries.length - 1)] ?? 60_000;
    failures += 1;
    return wait;
  }

  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    waiting.clear();
  });

  return {
    add(observation) {
      if (signal.aborted) return;
      waiting.set(slot(observation), clean(observation));
      plan(gatherMs);
    },
    setViewer(next) {
      const text = JSON.stringify(next);
      if (text === told) return;
      told = text;
      viewer = next;
      plan(gatherMs);
    },
  };
}

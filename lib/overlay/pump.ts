/**
 * Works through rows in slices: first those to read, then those to paint, each once however often it was asked for. The
 * page gets the thread back between two slices, so a thousand rows are many short tasks and never a long one.
 */
import { logOnce } from './log';

/** Longest piece of work at a stretch, ms: half a frame. */
const sliceMs = 8;

export interface Pump<Unread, Unpainted> {
  read(item: Unread): void;
  paint(item: Unpainted): void;
  /** The page took these away. */
  drop(items: readonly Unpainted[]): void;
  clear(): void;
}

export interface PumpOptions<Unread, Unpainted> {
  readonly read: (item: Unread) => void;
  readonly paint: (item: Unpainted) => void;
  /** Runs a slice without our observer hearing it. */
  readonly writing: (slice: () => void) => void;
  readonly breathe: () => Promise<void>;
  /** Nothing is left to do. */
  readonly onIdle: () => void;
  readonly signal: AbortSignal;
}

export function createPump<Unread, Unpainted>(options: PumpOptions<Unread, Unpainted>): Pump<Unread, Unpainted> {
  const { signal } = options;
  const unread = new Set<Unread>();
  const unpainted = new Set<Unpainted>();
  let running = false;

  const busy = (): boolean => !signal.aborted && (unread.size > 0 || unpainted.size > 0);

  /** One row that can't be read or painted must not keep the others from it. */
  function each<Item>(items: Set<Item>, work: (item: Item) => void, until: number): void {
    for (const item of items) {
      items.delete(item);
      try {
        work(item);
      } catch (error) {
        logOnce('row', error);
      }
      if (performance.now() > until) return;
    }
  }

  async function run(): Promise<void> {
    running = true;
    while (busy()) {
      await options.breathe();
      if (signal.aborted) return;
      options.writing(() => {
        const until = performance.now() + sliceMs;
        each(unread, options.read, until);
        if (unread.size === 0) each(unpainted, options.paint, until);
      });
    }
    running = false;
    if (!signal.aborted) options.onIdle();
  }

  function start(): void {
    if (!running && busy()) void run();
  }

  function clear(): void {
    unread.clear();
    unpainted.clear();
  }
  signal.addEventListener('abort', clear);

  return {
    read(item) {
      unread.add(item);
      start();
    },
    paint(item) {
      unpainted.add(item);
      start();
    },
    drop(items) {
      for (const item of items) unpainted.delete(item);
    },
    clear,
  };
}

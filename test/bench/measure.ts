/**
 * What a page's main thread did, by the browser's own counters and trace. Times are CPU time of that thread: on a machine
 * that others use too, elapsed time says more about them than about us. A content script runs on the page's main thread,
 * so its work is in there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';

/** ms of CPU. `other` is what is neither script, style nor layout: painting, compositing, garbage collection, messages. */
export interface Cost {
  readonly task: number;
  readonly script: number;
  readonly style: number;
  readonly layout: number;
  readonly other: number;
}

const counters = {
  task: 'TaskDuration',
  script: 'ScriptDuration',
  style: 'RecalcStyleDuration',
  layout: 'LayoutDuration',
};

export interface Task {
  /** ms after the mark; negative before it. */
  readonly at: number;
  /** ms of CPU. */
  readonly cpu: number;
  /** ms elapsed, with what other programs took. */
  readonly wall: number;
  /** Whether code of the extension ran in it. */
  readonly ours: boolean;
  /** What took most of it, for the person who has to find it. */
  readonly parts: string;
}

export interface Probe {
  cost(): Promise<Cost>;
  /** Bytes of the JavaScript heap, all worlds of the page, after a collection. */
  heap(): Promise<number>;
  startTrace(): Promise<void>;
  /** Tasks of one thread: the one that has a `performance.mark` of this name. */
  endTrace(mark: string): Promise<Task[]>;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly url?: string; readonly functionName?: string } };
}

export const rest = (ms: number): Promise<void> => sleep(ms);

export function difference(end: Cost, start: Cost): Cost {
  const of = (name: keyof Cost): number => end[name] - start[name];
  return { task: of('task'), script: of('script'), style: of('style'), layout: of('layout'), other: of('other') };
}

/** @param wholeBrowser traces all processes: a worker may run in another one than the page. */
export async function createProbe(page: Page, wholeBrowser = false): Promise<Probe> {
  const session = await page.context().newCDPSession(page);
  const tracing = (wholeBrowser && (await page.context().browser()?.newBrowserCDPSession())) || session;
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  let events: TraceEvent[] = [];
  tracing.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  return {
    cost: () => readCost(session),
    async heap() {
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
    },
    async startTrace() {
      events = [];
      await tracing.send('Tracing.start', {
        transferMode: 'ReportEvents',
        traceConfig: {
          recordMode: 'recordAsMuchAsPossible',
          includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing', 'v8'],
          excludedCategories: ['*'],
        },
      });
    },
    async endTrace(mark) {
      const complete = new Promise((resolve) => tracing.once('Tracing.tracingComplete', resolve));
      await tracing.send('Tracing.end');
      await complete;
      return tasksOf(events, mark);
    },
  };
}

async function readCost(session: CDPSession): Promise<Cost> {
  const { metrics } = await session.send('Performance.getMetrics');
  const ms = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1_000;
  const [task, script, style, layout] = [counters.task, counters.script, counters.style, counters.layout].map(ms) as [
    number,
    number,
    number,
    number,
  ];
  return { task, script, style, layout, other: task - script - style - layout };
}

/** A continuation of `scheduler.yield` names no script; the demo CRM never yields, so it is ours. */
const isOurs = ({ name, args }: TraceEvent): boolean =>
  name === 'RunYieldContinuation' || (args?.data?.url?.startsWith('chrome-extension://') ?? false);

/** @throws when the mark is not in the trace. */
function tasksOf(events: readonly TraceEvent[], mark: string): Task[] {
  const marked = events.find((event) => event.name === mark);
  if (!marked) throw new Error(`The trace has no mark ${mark}.`);
  const own = events.filter(({ pid, tid, ph }) => pid === marked.pid && tid === marked.tid && ph === 'X');
  own.sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  const tasks: Task[] = [];
  for (let index = 0; index < own.length; index += 1) {
    const task = own[index] as TraceEvent;
    if (task.name !== 'RunTask') continue;
    const end = task.ts + (task.dur ?? 0);
    const inside: TraceEvent[] = [];
    for (let next = index + 1; next < own.length; next += 1) {
      const event = own[next] as TraceEvent;
      if (event.ts >= end) break;
      inside.push(event);
    }
    tasks.push({
      at: (task.ts - marked.ts) / 1_000,
      cpu: (task.tdur ?? task.dur ?? 0) / 1_000,
      wall: (task.dur ?? 0) / 1_000,
      ours: inside.some(isOurs),
      parts: partsOf(inside),
    });
  }
  return tasks;
}

/** The three dearest kinds of event. One inside another is counted in both: it says where to look, and sums to nothing. */
function partsOf(inside: readonly TraceEvent[]): string {
  const times = new Map<string, number>();
  for (const { name, args, tdur = 0 } of inside) {
    const called = args?.data?.functionName;
    const key = called ? `${name} ${called}` : name;
    times.set(key, (times.get(key) ?? 0) + tdur / 1_000);
  }
  const dearest = [...times].toSorted(([, one], [, other]) => other - one).slice(0, 3);
  return dearest.map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(', ');
}

/** The task that took the most CPU, among those that pass. */
export function longest(tasks: readonly Task[], among: (task: Task) => boolean): Task | null {
  return tasks.filter(among).reduce<Task | null>((most, task) => (most && most.cpu >= task.cpu ? most : task), null);
}

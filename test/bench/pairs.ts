/** Plays a scene with and without the extension, turn about, and tells what the extension added. */
import type { BrowserContext } from '@playwright/test';
import { createProbe, difference, longest, rest, type Cost, type Task } from './measure.ts';
import { markName, writeOneCharacter, type Scene } from './scenes.ts';
import { median, printTable, ratio, spread } from './table.ts';

export interface Side {
  readonly context: BrowserContext;
  readonly origin: string;
}

export interface Sides {
  readonly off: Side;
  readonly on: Side;
}

/** What lasts after the work, on the page as the scene leaves it. */
export interface Aftermath {
  /** Share of one core, in percent, of the main thread while nothing changes. */
  readonly idle: number;
  /** Bytes. */
  readonly heap: number;
  readonly badges: number;
  /** Longest task, ms of CPU, when the page itself writes one character into one cell. */
  readonly character: number;
  /** Badges near the viewport so close to their due instant that they count seconds for a part of the time. */
  readonly counting: number;
}

interface Turn {
  readonly cost: Cost;
  readonly units: number;
  readonly tasks: readonly Task[];
  readonly after: Aftermath | null;
}

export interface Played {
  readonly scene: Scene;
  readonly off: readonly Turn[];
  readonly on: readonly Turn[];
}

async function play(scene: Scene, { context, origin }: Side, idleMs: number): Promise<Turn> {
  const page = await context.newPage();
  try {
    await scene.prepare(page, origin);
    const probe = await createProbe(page);
    await probe.startTrace();
    const start = await probe.cost();
    const units = await scene.act(page, origin);
    const cost = difference(await probe.cost(), start);
    const tasks = await probe.endTrace(markName);
    if (idleMs === 0) return { cost, units, tasks, after: null };
    await rest(1_000);
    const before = await probe.cost();
    await rest(idleMs);
    const idle = (difference(await probe.cost(), before).task / idleMs) * 100;
    const heap = await probe.heap();
    const { badges, counting } = await page.evaluate((ms) => {
      const all = [...document.querySelectorAll<HTMLElement>('relevo-badge')];
      const left = (badge: HTMLElement) => Date.parse(badge.dataset['due'] ?? '') - Date.now();
      const seconds = all.filter((badge) => badge.shadowRoot && left(badge) > -60_000 - ms && left(badge) < 60_000);
      return { badges: all.length, counting: seconds.length };
    }, idleMs);
    await probe.startTrace();
    await writeOneCharacter(page);
    const character = longest(await probe.endTrace(markName), tasksAfter)?.cpu ?? 0;
    return { cost, units, tasks, after: { idle, heap, badges, counting, character } };
  } finally {
    await page.close();
  }
}

/**
 * @param idleMs how long to watch the page afterwards while nothing changes; 0 for not at all
 */
export async function playBoth(scene: Scene, sides: Sides, rounds: number, idleMs = 0): Promise<Played> {
  const off: Turn[] = [];
  const on: Turn[] = [];
  // The first round fills caches of code and of connections; it is not counted.
  for (let round = -1; round < rounds; round += 1) {
    const counted = round >= 0;
    const one = await play(scene, sides.off, counted ? idleMs : 0);
    const other = await play(scene, sides.on, counted ? idleMs : 0);
    if (counted) {
      off.push(one);
      on.push(other);
    }
  }
  return { scene, off, on };
}

const ms = (value: number): string => value.toFixed(1);
const parts = ['task', 'script', 'style', 'layout', 'other'] as const;
const names = {
  task: 'main thread, ms of CPU',
  script: '  script',
  style: '  style',
  layout: '  layout',
  other: '  paint, collection, the rest',
} as const;

const tasksAfter = (task: Task): boolean => task.at >= 0;
/** Before the mark only tasks with our code are ours; from it on the page itself is still, and all work is. */
const tasksOfOurs = (task: Task): boolean => task.ours || task.at >= 0;

/** Longest task of each round, as its CPU time. */
const longestOf = (turns: readonly Turn[], among: (task: Task) => boolean): number[] =>
  turns.map(({ tasks }) => longest(tasks, among)?.cpu ?? 0);

/** @param ownWork whether the page itself goes on working after the mark, so that a task may be either's */
export function printPlayed({ scene, off, on }: Played, ownWork: boolean): void {
  const of = (turns: readonly Turn[], name: keyof Cost): number[] => turns.map(({ cost }) => cost[name]);
  const units = median(on.map((turn) => turn.units));
  const rows = parts.map((name) => {
    const [without, with_] = [of(off, name), of(on, name)];
    const added = with_.map((value, round) => value - (without[round] ?? 0));
    const per = median(added) / units;
    return [
      names[name],
      ms(median(without)),
      ms(median(with_)),
      ratio(median(with_), median(without)),
      ms(median(added)),
      spread(added, 0),
      per.toFixed(3),
    ];
  });
  const heads = ['off', 'on', 'ratio', 'added', 'added, all rounds', `added per ${scene.unit}`];
  printTable(scene.title, heads, rows);
  const task = (label: string, turns: readonly Turn[], among: (task: Task) => boolean): string[] => {
    const found = turns.flatMap(({ tasks }) => longest(tasks, among) ?? []);
    const cpu = found.map((one) => one.cpu);
    if (cpu.length === 0) return [label, '–', '–', '–', '–'];
    const most = longest(found, () => true);
    return [label, ms(median(cpu)), spread(cpu), ms(median(found.map(({ wall }) => wall))), most?.parts ?? ''];
  };
  const ours = ownWork ? (one: Task) => one.ours : tasksOfOurs;
  printTable(
    'Longest task',
    ['ms of CPU', 'all rounds', 'ms elapsed', 'the longest of all, ms of CPU by kind'],
    [
      task(ownWork ? 'off, any' : 'off, once the rows stand', off, tasksAfter),
      task(ownWork ? 'on, any' : 'on, once the rows stand', on, tasksAfter),
      task('on, with our code in it', on, (one) => one.ours),
      ...(ownWork ? [] : [task('on, ours by either count', on, ours)]),
    ],
  );
}

/** Median over the rounds of the longest task that is ours, ms of CPU. */
export const longestOurs = ({ on }: Played): number => median(longestOf(on, tasksOfOurs));

/** What the page itself needs for one changed character, without the extension: median over the rounds, ms of CPU. */
export const ownFrame = ({ off }: Played): number => median(off.map(({ after }) => after?.character ?? 0));

/** @returns what the extension adds to the page at rest, percent of one core */
export function printAftermath({ off, on }: Played, idleMs: number): number {
  const of = (turns: readonly Turn[], name: keyof Aftermath): number[] => turns.map(({ after }) => after?.[name] ?? 0);
  const added = (name: keyof Aftermath): number[] =>
    of(on, name).map((value, round) => value - (of(off, name)[round] ?? 0));
  const row = (label: string, name: keyof Aftermath, scale: number, digits: number): string[] => {
    const [without, with_, more] = [of(off, name), of(on, name), added(name)].map((values) =>
      values.map((value) => value / scale),
    ) as [number[], number[], number[]];
    return [
      label,
      median(without).toFixed(digits),
      median(with_).toFixed(digits),
      ratio(median(with_), median(without)),
      median(more).toFixed(digits),
      spread(more, digits),
    ];
  };
  const badges = median(of(on, 'badges'));
  printTable(
    `The same page, ${badges} badges, nothing changing`,
    ['off', 'on', 'ratio', 'added', 'added, all rounds'],
    [
      row(`main thread over ${idleMs / 1_000} s, % of one core`, 'idle', 1, 3),
      row('JavaScript heap, MB', 'heap', 1e6, 2),
      row('one character in one cell, longest task, ms', 'character', 1, 1),
      ['badges in sight counting seconds', '–', median(of(on, 'counting')).toFixed(0)],
    ],
  );
  return median(added('idle'));
}

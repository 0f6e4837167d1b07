import { afterEach, expect, test, vi } from 'vitest';
import { createBreath } from '../../../lib/overlay/breathe';

/** A browser that gives whoever yields the next turn before anything else that waits. */
const greedy = { yield: () => Promise.resolve() };

afterEach(() => vi.unstubAllGlobals());

/** Works in slices of 8 ms for as long as it is told, on a clock of its own. */
async function work(slices: number): Promise<{ readonly turnsOfOthers: number; readonly longestWait: number }> {
  let clock = 0;
  let turnsOfOthers = 0;
  let longestWait = 0;
  let lastTurn = 0;
  let working = true;
  const other = (): void => {
    turnsOfOthers += 1;
    longestWait = Math.max(longestWait, clock - lastTurn);
    lastTurn = clock;
    if (working) setTimeout(other);
  };
  setTimeout(other);
  const breathe = createBreath(() => clock);
  for (let slice = 0; slice < slices; slice += 1) {
    await breathe();
    clock += 8;
  }
  working = false;
  return { turnsOfOthers, longestWait };
}

test('work that goes on and on lets a timer of the page have its turn about every tenth of a second', async () => {
  vi.stubGlobal('scheduler', greedy);
  const { turnsOfOthers, longestWait } = await work(300);
  expect(longestWait).toBeLessThanOrEqual(120);
  expect(turnsOfOthers).toBeGreaterThan(20);
});

test('a few slices come first, before what else waits', async () => {
  vi.stubGlobal('scheduler', greedy);
  expect((await work(3)).turnsOfOthers).toBe(0);
});

test('without a scheduler each slice waits behind the others', async () => {
  vi.stubGlobal('scheduler', undefined);
  expect((await work(50)).turnsOfOthers).toBeGreaterThanOrEqual(40);
});

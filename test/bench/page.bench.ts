/**
 * What Relevo costs the page that it is on, and how fast its popup is, in a real Chromium: sizes, 1,000 rows, the same at rest,
 * a virtualised list, sorting, paging, the popup over 10,000 leads, the first badge of a browser that was just started. Everything
 * but that is compared with the same browser without the extension, turn about, medians of several rounds. Run: `node test/bench/page.bench.ts [--rounds 5] [--only size,rows,…]`.
 * Fails where a budget of the architecture is missed.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startDemoCrm } from '../demo-crm/server.ts';
import { applyAgreement, benchHours, buildProblems, createScratch, openBrowser, type Scratch } from './browser.ts';
import { longestOurs, ownFrame, playBoth, printAftermath, printPlayed, type Sides } from './pairs.ts';
import { measurePopup } from './popup.ts';
import { recordPager, sortedList, thousandRows, virtualList } from './scenes.ts';
import { measureSizes } from './size.ts';
import { measureStart } from './start.ts';
import { isKept, print, verdictLine, type Verdict } from './table.ts';

const subjects = ['size', 'rows', 'scroll', 'sort', 'records', 'popup', 'neglected', 'start'] as const;
type Subject = (typeof subjects)[number];

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, only: { type: 'string', default: subjects.join(',') } },
});
const rounds = Math.max(1, Number(values.rounds) || 5);
const chosen = new Set(values.only.split(','));
const wanted = (...names: readonly Subject[]): boolean => names.some((name) => chosen.has(name));

/** Longer than the slowest tick of the badges under an hour, several times. */
const idleMs = 25_000;

async function onPages(scratch: Scratch): Promise<Verdict[]> {
  const crm = await startDemoCrm({ openHours: benchHours });
  const off = await openBrowser({ profile: scratch.folder('off'), extension: null });
  const on = await openBrowser({ profile: scratch.folder('on'), extension: scratch.build('test') });
  try {
    print(`${on.browser()?.version() ?? 'unknown'} is the browser’s version.\n`);
    await applyAgreement(on);
    const sides: Sides = { off: { context: off, origin: crm.origin }, on: { context: on, origin: crm.origin } };
    const verdicts: Verdict[] = [];
    if (wanted('rows')) {
      const played = await playBoth(thousandRows, sides, rounds, idleMs);
      printPlayed(played, false);
      const idleAdded = printAftermath(played, idleMs);
      verdicts.push(
        { name: '1,000 rows painted, longest task', measured: longestOurs(played), budget: 50, unit: 'ms' },
        // The page needs this much for any change of any cell, with us or without.
        {
          name: '1,000 rows painted, longest task less the page’s own frame',
          measured: Math.max(0, longestOurs(played) - ownFrame(played)),
          budget: 50,
          unit: 'ms',
        },
        { name: '1,000 badges, nothing changing', measured: Math.max(0, idleAdded), budget: 0.5, unit: '% of a core' },
      );
    }
    for (const [name, scene] of [
      ['scroll', virtualList],
      ['sort', sortedList],
      ['records', recordPager],
    ] as const)
      if (wanted(name)) printPlayed(await playBoth(scene, sides, rounds), true);
    return verdicts;
  } finally {
    await Promise.all([off.close(), on.close()]);
    await crm.close();
  }
}

async function bench(scratch: Scratch): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  if (wanted('size')) verdicts.push(...measureSizes(scratch.build('release')));
  if (wanted('rows', 'scroll', 'sort', 'records')) verdicts.push(...(await onPages(scratch)));
  if (wanted('start')) await measureStart(scratch, rounds);
  const popup = async (name: string, neglected: boolean): Promise<void> => {
    const measured = await measurePopup(scratch, rounds, neglected);
    verdicts.push({ name, measured, budget: 150, unit: 'ms' });
  };
  if (wanted('popup')) await popup('popup on 10,000 leads, script time', false);
  if (wanted('neglected')) await popup('popup on 10,000 leads, all of them due, script time', true);
  return verdicts;
}

const { missing, old } = buildProblems();
if (missing.length > 0) {
  for (const line of missing) print(line);
  process.exit(1);
}
const load = (loadavg()[0] ?? 0).toFixed(1);
print(
  `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`,
);
print(`load ${load} at the start, ${rounds} rounds turn about. CPU time of the main thread, unless it says elapsed.`);
for (const line of old) print(line);

const scratch = createScratch();
try {
  const verdicts = await bench(scratch);
  for (const verdict of verdicts) print(verdictLine(verdict));
  if (!verdicts.every(isKept)) process.exitCode = 1;
} finally {
  scratch.remove();
}

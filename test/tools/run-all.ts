/**
 * `npm test`: every check and every runner, in two lanes side by side, with one closing line summed over all of them. A
 * step that fails does not hide the ones after it, except that nothing runs on a build that failed. What a step prints
 * comes in one piece, when it has ended.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFirefox, requireChromium } from './browsers.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Of the passed ones, those that needed a second try: a race in the test or in what it tests. */
  secondTry?: number;
}

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** How many tests it ran; a plain check counts as one. */
  readonly tally?: () => Tally;
  readonly isBuild?: boolean;
  readonly needsBuilds?: boolean;
}

const root = join(import.meta.dirname, '../..');
const results = join(root, 'test-results');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const live = process.argv.includes('--live');

function vitestTally(file: string): () => Tally {
  return () => {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
    return {
      passed: report['numPassedTests'] ?? 0,
      failed: (report['numFailedTests'] ?? 0) + brokenFiles(report),
      skipped: (report['numPendingTests'] ?? 0) + (report['numTodoTests'] ?? 0),
    };
  };
}

/** A file that could not even be loaded has no failed test, but it has failed. */
function brokenFiles(report: Record<string, unknown>): number {
  const files = (report['testResults'] ?? []) as { status?: string; assertionResults?: unknown[] }[];
  return files.filter((file) => file.status === 'failed' && (file.assertionResults?.length ?? 0) === 0).length;
}

function playwrightTally(file: string): () => Tally {
  return () => {
    const { stats } = JSON.parse(readFileSync(file, 'utf8')) as { stats: Record<string, number> };
    return {
      passed: (stats['expected'] ?? 0) + (stats['flaky'] ?? 0),
      failed: stats['unexpected'] ?? 0,
      skipped: stats['skipped'] ?? 0,
      secondTry: stats['flaky'] ?? 0,
    };
  };
}

function vitest(name: string, config: string): Step {
  const file = join(results, `${name}.json`);
  return {
    name: `tests: ${name}`,
    command: [
      bin('vitest'),
      'run',
      '--config',
      config,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    tally: vitestTally(file),
  };
}

function playwright(name: string, config: string, ...more: readonly string[]): Step {
  const file = join(results, `${name}.json`);
  return {
    name: `tests: ${name}`,
    command: [
      '/usr/bin/env',
      `PLAYWRIGHT_JSON_OUTPUT_NAME=${file}`,
      bin('playwright'),
      'test',
      '-c',
      config,
      '--reporter=list,json',
      ...more,
    ],
    tally: playwrightTally(file),
  };
}

type Lane = readonly Step[];

/** Stages come one after the other; the lanes of a stage side by side: browsers wait much of their time. */
function stages(firefox: string | null): readonly (readonly Lane[])[] {
  const endToEnd = (name: 'chromium' | 'firefox'): Step => ({
    ...playwright(
      name,
      'test/e2e/playwright.config.ts',
      `--project=${name}`,
      // A run empties its folder, and the other one is at work.
      `--output=${join(results, `e2e-${name}`)}`,
    ),
    needsBuilds: true,
  });
  return [
    // A build writes the types that these two read.
    [
      [
        { name: 'format', command: [bin('oxfmt'), '--check', '.'] },
        { name: 'lint', command: [bin('oxlint'), '--type-aware', '.'] },
      ],
      [
        { name: 'types', command: [bin('tsc'), '--noEmit'] },
        { name: 'unused code', command: [bin('knip')] },
      ],
    ],
    [
      [
        { name: 'builds', command: ['npm', 'run', '--silent', 'build'], isBuild: true },
        { name: 'builds for end-to-end tests', command: ['npm', 'run', '--silent', 'build:e2e'], isBuild: true },
        { ...vitest('builds', 'test/builds/vitest.config.ts'), needsBuilds: true },
      ],
      // They never wait: beside browsers they would take four times as long, and make those late.
      [vitest('unit', 'test/vitest.config.ts')],
    ],
    [[endToEnd('chromium')], firefox ? [endToEnd('firefox')] : []],
    // A real CRM's server is slow enough by itself.
    live ? [[{ ...playwright('live', 'test/live/playwright.config.ts'), needsBuilds: true }]] : [],
  ];
}

/** Runs a program; what it prints is printed when it has ended. */
function run([command, ...args]: readonly string[]): Promise<{ readonly ok: boolean; readonly output: Buffer }> {
  return new Promise((resolve) => {
    const child = spawn(command ?? '', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => printed.push(part));
    child.on('error', (error) => printed.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (status) => resolve({ ok: status === 0, output: Buffer.concat(printed) }));
  });
}

/** @returns what its tests say; a plain check counts as one. */
function tallyOf(step: Step, ok: boolean): Tally {
  if (!step.tally) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  try {
    const tally = step.tally();
    // A runner that ends badly without naming a failed test has failed all the same.
    return { ...tally, failed: ok ? tally.failed : Math.max(1, tally.failed) };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

interface Outcome {
  readonly total: Tally;
  readonly failures: string[];
  readonly shaky: string[];
}

async function perform(step: Step, { total, failures, shaky }: Outcome): Promise<boolean> {
  const begun = performance.now();
  const { ok, output } = await run(step.command);
  const tally = tallyOf(step, ok);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`\n— ${step.name}`);
  process.stdout.write(output);
  console.log(`${ok ? 'passed' : 'FAILED'}: ${step.name} (${seconds} s)`);
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
  if (tally.secondTry) shaky.push(`${tally.secondTry} of ${step.name}`);
  if (!ok || tally.failed > 0) failures.push(step.name);
  return ok;
}

/** Whether there is something to open in a browser: every lane of every stage knows it when it is known. */
interface Builds {
  readonly whole: Promise<boolean>;
  ended(ok: boolean): void;
}

function expectBuilds(all: readonly (readonly Lane[])[]): Builds {
  let left = all.flat(2).filter(({ isBuild }) => isBuild).length;
  const { promise: whole, resolve } = Promise.withResolvers<boolean>();
  return {
    whole,
    ended(ok) {
      left -= 1;
      if (!ok || left === 0) resolve(ok);
    },
  };
}

async function performStage(side: readonly Lane[], builds: Builds, outcome: Outcome): Promise<void> {
  await Promise.all(
    side.map(async (lane) => {
      for (const step of lane) {
        if (step.needsBuilds && !(await builds.whole)) {
          outcome.failures.push(`${step.name} (not run: there is no build)`);
          outcome.total.failed += 1;
          continue;
        }
        const ok = await perform(step, outcome);
        if (step.isBuild) builds.ended(ok);
      }
    }),
  );
}

async function main(): Promise<number> {
  const begun = performance.now();
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const outcome: Outcome = { total: { passed: 0, failed: 0, skipped: 0 }, failures: [], shaky: [] };
  const { total, failures, shaky } = outcome;
  process.env['RELEVO_BROWSER'] = requireChromium();
  const firefox = findFirefox();
  const all = stages(firefox);
  const builds = expectBuilds(all);
  for (const side of all) await performStage(side, builds, outcome);
  if (!firefox) {
    console.log('\nNo Firefox was found, so the Firefox tests did not run. Install Firefox or set RELEVO_FIREFOX.');
    total.skipped += 1;
  }
  console.log(`\nAll of it took ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
  if (failures.length > 0) console.log(`Failed: ${failures.join(', ')}`);
  if (shaky.length > 0) console.log(`Passed only on a second try, which wants mending: ${shaky.join(', ')}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed > 0 || failures.length > 0 ? 1 : 0;
}

process.exitCode = await main();

/**
 * `npm test`: every check and every runner, one after the other, with one closing line summed over all of them. A step
 * that fails does not hide the ones after it, except that nothing runs on a build that failed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFirefox, requireChromium } from './browsers.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** How many tests it ran; a plain check counts as one. */
  readonly tally?: () => Tally;
  /** Later steps make no sense without this one. */
  readonly vital?: boolean;
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

function steps(firefox: string | null): Step[] {
  return [
    { name: 'format', command: [bin('oxfmt'), '--check', '.'] },
    { name: 'lint', command: [bin('oxlint'), '--type-aware', '.'] },
    { name: 'types', command: [bin('tsc'), '--noEmit'] },
    { name: 'unused code', command: [bin('knip')] },
    vitest('unit', 'test/vitest.config.ts'),
    { name: 'builds', command: ['npm', 'run', '--silent', 'build'], vital: true },
    { name: 'builds for end-to-end tests', command: ['npm', 'run', '--silent', 'build:e2e'], vital: true },
    vitest('builds', 'test/builds/vitest.config.ts'),
    playwright('chromium', 'test/e2e/playwright.config.ts', '--project=chromium'),
    ...(firefox ? [playwright('firefox', 'test/e2e/playwright.config.ts', '--project=firefox')] : []),
    ...(live ? [playwright('live', 'test/live/playwright.config.ts')] : []),
  ];
}

function perform(step: Step): { ok: boolean; tally: Tally } {
  const begun = performance.now();
  console.log(`\n— ${step.name}`);
  const [command, ...args] = step.command as [string, ...string[]];
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const ok = status === 0;
  console.log(`${ok ? 'passed' : 'FAILED'}: ${step.name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  if (!step.tally) return { ok, tally: { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 } };
  try {
    const tally = step.tally();
    // A runner that ends badly without naming a failed test has failed all the same.
    return { ok, tally: { ...tally, failed: ok ? tally.failed : Math.max(1, tally.failed) } };
  } catch {
    return { ok: false, tally: { passed: 0, failed: 1, skipped: 0 } };
  }
}

function main(): number {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const total: Tally = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  process.env['RELEVO_BROWSER'] = requireChromium();
  const firefox = findFirefox();
  for (const step of steps(firefox)) {
    const { ok, tally } = perform(step);
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
    if (!ok || tally.failed > 0) failures.push(step.name);
    if (!ok && step.vital) break;
  }
  if (!firefox) {
    console.log('\nNo Firefox was found, so the Firefox tests did not run. Install Firefox or set RELEVO_FIREFOX.');
    total.skipped += 1;
  }
  if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed > 0 || failures.length > 0 ? 1 : 0;
}

process.exitCode = main();

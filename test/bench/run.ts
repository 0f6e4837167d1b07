/**
 * `npm run bench`: calendar, clocks, reading, ledger, worker, a sweep, report, its page and the CRM's pages, one after the other, then every budget in one table.
 * Options go on to the page bench. Ends with 1 where a budget is missed or a bench could not run.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isKept, print, printTable, readVerdicts } from './table.ts';

const benches = ['calendar', 'clock', 'reading', 'ledger', 'worker', 'sweep', 'report', 'report-page', 'page'] as const;

interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Shows what the bench prints as it comes, and keeps it. */
function run(name: (typeof benches)[number]): Promise<Ran> {
  const options = name === 'page' ? process.argv.slice(2) : [];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.bench.ts`), ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      output += text;
      process.stdout.write(text);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const rows: string[][] = [];
let failed = false;
for (const name of benches) {
  print(`\n${name}\n${'═'.repeat(name.length)}`);
  const { code, output } = await run(name);
  failed ||= code !== 0;
  const verdicts = readVerdicts(output);
  for (const verdict of verdicts) {
    failed ||= !isKept(verdict);
    const figure = (value: number): string => `${value} ${verdict.unit}`;
    rows.push([verdict.name, figure(verdict.budget), figure(verdict.measured), isKept(verdict) ? 'ok' : 'MISSED']);
  }
  if (code !== 0 && verdicts.every(isKept)) rows.push([`the ${name} bench`, 'runs', 'stopped with an error', 'MISSED']);
}
print();
printTable('Budgets', ['budget', 'measured', 'ok'], rows);
process.exitCode = failed ? 1 : 0;

/** Text tables, medians and verdicts, in the one form that `run.ts` reads back from every bench. */

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** @throws when there is nothing to take a median of. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error('A median of no rounds.');
  return (low + high) / 2;
}

/** Smallest and largest of the rounds: with so few of them anything finer would pretend. */
export function spread(values: readonly number[], digits = 1): string {
  return `${Math.min(...values).toFixed(digits)} … ${Math.max(...values).toFixed(digits)}`;
}

/** `1.93×`; a dash where there is nothing to compare with. */
export function ratio(value: number, base: number): string {
  return base > 0 ? `${(value / base).toFixed(2)}×` : '–';
}

/** The first column is words, the others are figures. */
export function printTable(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [[title, ...heads], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('   ');
  const [head = [], ...body] = all;
  print(line(head));
  print('─'.repeat(line(head).length));
  for (const row of body) print(line(row).trimEnd());
  print();
}

export interface Verdict {
  readonly name: string;
  readonly measured: number;
  readonly budget: number;
  readonly unit: string;
}

export const isKept = ({ measured, budget }: Verdict): boolean => measured <= budget;

/** One line; the form of `clock.bench.ts`. */
export function verdictLine(verdict: Verdict): string {
  const { name, measured, budget, unit } = verdict;
  const digits = measured < 10 ? 2 : 1;
  return `${name.padEnd(56)} ${measured.toFixed(digits).padStart(8)} ${unit}   budget ${budget} ${unit}   ${isKept(verdict) ? 'ok' : 'MISSED'}`;
}

const judged = /^(?<name>\S.*?)\s+(?<measured>[\d.]+) (?<unit>\S+(?: of a core)?)\s+budget (?<budget>[\d.]+) /;
/** The form of `calendar.bench.ts`: first figure against the goal in brackets. */
const aimed = /^(?<name>\S.*?)\s{2,}(?<measured>[\d.]+) (?<unit>\w+).*\(goal: (?<budget>[\d.]+) \w+/;

/** Finds the verdicts in what a bench has printed. */
export function readVerdicts(output: string): Verdict[] {
  return output.split('\n').flatMap((line) => {
    const found = (judged.exec(line) ?? aimed.exec(line))?.groups;
    if (!found) return [];
    const { name = '', measured, budget, unit = '' } = found;
    return [{ name, measured: Number(measured), budget: Number(budget), unit }];
  });
}

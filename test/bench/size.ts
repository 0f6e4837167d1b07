/** How large what ships is. Budgets are kB of 1,000 bytes, as `ARCHITECTURE.md` counts them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { printTable, type Verdict } from './table.ts';

interface Size {
  readonly raw: number;
  readonly gzip: number;
}

const kilobytes = (bytes: number): number => bytes / 1_000;

/** Together, each packed by itself: that is how they travel. */
function sizeOf(folder: string, files: readonly string[]): Size {
  const contents = files.map((file) => readFileSync(join(folder, file)));
  const sum = (values: readonly number[]): number => kilobytes(values.reduce((all, value) => all + value, 0));
  return {
    raw: sum(contents.map(({ length }) => length)),
    gzip: sum(contents.map((content) => gzipSync(content, { level: 9 }).length)),
  };
}

/** Scripts or style sheets that a page of the extension loads. */
function linked(folder: string, page: string, ending: 'js' | 'css'): string[] {
  const html = readFileSync(join(folder, page), 'utf8');
  return [...html.matchAll(new RegExp(`(?:src|href)="/([^"]+\\.${ending})"`, 'g'))].map(([, file = '']) => file);
}

export function measureSizes(folder: string): Verdict[] {
  const content = sizeOf(folder, ['content-scripts/crm.js']);
  const worker = sizeOf(folder, ['background.js']);
  const popup = sizeOf(folder, linked(folder, 'popup.html', 'js'));
  const styles = sizeOf(folder, linked(folder, 'popup.html', 'css'));
  const row = (name: string, { raw, gzip }: Size, budgets: string): string[] => [
    name,
    raw.toFixed(1),
    gzip.toFixed(1),
    budgets,
  ];
  printTable(
    'What ships, kB',
    ['raw', 'gzip -9', 'budget'],
    [
      row('content script', content, '60 raw, 20 gzipped'),
      row('worker', worker, '250 raw'),
      row('popup, scripts', popup, '–'),
      row('popup, style sheets', styles, '–'),
    ],
  );
  return [
    { name: 'content script, raw', measured: content.raw, budget: 60, unit: 'kB' },
    { name: 'content script, gzipped', measured: content.gzip, budget: 20, unit: 'kB' },
    { name: 'worker, raw', measured: worker.raw, budget: 250, unit: 'kB' },
  ];
}

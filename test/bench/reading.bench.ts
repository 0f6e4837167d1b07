/**
 * What reading a row costs, per adapter, in a real Chromium: each saved list with its rows repeated to a thousand, read over
 * and over. The median of the rounds; the first round, in which the browser still compiles, apart.
 */
import { chromium } from '@playwright/test';
import { listFixtures, type Fixture } from '../contract/fixtures.ts';
import { requireChromium } from '../tools/browsers.ts';
import { pageScript, root } from '../tools/page-script.ts';
import { median, print, printTable, verdictLine, type Verdict } from './table.ts';

const rowsAtLeast = 1_000;
const rounds = 15;
const budgetUs = 40;

const script = await pageScript(`
  import { adapters } from '${root}/lib/crm/registry.ts';
  import { allMatches } from '${root}/lib/crm/read.ts';
  globalThis.measureReading = (id, wanted, rounds) => {
    const adapter = adapters.find((one) => one.id === id);
    const url = new URL(location.href);
    const route = adapter.route(url, document);
    const surface = route && adapter.surfaces[route.kind];
    if (!surface) return null;
    const page = { doc: document, url, route, now: () => Date.UTC(2026, 10, 23, 12) };
    const rows = () => allMatches(document, surface.rows);
    const first = rows();
    if (first.length === 0) return null;
    while (rows().length < wanted) for (const row of first) row.parentElement.append(row.cloneNode(true));
    const all = rows();
    const took = [];
    for (let round = 0; round < rounds; round += 1) {
      const begun = performance.now();
      for (const row of all) surface.read(row, page);
      took.push(((performance.now() - begun) * 1000) / all.length);
    }
    return { rows: all.length, took };
  };
`);

interface Measured {
  readonly rows: number;
  /** µs a row, round by round. */
  readonly took: readonly number[];
}

const lists = Map.groupBy(
  listFixtures().filter(({ kind, expected }) => kind === 'list' && expected.rows.some((row) => 'ref' in row)),
  ({ adapter }) => adapter,
);
const browser = await chromium.launch({
  executablePath: requireChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const rows: string[][] = [];
const verdicts: Verdict[] = [];

async function measure(fixture: Fixture): Promise<Measured | null> {
  const page = await browser.newPage();
  const address = new URL(fixture.expected.url);
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    const isPage = url.origin === address.origin && url.pathname === address.pathname;
    return isPage ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: fixture.html }) : route.abort();
  });
  await page.goto(address.href);
  await page.evaluate(script);
  const measured = await page.evaluate(
    ([id, wanted, times]) =>
      (
        globalThis as unknown as { measureReading: (id: string, wanted: number, rounds: number) => Measured | null }
      ).measureReading(id, wanted, times),
    [fixture.adapter, rowsAtLeast, rounds] as const,
  );
  await page.close();
  return measured;
}

for (const [adapter, fixtures] of lists) {
  const measured = await Promise.all(fixtures.slice(0, 1).map(measure));
  for (const one of measured) {
    if (!one) continue;
    const [cold = 0, ...warm] = one.took;
    const us = median(warm);
    rows.push([adapter, String(one.rows), us.toFixed(1), cold.toFixed(1)]);
    verdicts.push({ name: `reading a row of a list: ${adapter}`, measured: us, budget: budgetUs, unit: 'µs' });
  }
}
await browser.close();
printTable('Reading a list', ['rows', 'µs a row', 'first round'], rows);
for (const verdict of verdicts) print(verdictLine(verdict));

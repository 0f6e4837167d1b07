import { join } from 'node:path';
import { test as plain, chromium, type Page } from '@playwright/test';
import { listFixtures, type Fixture } from '../../contract/fixtures.ts';
import type { Expected } from '../../contract/reading.ts';
import { requireChromium } from '../../tools/browsers.ts';
import { pageScript, root } from '../../tools/page-script.ts';
import { badgeOf, expect, test } from '../support/chromium.ts';

/** Registry and reader as one script that leaves `readFixture` on the page. */
const readerScript = (): Promise<string> =>
  pageScript(`import { recognise } from '${root}/lib/crm/detectors.ts';
               import { covers } from '${root}/lib/crm/match-pattern.ts';
               import { adapters } from '${root}/lib/crm/registry.ts';
               import { placements, putBadges, readPage, readRows } from '${root}/test/contract/reading.ts';
               globalThis.readFixture = () => {
                 const url = new URL(location.href);
                 const beside = adapters.find(({ hosts, selfHosted }) => !selfHosted && hosts.some((one) => covers(one, url)));
                 const id = recognise(document, url, beside?.id ?? null);
                 const adapter = adapters.find((one) => one.id === id);
                 if (!adapter) return null;
                 const reading = readPage(adapter, document, url);
                 const read = readRows(adapter, document, url);
                 const places = read ? placements(read) : [];
                 const before = document.documentElement.outerHTML;
                 const takeAway = putBadges(document, places);
                 const same = JSON.stringify(readPage(adapter, document, url)) === JSON.stringify(reading);
                 takeAway();
                 return { id: adapter.id, reading, homeless: places.filter((place) => !place).length, same,
                   untouched: document.documentElement.outerHTML === before };
               };`);

/** Serves saved pages at their real addresses, with the rest of the network shut. @returns opens one of them. */
async function server(page: Page): Promise<(fixture: Fixture) => Promise<void>> {
  let served: Fixture | null = null;
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    const address = served && new URL(served.expected.url);
    const isPage = address && url.origin === address.origin && url.pathname === address.pathname;
    return isPage
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: served?.html ?? '' })
      : route.abort();
  });
  return async (fixture) => {
    const { href } = new URL(fixture.expected.url);
    served = fixture;
    // A change of the fragment alone loads nothing, so such a page is come to from another one.
    if (page.url().split('#')[0] === href.split('#')[0]) await page.goto('about:blank');
    await page.goto(href);
  };
}

interface FixtureReading {
  readonly id: string;
  readonly reading: Expected;
  readonly homeless: number;
  readonly same: boolean;
  readonly untouched: boolean;
}

plain('every saved page reads in a real browser exactly as written down, and stays as it was', async () => {
  const script = await readerScript();
  const browser = await chromium.launch({
    executablePath: requireChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  plain.setTimeout(180_000);
  const page = await browser.newPage();
  const open = await server(page);
  for (const fixture of listFixtures()) {
    await open(fixture);
    await page.evaluate(script);
    const result = await page.evaluate(() =>
      (globalThis as unknown as { readFixture: () => FixtureReading | null }).readFixture(),
    );
    const name = `${fixture.adapter}/${fixture.name}`;
    expect(result, name).toEqual({
      id: fixture.adapter,
      reading: fixture.expected,
      homeless: 0,
      same: true,
      untouched: true,
    });
  }
  await browser.close();
});

test.describe('EspoCRM at its real address, with the shipped build', () => {
  test.use({
    relevo: { launchOptions: { extension: join(root, '.output/chrome-mv3') }, agreement: null },
  });

  test('the match pattern that ships puts badges on the leads, from one answer of its API', async ({ extension }) => {
    const page = await extension.context.newPage();
    const fixture = listFixtures('espocrm').find(({ name }) => name === '2026-11-23-list-lead-en');
    const ids = fixture?.expected.rows.flatMap((row) => ('ref' in row ? [row.ref.value] : [])) ?? [];
    const created = new Date(Date.now() - 90 * 24 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    const requests: string[] = [];
    await page.route('https://acme.espocloud.com/**', (route) => {
      const url = new URL(route.request().url());
      if (url.pathname === '/')
        return route.fulfill({ contentType: 'text/html; charset=utf-8', body: fixture?.html ?? '' });
      if (/^\/api\/v1\/(Email|Call|Meeting)$/u.test(url.pathname))
        return route.fulfill({ json: { total: 0, list: [] } });
      if (!url.pathname.startsWith('/api/v1/Lead')) return route.abort();
      requests.push(url.search);
      const list = ids.map((id, index) => ({
        id,
        name: `Lead ${id}`,
        status: index === 1 ? 'In Process' : 'New',
        createdAt: created,
        modifiedAt: created,
      }));
      return route.fulfill({ json: { total: list.length, list } });
    });
    await page.goto('https://acme.espocloud.com/#Lead');
    await expect(badgeOf(page, ids[0] ?? '')).toHaveAttribute('data-state', 'overdue');
    await expect(badgeOf(page, ids[1] ?? '')).toHaveAttribute('data-state', 'met');
    expect(requests).toHaveLength(1);
  });
});

/** The report on a generated quarter: its figures, the leads behind them, what it looks like, prints and gives away. */
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { Launched } from '../../tools/launch.ts';
import { expect, test } from '../support/chromium.ts';
import { faults, faultsInForcedColours, picture, sideways } from '../support/eyes.ts';
import { openPopup } from '../support/popup.ts';
import { importLines, quarterAgreement, quarterLines } from '../support/quarter.ts';
import { looks } from '../support/looks.ts';

const count = 360;
const day = 86_400_000;

/** A4 and Letter between the margins of the report, in CSS pixels. */
const sheets = { A4: { width: 687, height: 1001 }, Letter: { width: 710, height: 935 } } as const;

/** What a sheet of this height would cut in two: boxes that must not break and are higher, and figures that may break anywhere. */
const splits = (page: Page, sheet: number): Promise<string[]> =>
  page.evaluate((most) => {
    const cut: string[] = [];
    const name = (element: Element): string => (element.textContent ?? '').slice(0, 40);
    for (const element of document.querySelectorAll('main *')) {
      const isWhole = getComputedStyle(element).breakInside === 'avoid';
      if (isWhole && element.getBoundingClientRect().height > most) cut.push(`too high: ${name(element)}`);
    }
    for (const figure of document.querySelectorAll('main section > section:has(> div h3)')) {
      if (getComputedStyle(figure).breakInside === 'avoid') continue;
      // A figure that is longer than a sheet breaks between its cards or rows.
      for (const part of figure.querySelectorAll('li:not(td *), tr'))
        if (getComputedStyle(part).breakInside !== 'avoid') cut.push(`breaks: ${name(part)}`);
    }
    return cut;
  }, sheet);

const date = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The last days, which hold the quarter. @param isThere it was brought in already. */
async function openReport(extension: Launched, isThere = false): Promise<Page> {
  const now = Date.now();
  if (!isThere) {
    const options = await extension.openExtensionPage('options.html');
    expect(await importLines(options, await quarterLines(count, now))).toBeGreaterThan(count);
    await options.close();
  }
  const report = await extension.openExtensionPage(
    `report.html?period=custom&from=${date(now - 110 * day)}&until=${date(now)}`,
  );
  await expect(
    report
      .getByRole('heading', { name: 'Promises' })
      .or(report.getByRole('heading', { name: 'Compromisos', exact: true })),
  ).toBeVisible();
  return report;
}

for (const [language, colorScheme] of looks)
  test.describe(`in ${language}, ${colorScheme}`, () => {
    test.use({ relevo: { launchOptions: { language, colorScheme }, agreement: quarterAgreement } });
    test.setTimeout(120_000);

    test('both tabs have no fault that axe finds, also in forced colours, and no scroll bar sideways at 200 %', async ({
      extension,
    }) => {
      const report = await openReport(extension);
      expect(await report.locator('html').getAttribute('lang')).toBe(language);
      for (const tab of ['kpi', 'sla'] as const) {
        await report
          .locator('main nav a')
          .nth(tab === 'kpi' ? 0 : 1)
          .click();
        await expect(report.locator('main nav a[aria-current="page"]')).toHaveCount(1);
        // Groups further down come a moment later.
        await expect(report.locator('main [aria-busy="true"]')).toHaveCount(0);
        expect(await faults(report), tab).toEqual([]);
        expect(await faultsInForcedColours(report), tab).toEqual([]);
        await picture(report, test.info().outputPath(`${tab}-${language}-${colorScheme}.png`));
        await report.setViewportSize({ width: 640, height: 430 });
        expect(await sideways(report), tab).toBeLessThanOrEqual(0);
        await report.setViewportSize({ width: 1280, height: 860 });
      }
    });
  });

test.describe('on a generated quarter', () => {
  test.use({ relevo: { launchOptions: {}, agreement: quarterAgreement }, group: 'quarter' });

  test('a number opens as many leads as it says, and Esc gives the focus back to it', async ({ extension, goesOn }) => {
    const report = await openReport(extension, goesOn);
    await report
      .locator('#quality')
      .getByRole('button', { name: /^Verdict: Accepted: \d+, show/ })
      .click();
    const list = report.getByRole('dialog', { name: 'Verdict: Accepted' });
    const words = (await list.getByText(/^\d+ leads$/).textContent()) ?? '';
    const shown = await report
      .locator('#quality')
      .getByRole('button', { name: /^Verdict: Accepted: \d+, show/ })
      .textContent();
    expect(words).toBe(`${shown} leads`);
    const saved = report.waitForEvent('download');
    await list.getByRole('button', { name: 'Raw facts as JSON lines' }).click();
    const text = await readFile(await (await saved).path(), 'utf8');
    const facts = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { lead: string; author: string });
    expect(new Set(facts.map(({ lead }) => lead)).size).toBe(Number(shown));
    // Names are hidden until the settings say otherwise.
    expect(facts.filter(({ author }) => author !== '' && !author.startsWith('crm:'))).toEqual([]);
    await report.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(
      report.locator('#quality').getByRole('button', { name: /^Verdict: Accepted: \d+, show/ }),
    ).toBeFocused();
  });

  test('filters stand in the address, and the Back button takes them away', async ({ extension, goesOn }) => {
    const report = await openReport(extension, goesOn);
    await report.getByRole('combobox', { name: 'Only this: Source' }).selectOption({ label: 'web' });
    await expect(report).toHaveURL(/source=web/);
    await expect(report.getByRole('button', { name: 'Remove filter Source: web' })).toBeVisible();
    await expect(report.locator('#sources tbody tr')).toHaveCount(1);
    await report.reload();
    await expect(report.locator('#sources tbody tr')).toHaveCount(1);
    await report.goBack();
    await expect(report.locator('#sources tbody tr')).toHaveCount(5);
  });

  test('a chart is walked by keyboard and taken along as CSV, SVG and PNG', async ({ extension, goesOn }) => {
    const report = await openReport(extension, goesOn);
    const figure = report.getByRole('region', { name: 'Why leads are rejected' });
    await figure.locator('g[tabindex="0"]').focus();
    await report.keyboard.press('ArrowRight');
    await expect(figure.locator('g[tabindex="0"]')).toBeFocused();
    await report.keyboard.press('Enter');
    await expect(report.getByRole('dialog')).toBeVisible();
    await report.keyboard.press('Escape');
    await figure.getByText('Take along').click();
    for (const form of ['CSV', 'SVG', 'PNG'] as const) {
      const saved = report.waitForEvent('download');
      await figure.getByRole('button', { name: form }).click();
      const file = await saved;
      expect(file.suggestedFilename()).toMatch(
        new RegExp(`^why-leads-are-rejected-[\\d-]{21}\\.${form.toLowerCase()}$`),
      );
      const bytes = await readFile(await file.path());
      if (form === 'CSV') expect(bytes.toString('utf8')).toContain('Reason,Leads,Share');
      // Title above, legend below, and colours that every program knows.
      if (form === 'SVG') {
        const svg = bytes.toString('utf8');
        expect(svg).toMatch(/^<svg[^>]*viewBox="0 -54 800 336"/);
        expect(svg).toMatch(
          />Why leads are rejected<\/text>.*agreement version.*<\/text>.*>Leads<\/text>.*>With the greater ones<\/text>/s,
        );
        expect(svg).not.toMatch(/var\(|color\(|color-mix/);
      }
      if (form === 'PNG') expect([...bytes.subarray(1, 4)]).toEqual([80, 78, 71]);
    }
  });

  test('the heat map is taken along as a picture, as it is shown', async ({ extension, goesOn }) => {
    const report = await openReport(extension, goesOn);
    const figure = report.getByRole('region', { name: 'Weekday and hour of the hand-off' });
    await figure.getByText('Take along').click();
    const pictures: string[] = [];
    for (const shown of ['Hand-offs', 'Accept in time']) {
      await figure.getByRole('button', { name: shown, exact: true }).click();
      const saved = report.waitForEvent('download');
      await figure.getByRole('button', { name: 'SVG' }).click();
      pictures.push(await readFile(await (await saved).path(), 'utf8'));
    }
    for (const svg of pictures) {
      expect(svg.match(/<rect[^>]*data-level="\d"/g)).toHaveLength(168);
      expect(svg).toContain('>Weekday and hour of the hand-off</text>');
      expect(svg).not.toMatch(/var\(|color\(|color-mix/);
    }
    expect(pictures[0]).not.toContain('%</text>');
    expect(pictures[1]).toContain('%</text>');
    const saved = report.waitForEvent('download');
    await figure.getByRole('button', { name: 'PNG' }).click();
    const bytes = await readFile(await (await saved).path());
    expect([...bytes.subarray(1, 4)]).toEqual([80, 78, 71]);
    // Twice as fine as the drawing, with room for the title.
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1600, 566]);
    // Nothing of it stays on the page.
    await expect(figure.locator('svg')).toHaveCount(0);
  });

  test('what a source cost is entered, counted, and still there after a reload', async ({ extension, goesOn }) => {
    const report = await openReport(extension, goesOn);
    const form = report.getByRole('form', { name: 'Enter what a source cost' });
    await form.getByLabel('Source').selectOption('web');
    await form.getByLabel('Amount').fill('-1');
    await form.getByRole('button', { name: 'Keep the amount' }).click();
    await expect(report.getByRole('alert')).toHaveText('Write an amount of 0 or more, in digits.');
    await form.getByLabel('Amount').fill('640.5');
    await form.getByLabel('Currency').selectOption('USD');
    await form.getByRole('button', { name: 'Keep the amount' }).click();
    await expect(report.getByText(/^Kept: web, .* \d{4}, \$640\.50$/)).toBeVisible();
    await report.reload();
    const costs = report.getByRole('region', { name: 'What sources cost' });
    await expect(costs.locator('tbody tr')).toHaveCount(1);
    await expect(costs.locator('tbody tr')).toContainText(/^web\$[\d.]+\d+\$[\d.,]+ \(n = \d+\)$/);
    await expect(form.getByLabel('Currency')).toBeDisabled();
    await report.getByText('Amounts entered: 1').click();
    await report.getByRole('button', { name: /^Remove ?: web/ }).click();
    await expect(costs.locator('tbody tr')).toHaveCount(0);
  });

  test('prints on A4 and Letter, and is what the README shows', async ({ extension, goesOn }) => {
    const report = await openReport(extension, goesOn);
    for (const format of ['A4', 'Letter'] as const) {
      const bytes = await report.pdf({
        format,
        path: test.info().outputPath(`report-${format}.pdf`),
        printBackground: true,
      });
      const pages = bytes.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? [];
      expect(pages.length).toBeGreaterThan(5);
      expect(pages.length).toBeLessThan(13);
    }
    await report.screenshot({ path: process.env['README_PICTURE'] ?? test.info().outputPath('report.png') });
    // Paper is light, whatever the screen is.
    await report.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const { width, height } of Object.values(sheets)) {
      await report.setViewportSize({ width, height });
      expect(await sideways(report)).toBeLessThanOrEqual(0);
      const figures = report.locator('main section > section:has(> div h3)');
      expect(await figures.count()).toBeGreaterThan(15);
      expect(await splits(report, height)).toEqual([]);
    }
    expect(await report.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    await picture(report, test.info().outputPath('print.png'));
  });

  // What is written down stays, so it comes last.
  test('an action is written down, judged, and still there after a reload', async ({ extension, goesOn }) => {
    const report = await openReport(extension, goesOn);
    const form = report.getByRole('form', { name: 'Write down an action or a decision' });
    await form.getByLabel('What was decided').fill('Call partner leads within the hour');
    await form.getByLabel('Who does it').fill('Sales');
    await form.getByRole('button', { name: 'Write down' }).click();
    await report.getByLabel('Did it work').selectOption({ label: 'It worked' });
    await expect(report.getByLabel('Did it work')).toHaveValue('worked');
    await report.reload();
    await expect(report.getByText('Call partner leads within the hour', { exact: true })).toBeVisible();
    await expect(report.getByLabel('Did it work')).toHaveValue('worked');
  });
});

test.describe('on another generated quarter', () => {
  test.use({ relevo: { launchOptions: {}, agreement: quarterAgreement } });

  test('teams add up the leads of their people, and are as private as people are', async ({ extension }) => {
    const report = await openReport(extension);
    await expect(report.locator('#people')).toContainText('Team 1');
    await expect(report.locator('#people')).not.toContainText(/North|South/);
    await report.evaluate(async () => {
      const ask = (type: string, data: unknown) =>
        chrome.runtime.sendMessage({ id: 1, type, data, timestamp: Date.now() });
      const { person } = ((await ask('person', {})) as { res: { person: object } }).res;
      await ask('savePerson', { person: { ...person, names: 'shown' } });
    });
    await report.reload();
    const north = report.locator('#people').getByRole('button', { name: /^North: \d+, show/ });
    const own = (await north.textContent()) ?? '';
    await report.getByRole('combobox', { name: 'Only this: Team' }).selectOption({ label: 'North' });
    await expect(report).toHaveURL(/team=north/);
    await expect(report.locator('#people').getByRole('button', { name: /^Person r1: \d+, show/ })).toHaveText(own);
  });

  test('the popup has a way to the report', async ({ extension, page }) => {
    await page.bringToFront();
    const popup = await openPopup(extension);
    const [report] = await Promise.all([
      extension.context.waitForEvent('page'),
      popup.getByRole('button', { name: 'Report' }).click(),
    ]);
    await expect(report.getByRole('heading', { level: 1, name: 'Report' })).toBeVisible();
  });
});

/** How a screen is looked at: by axe, in forced colours, at 200 %, and as a picture for a person. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

interface View {
  /** A selector; without it, the whole page. */
  readonly within?: string;
  readonly only?: 'colours';
}

/** What axe finds; empty is good. */
export async function faults(page: Page, { within, only }: View = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (within !== undefined) axe.include(within);
  if (only) axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** The same page in forced colours: they change no name, role or order. */
export async function faultsInForcedColours(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: 'active' });
  const found = await faults(page, { only: 'colours' });
  await page.emulateMedia({ forcedColors: 'none' });
  return found;
}

/** By how many pixels a page must be scrolled sideways. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A picture for a person, taken where one asked for all looks: each costs as much as a check. */
export async function picture(page: Page, path: string, fullPage = true): Promise<void> {
  if (process.env['RELEVO_LOOKS'] === 'all') await page.screenshot({ path, fullPage });
}

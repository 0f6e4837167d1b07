/**
 * Working a lead in the built extension: an agreement with both sides' promises that counts at every hour, leads that are
 * handed over within it, and the frames in which people act.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Frame, Page } from '@playwright/test';
import { startDemoCrm, type DemoCrm } from '../../demo-crm/server.ts';
import { officeHours } from '../../demo-crm/working-minutes.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import type { Launched } from '../../tools/launch.ts';
import { badgeOf, expect } from './chromium.ts';

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The demo's agreement, always open, with what marketing owes and few enough attempts for a test. */
export function workAgreement(now: number): Record<string, unknown> {
  const demo = demoAgreement(now);
  const weekly = Object.fromEntries(everyDay.map((day) => [day, [['00:00', '24:00']]]));
  const owed = (id: string, clause: string) => ({
    id,
    owedBy: 'marketing',
    clause,
    rules: [{ target: { workingMinutes: 240, calendar: 'office' } }],
  });
  return {
    ...demo,
    attempts: 2,
    calendars: { ...(demo['calendars'] as object), office: { timeZone: 'local', weekly } },
    commitments: [...(demo['commitments'] as object[]), owed('fix-data', '3.3'), owed('unblock', '3.4')],
  };
}

/** A demo CRM whose leads are dated by the hours of that agreement. */
export const startWorkCrm = (): Promise<DemoCrm> =>
  startDemoCrm({ openHours: { ...officeHours(), days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 24 * 60 } });

/** What the settings say of the person; a name is said here only where the CRM does not show who is signed in. */
export async function become(extension: Launched, side: 'sales' | 'marketing' | null): Promise<void> {
  const worker = await extension.worker();
  const person = { schema: 1, side, follows: [], badge: 'full', reminders: { on: false }, names: 'hidden' };
  await worker.evaluate((item) => chrome.storage.sync.set({ person: item }), person);
}

export const idOf = (crm: DemoCrm, story: string): string => {
  const lead = crm.leads.find((one) => one.story === story);
  if (!lead) throw new Error(`The demo has no lead “${story}”`);
  return lead.record.id;
};

async function frameOn(page: Page, file: string): Promise<Frame> {
  const find = () => page.frames().find((frame) => frame.url().includes(`/${file}.html`));
  await expect.poll(() => find() !== undefined).toBe(true);
  return find() as Frame;
}

export const bulkOn = (page: Page): Promise<Frame> => frameOn(page, 'bulk');

/** Opens a lead's panel from its badge with Enter. */
export async function enterPanel(page: Page, recordId: string): Promise<Frame> {
  await expect(page.locator('relevo-panel')).toHaveCount(0);
  // Only the tab in front has a focus that a frame of another origin can get.
  await page.bringToFront();
  await badgeOf(page, recordId).locator('button').focus();
  await page.keyboard.press('Enter');
  const panel = await frameOn(page, 'panel');
  await expect(panel.getByRole('dialog')).toBeFocused();
  return panel;
}

/** The same, and waits until it shows the lead. */
export async function openPanel(page: Page, recordId: string): Promise<Frame> {
  const panel = await enterPanel(page, recordId);
  await expect(panel.locator('h1')).toBeVisible();
  return panel;
}

/** Leaves the panel as a person at the keyboard does; the focus goes back to where it came from. */
export async function leavePanel(page: Page, recordId: string): Promise<void> {
  // The frame may be gone before it has answered the key; then nothing answers.
  void page.keyboard.press('Escape').catch(() => {});
  await expect(page.locator('relevo-panel')).toHaveCount(0);
  await expect(badgeOf(page, recordId).locator('button')).toBeFocused();
}

/**
 * What axe finds in a page of ours inside a page of the CRM, whose closed root axe can't look into from outside.
 * @param shape a strip of a few buttons has no heading of its own: it belongs to the page around it.
 */
export async function faultsIn(frame: Frame, shape: 'page' | 'strip' = 'page'): Promise<string[]> {
  const only = { frames: () => [frame], evaluate: frame.evaluate.bind(frame) } as unknown as Page;
  const axe = new AxeBuilder({ page: only }).setLegacyMode(true);
  const { violations } = await (shape === 'strip' ? axe.disableRules('page-has-heading-one') : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

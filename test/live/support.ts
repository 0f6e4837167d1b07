/**
 * A running Tryton with leads, its own web client in Chromium with the extension beside it, and what a person does there. For
 * the live tests.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { requireChromium } from '../tools/browsers.ts';
import { chromiumBuild, launch, type Launched } from '../tools/launch.ts';
import { createExpectation, type Promised } from './expectation.ts';
import { loadLeads, type LoadedCrm, type LoadedLead, type Person, type PlannedLead } from './tryton-leads.ts';
import { startTryton, type Tryton } from './tryton-server.ts';

const minuteMs = 60_000;
/** Tests take a while, so no lead may change its state during them. */
const calmMs = 15 * minuteMs;
/** A zone in which it is the middle of the working day now: otherwise every clock would stand still. */
export const zone = zoneWithNoon(new Date());
export const promised = createExpectation(zone);

export interface Crm extends LoadedCrm {
  readonly tryton: Tryton;
}
interface WorkerFixtures {
  readonly crm: Crm;
  /** A copy of the build, which somebody may renew while these tests run. */
  readonly build: string;
}

export const test = base.extend<{ extension: Launched }, WorkerFixtures>({
  crm: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const tryton = await startTryton({ languages: ['es'] });
      try {
        await use({ tryton, ...(await loadLeads(tryton, planLeads(Date.now()), { chloe: 'es' })) });
      } finally {
        await tryton.close();
      }
    },
    { scope: 'worker', timeout: 900_000 },
  ],
  build: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'relevo-build-'));
      await cp(chromiumBuild, folder, { recursive: true });
      await use(folder);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  extension: async ({ build }, use) => {
    const viewport = { width: 1600, height: 900 };
    const executablePath = requireChromium();
    const launched = await launch({ executablePath, extension: build, timeZone: zone, viewport });
    await use(launched);
    await launched.context.close();
  },
});

export const tab = '#tabcontent .tab-pane[id^="tab-"].active';
export const rowsOf = (page: Page): Locator => page.locator(`${tab} .treeview tbody tr:not(.more-row)`);
export const rowOf = (page: Page, lead: LoadedLead): Locator =>
  rowsOf(page).filter({ has: page.locator(`.column-char[title="${lead.number}"]`) });
export const recordBadge = (page: Page): Locator => page.locator(`${tab} .toolbar relevo-badge`);

/** Signs in and opens Sales → Leads and Opportunities, as a person does. */
export async function openLeads(crm: Crm, extension: Launched, login = crm.tryton.login): Promise<Page> {
  const person = crm.people.find((one) => one.login === login) as Person;
  const page = extension.context.pages()[0] ?? (await extension.context.newPage());
  await page.goto(`${crm.tryton.origin}/#${crm.tryton.database}`);
  await page.locator('#login').fill(login);
  // Enabled once the databases are known.
  await page.locator('.modal button[type="submit"]').first().click();
  await page.locator('.modal input[type="password"]').fill(person.password);
  await page.keyboard.press('Enter');
  await page
    .locator('#menu .column-char')
    .getByText(/^(Sales|Ventas)$/u)
    .first()
    .click();
  await page
    .locator('#menu .column-char')
    .getByText(/oport|opport/iu)
    .first()
    .dblclick();
  await expect(rowsOf(page).nth(5)).toBeVisible();
  return page;
}

/** sao shows more rows when its list is scrolled. */
export async function loadAll(page: Page, count: number): Promise<void> {
  await rowsOf(page).first().hover();
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 2_000);
      return rowsOf(page).count();
    })
    .toBeGreaterThanOrEqual(count);
}

/** Leads of the shown rows that have a number, in their order. */
export async function shownLeads(page: Page, crm: Crm): Promise<LoadedLead[]> {
  const numbers = await rowsOf(page)
    .locator('td:nth-child(2) .column-char')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('title')));
  return numbers.map((number) => {
    const lead = crm.leads.find((one) => one.number === number);
    if (!lead) throw new Error(`No lead ${number}`);
    return lead;
  });
}

interface Said {
  readonly lead: string | null;
  readonly state: string | null;
  readonly due: string | null;
}
const expectedOf = (crm: Crm, lead: LoadedLead): Said => {
  const { state, dueAt }: Promised = promised(lead.createdAt, Date.now());
  return {
    lead: `tryton|${crm.tryton.origin}|sale.opportunity|${lead.id}`,
    state,
    due: new Date(dueAt).toISOString(),
  };
};

/** Every shown row has one badge, and it says what was promised. */
export async function expectBadges(page: Page, crm: Crm): Promise<void> {
  await expect
    .poll(async () => {
      const leads = await shownLeads(page, crm);
      const said = await rowsOf(page).evaluateAll((rows) =>
        rows.map((row) =>
          [...row.querySelectorAll('relevo-badge')].map((badge) => ({
            lead: badge.getAttribute('data-lead'),
            state: badge.getAttribute('data-state'),
            due: badge.getAttribute('data-due'),
          })),
        ),
      );
      return leads.flatMap((lead, index) => {
        const expected = [expectedOf(crm, lead)];
        return JSON.stringify(said[index]) === JSON.stringify(expected) ? [] : [{ expected, said: said[index] }];
      });
    })
    .toEqual([]);
}

export async function expectRecord(page: Page, crm: Crm, lead: LoadedLead): Promise<void> {
  await expect(page.locator(`${tab} input[name="number"]`)).toHaveValue(lead.number);
  const expected = expectedOf(crm, lead);
  await expect(recordBadge(page)).toHaveAttribute('data-lead', expected.lead ?? '');
  await expect(recordBadge(page)).toHaveAttribute('data-state', expected.state ?? '');
  await expect(recordBadge(page)).toHaveAttribute('data-due', expected.due ?? '');
  await expect(page.locator('relevo-badge')).toHaveCount(1);
}

/** Sixty leads from now back over six days, with equal descriptions, without owner, and in each state of a clock. */
function planLeads(now: number): PlannedLead[] {
  const states = ['lead', 'lead', 'opportunity', 'lead', 'converted', 'lead', 'lead', 'lost'] as const;
  return Array.from({ length: 60 }, (_, index) => {
    let createdAt = now - (2 + index * 3 + Math.floor(3 * (index / 8) ** 4)) * minuteMs - index * 1_234;
    const isCalm = (): boolean => promised(createdAt, now).changes.every((at) => at < now || at > now + calmMs);
    while (!isCalm()) createdAt -= minuteMs;
    return {
      description: index % 7 === 3 ? 'Website' : `Lead from page ${index + 1}`,
      party: `Made-up Company ${(index % 23) + 1}`,
      owner: states[index % 8] === 'lead' && index % 4 === 3 ? null : index % 3,
      state: states[index % 8] ?? 'lead',
      createdAt,
    };
  });
}

/** `Etc/GMT-5` is five hours ahead of UTC. */
function zoneWithNoon(now: Date): string {
  const ahead = 13 - now.getUTCHours();
  const hours = ahead < -11 ? ahead + 24 : ahead;
  return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}

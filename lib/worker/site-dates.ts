/** Which sites show creation dates that can't be placed, and what the person said of their times. */
import { catalogue } from '../crm/catalogue';
import { exactPrecision } from '../lead/evidence';
import type { Observation } from '../lead/lead';
import type { PageHealth } from '../messages/page-health';
import type { SiteDatesSet } from '../messages/site-dates';
import { noteDatedSite, readSiteDates, saveSiteDates } from '../settings/site-dates';
import { createQueue } from './queue';
import { setDatesOnPages } from './tabs';

const alone = createQueue();
/** Origins that need no second look until the worker starts again. */
const noted = new Set<string>();

/** A page shows when a lead was created, and nobody can tell the instant. */
const isVague = ({ source, fields: { createdAt }, missing }: Observation): boolean =>
  source === 'page' && (createdAt ? createdAt.precision > exactPrecision : missing.includes('createdAt'));

export async function noteVagueDates(observations: readonly Observation[], origin: string): Promise<void> {
  const vague = noted.has(origin) ? undefined : observations.find(isVague);
  if (!vague || vague.id.origin !== origin) return;
  noted.add(origin);
  await alone(() => noteDatedSite(origin, vague.id.crm));
}

/** Keeps it, and has open pages of the site read theirs again. */
export async function setSiteDates(set: SiteDatesSet): Promise<{ ok: boolean }> {
  const ok = await alone(() => saveSiteDates(set));
  if (ok) await setDatesOnPages(set);
  return { ok };
}

/** Whether leads of this site have no clock until the person sets its zone: no API of the CRM tells when they began. */
export async function isZoneWanted(origin: string, health: PageHealth | null): Promise<boolean> {
  const site = (await readSiteDates()).find((one) => one.origin === origin);
  if (!site || site.dates.timeZone !== undefined) return false;
  const hasApi = catalogue.some(({ id, api }) => id === site.crm && api);
  return !hasApi || (health?.problems ?? []).some(({ code }) => code.startsWith('api-'));
}

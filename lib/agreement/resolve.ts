/** Turns an agreement as written into one that clocks can run on. Pure. */
import { localZone } from './parts';
import type { Agreement } from './schema';

/**
 * Replaces the zone `local` of each calendar by the zone of the browser that reads the agreement.
 * @param zone IANA time zone.
 */
export function resolveAgreement(agreement: Agreement, zone: string): Agreement {
  const calendars = Object.fromEntries(
    Object.entries(agreement.calendars).map(([id, spec]) => [
      id,
      spec.timeZone === localZone ? { ...spec, timeZone: zone } : spec,
    ]),
  );
  return { ...agreement, calendars };
}

/**
 * The agreement in force in this browser: browser policy > storage.sync > built-in. Reading never writes to where an
 * agreement came from; an unreadable one is kept aside and the next one down is used, and said.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { defaultAgreement } from '../agreement/default';
import { resolveAgreement } from '../agreement/resolve';
import { agreementSchema, agreementSchemaVersion, type Agreement } from '../agreement/schema';
import type { AgreementSource, Problem } from '../messages/contract';
import { describe, keepAside } from './stored';

/** Key in `storage.managed` and `storage.sync`. */
export const agreementKey = 'agreement';

export interface EffectiveAgreement {
  /** With the zone `local` replaced. */
  readonly agreement: Agreement;
  readonly source: AgreementSource;
  readonly problems: readonly Problem[];
}

export type AgreementReading =
  | { readonly ok: true; readonly agreement: Agreement }
  | { readonly ok: false; readonly code: 'agreement-unreadable' | 'agreement-newer'; readonly detail: string };

/** The largest agreement that we look at, in characters of JSON. */
const largest = 5_000_000;

const versioned = z.looseObject({ schema: z.number() });

/** Parses an agreement from storage, a policy or a file: an object, or its JSON. */
export function parseAgreement(raw: unknown): AgreementReading {
  let value = raw;
  if (typeof raw === 'string') {
    if (raw.length > largest) return { ok: false, code: 'agreement-unreadable', detail: 'more than 5 MB of JSON' };
    try {
      value = JSON.parse(raw);
    } catch {
      return { ok: false, code: 'agreement-unreadable', detail: 'not JSON' };
    }
  }
  const head = versioned.safeParse(value);
  if (head.success && head.data.schema > agreementSchemaVersion)
    return { ok: false, code: 'agreement-newer', detail: `schema ${head.data.schema}` };
  const parsed = agreementSchema.safeParse(value);
  return parsed.success
    ? { ok: true, agreement: parsed.data }
    : { ok: false, code: 'agreement-unreadable', detail: describe(parsed.error) };
}

async function rawFrom(area: 'managed' | 'sync'): Promise<unknown> {
  try {
    return (await browser.storage[area].get(agreementKey))[agreementKey];
  } catch {
    // Firefox throws where no policy is set at all; either way there is no agreement here.
    return undefined;
  }
}

/**
 * Reads the effective agreement.
 * @param zone the browser's IANA zone; stands in for `local`.
 * @param now epoch ms, dates the problems.
 */
export async function readEffectiveAgreement(zone: string, now: number): Promise<EffectiveAgreement> {
  const problems: Problem[] = [];
  for (const [area, source] of [
    ['managed', 'policy'],
    ['sync', 'sync'],
  ] as const) {
    const raw = await rawFrom(area);
    if (raw === undefined || raw === null) continue;
    const reading = parseAgreement(raw);
    if (reading.ok) return { agreement: resolveAgreement(reading.agreement, zone), source, problems };
    problems.push({ code: reading.code, since: now, detail: `${source}: ${reading.detail}` });
    if (area === 'sync' && reading.code === 'agreement-unreadable') await keepAside('sync', agreementKey, raw);
  }
  return { agreement: resolveAgreement(defaultAgreement, zone), source: 'built-in', problems };
}

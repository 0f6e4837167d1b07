/**
 * The ledger as a file: JSON Lines. The first line says what this is; then one lead or one fact a line, in any order. Each line
 * is checked by itself: nothing in a file is believed, not even the id of a fact.
 */
import { z } from 'zod';
import type { Fact } from '../lead/facts';
import { leadKey, parseLeadKey, type Lead } from '../lead/lead';
import { identify } from './fact-id';
import { factSchema } from './fact-schema';
import { leadSchema } from './lead-schema';

export const fileFormat = 'relevo-ledger';
export const fileVersion = 1;

/** `wrong-id`: the content is not what the fact was written with. `unknown-kind`: neither a lead nor a fact. */
export type LineFault = 'too-long' | 'not-utf8' | 'not-json' | 'unknown-kind' | 'invalid' | 'wrong-id';

export type Entry =
  | { readonly kind: 'lead'; readonly lead: Lead }
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'bad'; readonly fault: LineFault; readonly path?: string };

const headerSchema = z.object({ format: z.literal(fileFormat), version: z.number().int().min(1) });

export type Header =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not-a-ledger' }
  | { readonly ok: false; readonly reason: 'newer-format'; readonly version: number };

/** @param exportedAt epoch ms */
export function headerLine(exportedAt: number): string {
  return JSON.stringify({ format: fileFormat, version: fileVersion, exportedAt });
}

export const leadLine = (lead: Lead): string => JSON.stringify({ lead });
export const factLine = (fact: Fact): string => JSON.stringify({ fact });

/** A newer format is refused as a whole: its lines may mean something else. */
export function readHeader(text: string): Header {
  const header = headerSchema.safeParse(parseJson(text));
  if (!header.success) return { ok: false, reason: 'not-a-ledger' };
  const { version } = header.data;
  return version > fileVersion ? { ok: false, reason: 'newer-format', version } : { ok: true };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const bad = (fault: LineFault, path?: string): Entry => ({
  kind: 'bad',
  fault,
  ...(path === undefined ? {} : { path }),
});

/** Where it is wrong, without what stands there: the list of faults may be shown and copied. */
const pathOf = (error: z.ZodError, within: string): string =>
  [within, ...(error.issues[0]?.path ?? [])].map(String).join('.').slice(0, 120);

export async function readEntry(text: string): Promise<Entry> {
  const value = parseJson(text);
  if (value === undefined) return bad('not-json');
  if (typeof value !== 'object' || value === null) return bad('unknown-kind');
  if (Object.hasOwn(value, 'lead')) return readLead((value as { lead: unknown }).lead);
  if (Object.hasOwn(value, 'fact')) return readFact((value as { fact: unknown }).fact);
  return bad('unknown-kind');
}

function readLead(value: unknown): Entry {
  const parsed = leadSchema.safeParse(value);
  if (!parsed.success) return bad('invalid', pathOf(parsed.error, 'lead'));
  const lead = parsed.data;
  if (lead.key !== leadKey(lead.id)) return bad('invalid', 'lead.key');
  if (lead.url !== undefined && !isOwnAddress(lead.url, lead.id.origin)) return bad('invalid', 'lead.url');
  return { kind: 'lead', lead };
}

/** A lead's address opens in a tab: a file must not be able to put another site's, or a script, in its place. */
function isOwnAddress(url: string, origin: string): boolean {
  try {
    return new URL(url).origin === origin;
  } catch {
    return false;
  }
}

async function readFact(value: unknown): Promise<Entry> {
  const parsed = factSchema.safeParse(value);
  if (!parsed.success) return bad('invalid', pathOf(parsed.error, 'fact'));
  const fact = parsed.data;
  if (parseLeadKey(fact.lead) === null) return bad('invalid', 'fact.lead');
  const { id, ...draft } = fact;
  return (await identify(draft)).id === id ? { kind: 'fact', fact } : bad('wrong-id');
}

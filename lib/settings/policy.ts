/**
 * What an organisation has set by browser policy (`storage.managed`). Read-only and untrusted like everything else: each
 * setting is parsed by itself, so that one mistake does not take the others along, and what nothing understands is ignored
 * and named by its path. The agreement in it is read elsewhere (`agreement.ts`), the repairs in `repairs.ts`.
 */
import { z } from 'zod';
import { isSitePattern } from '../crm/match-pattern';
import { readSharedAddress } from '../agreement/shared-address';
import type { Address } from './agreement-address';
import { managedNow, managedSoon } from './managed';
import { personSchema, type PersonSettings } from './person-schema';

/** Names of the settings; `public/managed-schema.json` describes them to Chromium, and a test compares. */
export const policyKeys = [
  'agreement',
  'agreementUrl',
  'agreementSha256',
  'teamUrl',
  'origins',
  'locked',
  'person',
  'repairs',
] as const;

/** Settings that an organisation may lock: a person's, and the agreement's draft. */
export const lockable = ['side', 'name', 'follows', 'badge', 'reminders', 'names', 'language', 'agreement'] as const;
export type Lockable = (typeof lockable)[number];

export interface Policy {
  /** As it was set; not parsed. */
  readonly agreement?: unknown;
  readonly address?: Address;
  /** Where the team keeps its agreement. */
  readonly team?: string;
  /** Match patterns of the CRMs that are used. */
  readonly origins: readonly string[];
  readonly locked: readonly Lockable[];
  /** Used where a person has said nothing, or where it is locked. */
  readonly person: Partial<PersonSettings>;
  /** Paths that nothing understands. */
  readonly ignored: readonly string[];
}

export const noPolicy: Policy = { origins: [], locked: [], person: {}, ignored: [] };

/** Paths that are named at most; a policy of something else has hundreds. */
const mostPaths = 50;

const address = z.url({ protocol: /^https$/ }).max(2_000);
const sha256 = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{64}$/));
const pattern = z.string().refine(isSitePattern);
const name = z.enum(lockable);

const personParts = personSchema.omit({ schema: true }).shape;

type Raw = Readonly<Record<string, unknown>>;

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

/** On Windows a policy may come as the text of its JSON. */
function opened(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > 100_000) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Keeps what parses; names the rest by its place. */
function each<T>(raw: unknown, at: string, schema: z.ZodType<T>, ignored: string[]): T[] {
  const list = opened(raw);
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    ignored.push(at);
    return [];
  }
  return (list as readonly unknown[]).slice(0, 200).flatMap((item, index) => {
    const parsed = schema.safeParse(item);
    if (parsed.success) return [parsed.data];
    ignored.push(`${at}[${index}]`);
    return [];
  });
}

function addressOf(raw: Raw, ignored: string[]): Address | undefined {
  const checksum = raw['agreementSha256'] === undefined ? undefined : sha256.safeParse(raw['agreementSha256']);
  // Without its checksum the address would say less than was set: it is not used.
  if (checksum?.success === false) ignored.push('agreementSha256');
  if (raw['agreementUrl'] === undefined) return undefined;
  const url = address.safeParse(raw['agreementUrl']);
  if (!url.success) ignored.push('agreementUrl');
  if (!url.success || checksum?.success === false) return undefined;
  return checksum ? { url: url.data, sha256: checksum.data } : { url: url.data };
}

function teamOf(raw: Raw, ignored: string[]): string | undefined {
  const { teamUrl } = raw;
  if (teamUrl === undefined || teamUrl === '') return undefined;
  const named = typeof teamUrl === 'string' ? readSharedAddress(teamUrl) : null;
  if (named?.ok) return named.url;
  ignored.push('teamUrl');
  return undefined;
}

function personOf(value: unknown, ignored: string[]): Partial<PersonSettings> {
  const raw = opened(value);
  if (raw === undefined) return {};
  if (!isRaw(raw)) {
    ignored.push('person');
    return {};
  }
  const kept: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(raw)) {
    const schema = Object.hasOwn(personParts, key) ? personParts[key as keyof typeof personParts] : undefined;
    const parsed = schema?.safeParse(item);
    if (parsed?.success) kept[key] = parsed.data;
    else ignored.push(`person.${key.slice(0, 80)}`);
  }
  return kept;
}

export function parsePolicy(value: unknown): Policy {
  if (!isRaw(value)) return noPolicy;
  const ignored: string[] = [];
  for (const key of Object.keys(value))
    if (!(policyKeys as readonly string[]).includes(key)) ignored.push(key.slice(0, 80));
  const { agreement } = value;
  const from = addressOf(value, ignored);
  const team = teamOf(value, ignored);
  const policy = {
    ...(agreement === undefined || agreement === null || agreement === '' ? {} : { agreement }),
    ...(from === undefined ? {} : { address: from }),
    ...(team === undefined ? {} : { team }),
    origins: [...new Set(each(value['origins'], 'origins', pattern, ignored))],
    locked: [...new Set(each(value['locked'], 'locked', name, ignored))],
    person: personOf(value['person'], ignored),
  };
  return { ...policy, ignored: ignored.slice(0, mostPaths) };
}

/** As it was last time, where the browser was started a moment ago and does not say yet. */
export const readPolicy = async (): Promise<Policy> => parsePolicy(await managedSoon());

/** As it is now, for whoever may only do something if it is not locked. */
export const readPolicyNow = async (): Promise<Policy> => parsePolicy(await managedNow());

/**
 * The person's own settings: which side they are on, whom they follow, how loud the extension may be. One item in
 * `storage.sync`. Only the worker writes; what can't be read is kept aside and the defaults hold, and a newer version's item
 * is not written over.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import type { Lead } from '../lead/lead';
import { personSchema, plainName, storedPersonSchema, type PersonSettings } from './person-schema';
import { readPolicy, readPolicyNow, type Policy } from './policy';
import { readStored } from './stored';

export { personSchema, type PersonSettings } from './person-schema';

/** Key in `storage.sync`. */
export const personKey = 'person';

export const defaultPerson: PersonSettings = {
  schema: 2,
  language: 'browser',
  side: null,
  follows: [],
  badge: 'full',
  reminders: { on: false },
  names: 'hidden',
};

export interface PersonReading {
  readonly person: PersonSettings;
  /** `false`: what is stored can't be read, or is a newer version's. */
  readonly readable: boolean;
  /** Settings that the organisation has set and a person can't change. */
  readonly locked?: readonly string[];
  /** Settings whose value is the organisation's. */
  readonly byPolicy?: readonly string[];
}

export async function readPerson(): Promise<PersonReading> {
  const [stored, policy] = await Promise.all([readStored('sync', personKey, storedPersonSchema), readPolicy()]);
  const said = stored.kind === 'value' ? stored.value : undefined;
  return { ...withPolicy(said, policy), readable: stored.kind !== 'unreadable' };
}

/** What is locked is the organisation's; the rest is the person's, and the organisation's where they have said nothing. */
export function withPolicy(
  said: PersonSettings | undefined,
  { person: set, locked }: Pick<Policy, 'person' | 'locked'>,
): Pick<PersonReading, 'person' | 'locked' | 'byPolicy'> {
  const names = Object.keys(set) as (keyof PersonSettings)[];
  const byPolicy = said ? names.filter((name) => (locked as readonly string[]).includes(name)) : names;
  const governed = Object.fromEntries(byPolicy.map((name) => [name, set[name]]));
  return {
    person: { ...defaultPerson, ...said, ...governed },
    ...(locked.length > 0 ? { locked } : {}),
    ...(byPolicy.length > 0 ? { byPolicy } : {}),
  };
}

const newer = z.looseObject({ schema: z.number().int().min(3) });

/** @returns `false` where the storage refused, or holds a newer version's settings. */
export async function writePerson(person: PersonSettings): Promise<boolean> {
  try {
    const before = (await browser.storage.sync.get(personKey))[personKey];
    if (newer.safeParse(before).success) return false;
    const { locked } = await readPolicyNow();
    const held: PersonSettings = storedPersonSchema.safeParse(before).data ?? defaultPerson;
    const { name: written, ...rest } = personSchema.parse(withLocked(person, held, locked));
    await browser.storage.sync.set({ [personKey]: written ? { ...rest, name: written } : rest });
    return true;
  } catch {
    return false;
  }
}

/** What is locked stays as the person had it, for when the lock is gone. */
function withLocked(person: PersonSettings, held: PersonSettings, locked: Policy['locked']): Record<string, unknown> {
  const kept: Record<string, unknown> = { ...person };
  for (const setting of locked) {
    if (setting === 'agreement') continue;
    if (held[setting] === undefined) delete kept[setting];
    else kept[setting] = held[setting];
  }
  return kept;
}

/** Who is signed in, by origin of the CRM. */
type Viewers = Readonly<Record<string, { readonly id?: string; readonly name?: string }>>;

/** The name that this person's facts on a lead carry; `null` where nobody knows it. */
export function authorOn(lead: Pick<Lead, 'id'>, viewers: Viewers, person: PersonSettings): string | null {
  const viewer = Object.hasOwn(viewers, lead.id.origin) ? viewers[lead.id.origin] : undefined;
  return plainName(viewer?.name ?? viewer?.id ?? '') || person.name || null;
}

/**
 * Reading what browser storage holds. It is untrusted: parsed at once; what cannot be parsed is copied aside (never
 * overwritten, never lost) and the caller is told, so that the person is.
 */
import { browser } from 'wxt/browser';
import type { z } from 'zod';

export type AreaName = 'local' | 'sync' | 'session';

export type Stored<T> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'unreadable'; readonly detail: string };

/** Where unreadable values are kept: `aside:<area>:<key>`, the newest only. */
export const asidePrefix = 'aside:';

/** A short, data-free description of what is wrong: paths and messages of the first issues. */
export function describe(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`)
    .join('; ');
}

/** Reads and parses one key. A storage area that does not answer counts as unreadable. */
export async function readStored<T>(area: AreaName, key: string, schema: z.ZodType<T>): Promise<Stored<T>> {
  let raw: unknown;
  try {
    raw = (await browser.storage[area].get(key))[key];
  } catch (error) {
    return { kind: 'unreadable', detail: error instanceof Error ? error.message : 'storage does not answer' };
  }
  if (raw === undefined) return { kind: 'absent' };
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { kind: 'value', value: parsed.data };
  await keepAside(area, key, raw);
  return { kind: 'unreadable', detail: describe(parsed.error) };
}

/** Copies a value that we could not read to where nothing overwrites it but a newer unreadable one. */
export async function keepAside(area: AreaName, key: string, raw: unknown): Promise<void> {
  try {
    await browser.storage.local.set({ [`${asidePrefix}${area}:${key}`]: raw });
  } catch {
    // Full storage: the original is still where it was, because we do not write there.
  }
}

/** The id of a fact is a hash of what it states, so that the same statement, seen twice or by two people, is one fact. */
import type { FactDraft } from '../lead/evidence';
import type { Fact } from '../lead/facts';

/** Own keys in a fixed order; nested values of a fact are all scalars. */
function canonical(draft: FactDraft): string {
  const entries = Object.entries(draft).filter(([name, value]) => value !== undefined && name !== 'recordedAt');
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries);
}

/** The draft with its id: the first 128 bits of the SHA-256 of its content, in hex. */
export async function identify(draft: FactDraft): Promise<Fact> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(draft))));
  const id = Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { ...draft, id };
}

/** What a lead can be recognised by in another record: the keys that the ledger indexes as `dupes`. Pure. */
import type { LeadFields } from './lead';
import { mailKey, nameKey } from './normalise';
import type { DuplicateBy } from './quality-rules';

const prefixes: Readonly<Record<DuplicateBy, string>> = { email: 'm:', phone: 'p:', 'name-company': 'n:' };

/** Keys by what they are about, which also stands in front of each: `m:` mail, `p:` phone, `n:` name and company. */
export type DupeKeys = ReadonlyMap<DuplicateBy, string>;

/**
 * Keys of these kinds that a lead has.
 * @param phone reads a phone number as its key; where the numbering plans are not at hand, one that answers `null`.
 */
export function dupesOf(
  fields: LeadFields,
  by: ReadonlySet<DuplicateBy>,
  phone: (text: string) => string | null,
): DupeKeys {
  const keys: Readonly<Record<DuplicateBy, () => string | null>> = {
    email: () => (fields.email === undefined ? null : mailKey(fields.email)),
    phone: () => (fields.phone === undefined ? null : phone(fields.phone)),
    'name-company': () =>
      fields.name === undefined || fields.company === undefined ? null : nameKey(fields.name, fields.company),
  };
  const found = new Map<DuplicateBy, string>();
  for (const kind of by) {
    const key = keys[kind]();
    if (key !== null) found.set(kind, prefixes[kind] + key);
  }
  return found;
}

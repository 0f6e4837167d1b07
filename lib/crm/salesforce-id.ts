/**
 * Salesforce's record ids. The same record has a case-sensitive id of 15 characters and one of 18 that ends in a checksum
 * of the case; pages use both. A lead must have one key, so both become the long one.
 */

/** A checksum letter stands for five characters: one bit for each capital among them, lowest first. */
const checksums = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

function checksumOf(five: string): string {
  let bits = 0;
  for (let index = 0; index < five.length; index += 1) if (/[A-Z]/u.test(five.charAt(index))) bits |= 1 << index;
  return checksums.charAt(bits);
}

/** The id of 18 characters; `undefined` for what is no id, or has a checksum that is not its own. */
export function longId(value: string | null | undefined): string | undefined {
  const [, short, suffix] = /^([\dA-Za-z]{15})([\dA-Za-z]{3})?$/u.exec(value ?? '') ?? [];
  if (short === undefined) return undefined;
  const checksum = checksumOf(short.slice(0, 5)) + checksumOf(short.slice(5, 10)) + checksumOf(short.slice(10));
  return suffix === undefined || suffix === checksum ? short + checksum : undefined;
}

/** Longer addresses are none of Salesforce's; UTF-16 units. */
const longestAddress = 300;

/** The id in an address of a record: `/lightning/r/Lead/<id>/view`, with or without the object. */
export function linkedId(link: Element | null | undefined): string | undefined {
  const href = link?.getAttribute('href')?.slice(0, longestAddress) ?? '';
  return longId(/\/lightning\/r\/(?:[A-Za-z]\w*\/)?([\dA-Za-z]{15,18})(?:\/|$)/u.exec(href)?.[1]);
}

/**
 * Reading phone numbers by the world's numbering plans. The plans are data that the caller brings (150 kB, loaded only where
 * a rule asks for phones); this module holds the way to read them. Pure and total.
 */
import {
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
  type MetadataJson,
  type PhoneNumber,
} from 'libphonenumber-js/core';

/** `metadata.max` of libphonenumber-js: only its plans know more of a number than how long it may be. */
export type PhonePlans = MetadataJson;

export type PhoneReading =
  /** `key`: E.164, with `;ext=` where there is an extension, because a switchboard is many people. */
  | { readonly kind: 'valid'; readonly key: string; readonly country?: string }
  | { readonly kind: 'invalid'; readonly country?: string }
  /** Written without a country's code, and nobody said which country is meant: nothing can be said about it. */
  | { readonly kind: 'unknown' };

/** `00` in front of a country's code; most of the world dials so, and CRMs hold both ways of writing. */
const dialledOut = /^[\s(]*00(?=[1-9])/;

/**
 * Reads the first number in a text.
 * @param country ISO 3166-1 alpha-2, for numbers that are written without a country's code.
 */
export function readPhone(text: string, country: string | undefined, plans: PhonePlans): PhoneReading {
  const home = supported(country, plans);
  const written = home === undefined ? text.replace(dialledOut, '+') : text;
  const number = parse(written, home, plans);
  const where = number?.country ?? home;
  const place = where === undefined ? {} : { country: where };
  if (number?.isValid()) {
    const key = number.ext === undefined ? number.number : `${number.number};ext=${number.ext}`;
    return { kind: 'valid', key, ...place };
  }
  const isNational = !number && home === undefined && !/[+＋]/.test(written) && /\p{Nd}/u.test(written);
  return isNational ? { kind: 'unknown' } : { kind: 'invalid', ...place };
}

function supported(country: string | undefined, plans: PhonePlans): CountryCode | undefined {
  const code = country as CountryCode | undefined;
  return code !== undefined && isSupportedCountry(code, plans) ? code : undefined;
}

function parse(text: string, home: CountryCode | undefined, plans: PhonePlans): PhoneNumber | undefined {
  try {
    return parsePhoneNumberFromString(text, home === undefined ? {} : { defaultCountry: home }, plans);
  } catch {
    // The library promises not to throw for any text; if it does, a rule must not stop a page for it.
    return undefined;
  }
}

/** The number in E.164, for comparison; `null` where it is not a valid one. */
export function phoneKey(text: string, country: string | undefined, plans: PhonePlans): string | null {
  const reading = readPhone(text, country, plans);
  return reading.kind === 'valid' ? reading.key : null;
}

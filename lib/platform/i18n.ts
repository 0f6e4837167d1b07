/**
 * The message catalogue (`public/_locales`), with plurals and the language that it is really in: where the browser
 * speaks a third language, words fall back to English and dates must follow them.
 */
import { browser } from 'wxt/browser';

// WXT types the keys from the last build's catalogue; ours are also put together (`state_` + state), so a test checks them.
const message = (key: string, substitutions?: string[]): string =>
  browser.i18n.getMessage(key as 'extension_name', substitutions);

/** Language of the words in use, `en` or `es`: what `Intl` should format with. */
export function language(): string {
  return message('language') || 'en';
}

/**
 * Words for a key of the catalogue. A key that is missing shows as itself; a test keeps that from happening.
 * @param substitutions fill `$1`, `$2`, … in order.
 */
export function t(key: string, ...substitutions: readonly string[]): string {
  return message(key, [...substitutions]) || key;
}

const rules = new Map<string, Intl.PluralRules>();

/** Words for a count: `<key>_one` or `<key>_other` by the language's rule; `$1` is the number as the language writes it. */
export function plural(key: string, count: number, ...substitutions: readonly string[]): string {
  const locale = language();
  let rule = rules.get(locale);
  if (!rule) rules.set(locale, (rule = new Intl.PluralRules(locale)));
  const form = rule.select(count) === 'one' ? 'one' : 'other';
  return t(`${key}_${form}`, new Intl.NumberFormat(locale).format(count), ...substitutions);
}

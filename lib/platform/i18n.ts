/**
 * The message catalogue (`public/_locales`), with plurals and the language that it is really in: where the browser
 * speaks a third language, words fall back to English and dates must follow them.
 */
import { browser } from 'wxt/browser';

/** Language of the words in use, `en` or `es`: what `Intl` should format with. */
export function language(): string {
  return browser.i18n.getMessage('language') || 'en';
}

/**
 * Words for a key of the catalogue. A key that is missing shows as itself; a test keeps that from happening.
 * @param substitutions fill `$1`, `$2`, … in order.
 */
export function t(key: string, ...substitutions: readonly string[]): string {
  return browser.i18n.getMessage(key, [...substitutions]) || key;
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

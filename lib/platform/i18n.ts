/**
 * The message catalogue (`public/_locales`), with plurals and the language that it is really in: where the browser
 * speaks a third language, words fall back to English and dates must follow them. Browsers know no other language than
 * their own: where the person chose another one, whoever starts the page says its messages here (`speech.ts`).
 */
import { browser } from 'wxt/browser';

/** Messages of one language by their keys, with blanks `$1` … `$9` and no others. */
export type Messages = Readonly<Record<string, string>>;

let spoken: Messages | null = null;

/** From now on words come from these messages; `null`: from the browser, in its language. */
export function speak(messages: Messages | null): void {
  spoken = messages;
}

/** What a message says, as browsers fill it: a blank that nobody fills is empty. No message of ours has another dollar. */
export const filled = (text: string, substitutions: readonly string[]): string =>
  text.replace(/\$([1-9])/g, (_, blank: number) => substitutions[blank - 1] ?? '');

// WXT types the keys from the last build's catalogue; ours are also put together (`state_` + state), so a test checks them.
function message(key: string, substitutions: readonly string[] = []): string {
  if (spoken) return filled(spoken[key] ?? '', substitutions);
  return browser.i18n.getMessage(key as 'extension_name', [...substitutions]);
}

/** Language of the words in use, `en` or `es`: what `Intl` should format with. */
export function language(): string {
  return message('language') || 'en';
}

/**
 * Words for a key of the catalogue. A key that is missing shows as itself; a test keeps that from happening.
 * @param substitutions fill `$1`, `$2`, … in order.
 */
export function t(key: string, ...substitutions: readonly string[]): string {
  return message(key, substitutions) || key;
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

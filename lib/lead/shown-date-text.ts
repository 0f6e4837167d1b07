/**
 * The text of a shown date without what does not matter: width, case, accents, kinds of spaces, dashes and quotes, marks of
 * direction. Pure, and linear in the length of the text. It must not touch overriding direction (U+202D, U+202E): such a
 * text reads otherwise than it is stored, and is refused as not understood.
 */

/** Soft hyphen, zero-width characters, marks and embeddings of direction, byte order mark. */
const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202C\u2060-\u206F\uFEFF]/gu;

/** Lower case, ASCII where there is a choice, single spaces, no accents (`março` → `marco`; Japanese keeps its own). */
export function tidyDate(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(invisible, '')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036F]/gu, '')
    .normalize('NFC')
    .replaceAll(/[\u2010-\u2015\u2212]/gu, '-')
    .replaceAll(/[\u2018\u2019]/gu, "'")
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** Words that may stand between the parts of a date and say nothing of it, accents taken off; with the endings of `19th`, `1er`, `1º`. Portuguese `do` is a German Thursday as well, which is then not compared with the date. */
const fillers: ReadonlySet<string> = new Set(
  'at on the of a las la los el de del do um am den dem vom le les as o th st nd rd er uhr h の に'.split(' '),
);

/** What may stand between the parts of a date. Anything else was not understood. */
const separators = /^[\s,.()[\]|/@·•-]*$/u;

/** Whether a text has words that say nothing in our languages: in others they may, as `de.` is before noon in Hungarian. */
export function hasFillers(text: string): boolean {
  return (text.match(numberOrWord) ?? []).some((word) => fillers.has(word));
}

const numberOrWord = /\d+|\p{L}+(?:[-']\p{L}+)*/gu;

/** Numbers and words of a tidy text, without fillers; `undefined` where other signs remain. */
export function wordsOf(text: string): readonly string[] | undefined {
  if (!separators.test(text.replaceAll(numberOrWord, ' '))) return undefined;
  return (text.match(numberOrWord) ?? []).filter((word) => !fillers.has(word));
}

/** What is left of a text when a match is taken out of it. */
export function without(text: string, match: RegExpExecArray): string {
  return `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
}

/** Words that people write into an agreement: once for everybody, or in both languages. Without zod, so that pages may ask. */

export interface Label {
  readonly en: string;
  readonly es: string;
}

export type Words = string | Label;

/** The words in a reader's language. */
export function wordsIn(words: Words, language: keyof Label): string {
  return typeof words === 'string' ? words : words[language];
}

/** Several values in one field, with commas between them: `demo, "Acme, Inc", trial`. One that has a comma itself stands in quotes. */

const needsQuotes = (value: string): boolean => /[,;]|^"|^\s|\s$/.test(value);

export const valuesText = (values: readonly string[]): string =>
  values.map((value) => (needsQuotes(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(', ');

/** A quote that is still open goes on to the end, because it is being typed. */
export function valuesIn(text: string): string[] {
  const parts = text.matchAll(/\s*(?:"((?:[^"]|"")*)(?:"|$)[^,;]*|([^,;]*))(?:[,;]|$)/g);
  return [...parts].flatMap(([, quoted, bare = '']) => {
    const value = quoted === undefined ? bare.trim() : quoted.replaceAll('""', '"');
    return value.trim() === '' ? [] : value;
  });
}

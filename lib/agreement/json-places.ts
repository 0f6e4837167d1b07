/**
 * On which line of a JSON text each value stands, and where the text stops being JSON. Browsers word that last one differently, and
 * none of them tells the first; values themselves are left to `JSON.parse`. Pure, one pass, no recursion beyond a bound.
 */
import type { Path } from './integrity';

export type JsonPlaces =
  | { readonly ok: true; readonly value: unknown; readonly lineOf: (path: Path) => number }
  /** Both from 1. */
  | { readonly ok: false; readonly line: number; readonly column: number };

/** An agreement is 12 deep. */
const deepest = 100;

const keyOf = (path: Path): string => JSON.stringify(path);

class NotJson extends Error {}

/** Walks over the text and notes the offset of each value. */
function walk(text: string, offsets: Map<string, number>): void {
  let at = 0;
  const fail = (): never => {
    throw new NotJson(String(at));
  };
  const skip = (): void => {
    while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  };
  const token =
    // oxlint-disable-next-line no-control-regex -- JSON forbids exactly these inside of a text
    /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  const scalar = (): string => {
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) return fail();
    at += match[0].length;
    return match[0];
  };
  const expect = (character: string): void => {
    skip();
    if (text[at] !== character) fail();
    at += 1;
  };
  const members = (path: Path, close: string, member: (index: number) => void): void => {
    if (path.length > deepest) fail();
    at += 1;
    skip();
    if (text[at] === close) {
      at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      member(index);
      skip();
      if (text[at] === close) {
        at += 1;
        return;
      }
      expect(',');
    }
  };
  const value = (path: Path): void => {
    skip();
    offsets.set(keyOf(path), at);
    if (text[at] === '{')
      members(path, '}', () => {
        skip();
        const start = at;
        if (text[at] !== '"') fail();
        const name = JSON.parse(scalar()) as string;
        expect(':');
        value([...path, name]);
        // The line of the name is what a person looks for.
        offsets.set(keyOf([...path, name]), start);
      });
    else if (text[at] === '[') members(path, ']', (index) => value([...path, index]));
    else scalar();
  };
  value([]);
  skip();
  if (at < text.length) fail();
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** @param text at most as long as an agreement may be; the caller bounds it. */
export function jsonPlaces(text: string): JsonPlaces {
  const offsets = new Map<string, number>();
  try {
    walk(text, offsets);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const offset = Number(error.message);
    return { ok: false, line: lineAt(text, offset), column: offset - text.lastIndexOf('\n', offset - 1) };
  }
  const lineOf = (path: Path): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const offset = offsets.get(keyOf(path.slice(0, length)));
      // What is missing is told where it would stand.
      if (offset !== undefined) return lineAt(text, offset);
    }
    return 1;
  };
  return { ok: true, value: JSON.parse(text) as unknown, lineOf };
}

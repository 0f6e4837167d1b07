import * as fc from 'fast-check';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import {
  allMatches,
  boundedString,
  boundedText,
  firstMatch,
  isRecord,
  placeAfter,
  utcInstant,
} from '../../../lib/crm/read';

const bodyOf = (html: string): Element => {
  const window = new Window();
  window.document.body.innerHTML = html;
  return window.document.body as unknown as Element;
};
const selector = (css: string) => ({ css, since: '2026-11', seenOn: 'test' });

describe('boundedString', () => {
  it.each([
    ['  Ana \n\t Prieto ', 'Ana Prieto'],
    ['Ana\u00A0Prieto', 'Ana Prieto'],
    ['\u202Eevil\u202C\u200B', 'evil'],
    ['\uFEFFAna\u00AD', 'Ana'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['👩\u200D💻', '👩\u200D💻'],
    ['Ana \u200D\u200C', 'Ana'],
    ['a\u0000b', 'a b'],
    ['\u200B \u2060', undefined],
    ['', undefined],
    [7, undefined],
    [null, undefined],
    [{ toString: () => 'x' }, undefined],
  ])('%j reads as %j', (value, text) => {
    expect(boundedString(value)).toBe(text);
  });

  it('halves no character at the bound', () => {
    expect(boundedString('ab💶', 3)).toBe('ab');
    expect(boundedString('ab💶', 4)).toBe('ab💶');
  });

  it('whatever comes in: no throw, within the bound, trimmed, on one line, well formed, and the same when read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 1, max: 50 }), (value, max) => {
        const text = boundedString(value, max);
        if (text === undefined) return;
        expect(text.length).toBeLessThanOrEqual(max);
        expect(text).toBe(text.trim());
        expect(text).not.toMatch(/[\p{Cc}\u200B\u202A-\u202E\uFEFF]| {2}/u);
        expect(text.isWellFormed()).toBe(true);
        expect(boundedString(text, max)).toBe(text);
      }),
    );
  });

  it('any value that is no string is no text', () => {
    fc.assert(
      fc.property(
        fc.anything().filter((value) => typeof value !== 'string'),
        (value) => boundedString(value) === undefined,
      ),
    );
  });

  it('reads an element, and nothing as nothing', () => {
    expect(boundedText(bodyOf('<b> Ana <i>Prieto</i></b>'))).toBe('Ana Prieto');
    expect(boundedText(null)).toBeUndefined();
    expect(boundedText(bodyOf('x'.repeat(500)))).toHaveLength(200);
  });
});

describe('utcInstant', () => {
  it.each([
    ['2026-11-23 18:34:24', '2026-11-23T18:34:24.000Z', 1000],
    ['2026-11-23T18:34:24', '2026-11-23T18:34:24.000Z', 1000],
    ['2026-11-23T18:34:24Z', '2026-11-23T18:34:24.000Z', 1000],
    ['2026-11-23T18:34:24.123456Z', '2026-11-23T18:34:24.123Z', 1000],
    ['2026-11-23T18:34:24+01:00', '2026-11-23T17:34:24.000Z', 1000],
    ['2026-11-23T18:34:24-0530', '2026-11-24T00:04:24.000Z', 1000],
    ['2024-02-29 00:00:00', '2024-02-29T00:00:00.000Z', 1000],
    ['2026-11-23 18:34', '2026-11-23T18:34:00.000Z', 60_000],
  ])('%s is %s', (text, iso, precision) => {
    expect(utcInstant(text, 1000)).toEqual({ at: Date.parse(iso), precision });
  });

  it.each([
    '2026-02-29 10:00:00',
    '2026-02-30 10:00:00',
    '2026-13-01 10:00:00',
    '2026-04-31 10:00:00',
    '0000-00-00 00:00:00',
    '0026-11-23 18:34:24',
    '2026-11-23 24:00:00',
    '2026-11-23 18:60:00',
    '2026-11-23 18:34:60',
    '2026-11-23T18:34:24+15:00',
    '2026-11-23T18:34:24+01:60',
    '2026-11-23',
    '11/23/2026 18:34',
    'Today 18:34',
    ' 2026-11-23 18:34:24',
    '2026-11-23 18:34:24 ',
    '',
    null,
    undefined,
    1_795_458_864,
  ])('%j is no instant', (value) => {
    expect(utcInstant(value, 1000)).toBeUndefined();
  });

  it('gives back every second that an API can write, in either form', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }),
        fc.constantFrom('T', ' '),
        fc.constantFrom('', 'Z', '+00:00'),
        (date, separator, zone) => {
          const text = `${date.toISOString().slice(0, 19).replace('T', separator)}${zone}`;
          expect(utcInstant(text, 1000)).toEqual({ at: Math.floor(date.getTime() / 1000) * 1000, precision: 1000 });
        },
      ),
    );
  });

  it('never throws, and says what Date says where both can read', () => {
    const part = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    const near = fc
      .tuple(fc.integer({ min: 0, max: 9999 }), part(13), part(32), part(25), part(61), part(61))
      .map(([y, mo, d, h, mi, s]) => `${String(y).padStart(4, '0')}-${mo}-${d}T${h}:${mi}:${s}Z`);
    fc.assert(
      fc.property(fc.oneof(near, fc.string(), fc.anything()), (value) => {
        const read = utcInstant(value, 1000);
        if (read) expect(read.at).toBe(Date.parse(String(value)));
      }),
    );
  });
});

describe('selectors', () => {
  it('the first alternative that finds anything wins', () => {
    const body = bodyOf('<i></i><b></b><b id="second"></b>');
    expect(firstMatch(body, [selector('u'), selector('b'), selector('i')])?.localName).toBe('b');
    expect(firstMatch(body, [selector('u')])).toBeNull();
    expect(firstMatch(body, [])).toBeNull();
  });

  it('all alternatives together, in document order, each element once', () => {
    const body = bodyOf('<i></i><b class="x"></b><i></i>');
    expect(allMatches(body, [selector('b'), selector('i'), selector('.x')]).map((el) => el.localName)).toEqual([
      'i',
      'b',
      'i',
    ]);
    expect(allMatches(body, [])).toEqual([]);
  });

  it('the place after an element is the same whether a badge stands there or not', () => {
    const body = bodyOf('<a></a><b></b>');
    const link = body.querySelector('a') as Element;
    const empty = placeAfter(link);
    link.after(body.ownerDocument.createElement('relevo-badge'));
    expect(placeAfter(link)).toEqual(empty);
    expect(empty?.before?.localName).toBe('b');
    expect(placeAfter(body.ownerDocument.createElement('a'))).toBeNull();
  });

  it('tells records from the rest', () => {
    expect([{}, { a: 1 }].every(isRecord)).toBe(true);
    expect([null, [], 'x', 1, undefined].some(isRecord)).toBe(false);
  });
});

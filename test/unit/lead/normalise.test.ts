/**
 * Keys: total, their own key, and blind to case, blanks around and invisible characters. The properties hold for any text,
 * the tables say what was decided.
 */
import * as fc from 'fast-check';
import phonePlans from 'libphonenumber-js/metadata.max.json';
import { describe, expect, it } from 'vitest';
import { dupesOf } from '../../../lib/lead/duplicates';
import { companyKey, mailKey, mailParts, nameKey } from '../../../lib/lead/normalise';
import { phoneKey, readPhone, type PhonePlans } from '../../../lib/lead/phone';

const oneOf = (signs: string) => fc.constantFrom(...Array.from(signs));
const invisible = ['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u200e', '\u202e'];

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 500 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);
const letters = fc.string({ unit: oneOf('abcxyzéñüßøłčαςσжй日が한i̇ı'), minLength: 1, maxLength: 12 });
const forms = fc.constantFrom(
  'GmbH',
  'S.L.',
  'Ltd.',
  'S. de R.L. de C.V.',
  'A/S',
  'GmbH & Co. KG',
  'SA',
  'sl',
  'AG',
  'a',
  's',
  'co',
);
const companyText = fc.oneof(
  anyText,
  fc.array(fc.oneof(letters, forms), { maxLength: 6 }).map((words) => words.join(' ')),
  letters.map((word) => word.repeat(60)),
);
const mailText = fc.oneof(
  anyText,
  fc
    .tuple(
      fc.string({ unit: oneOf('abzAZ019._+-éßİ\u200b'), minLength: 1, maxLength: 20 }),
      fc.constantFrom(
        'gmail.com',
        'GoogleMail.com',
        'outlook.com',
        'acme.example',
        'müller.example',
        'xn--mller-kva.example',
        '日本。example',
        '1.2',
        'a@b.example',
      ),
    )
    .map(([local, domain]) => `${local}@${domain}`),
);
const phoneText = fc.oneof(
  anyText,
  fc.string({ unit: oneOf('0123456789+() -/.x#'), maxLength: 24 }),
  fc
    .tuple(fc.constantFrom('+34 6', '+1 213 555 ', '+44 20 7946 0', '+49 30 ', '00 33 1 '), fc.nat(99_999_999))
    .map(([a, b]) => `${a}${b}`),
);

/** The text with invisible characters strewn in and blanks around. */
const strewn = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.nat(1_000), fc.constantFrom(...invisible), fc.constantFrom('', ' ', '\u00a0', '\t\n'))
    .map(([value, at, sign, blank]) => {
      const points = Array.from(value);
      points.splice(at % (points.length + 1), 0, sign);
      return [value, `${blank}${points.join('')}${blank}`] as const;
    });

describe('every key', () => {
  const keys: readonly [string, fc.Arbitrary<string>, (text: string) => string | null][] = [
    ['mail', mailText, mailKey],
    ['company', companyText, companyKey],
    ['name', companyText, (text) => nameKey(text, 'Acme')?.split('|')[0] ?? null],
    ['phone', phoneText, (text) => phoneKey(text, 'ES', phonePlans)],
    ['phone without a country', phoneText, (text) => phoneKey(text, undefined, phonePlans)],
  ];

  it.each(keys)('of a %s is its own key, for any text', (_, text, key) => {
    fc.assert(
      fc.property(text, (value) => {
        const once = key(value);
        if (once !== null) expect(key(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is its own key with every character of Unicode in it', () => {
    const changed: string[] = [];
    for (let code = 0; code < 0x30_000; code++) {
      const sign = String.fromCodePoint(code);
      const [company, mail] = [companyKey(`a${sign}b`), mailKey(`a${sign}b@acme.example`)];
      if (company !== null && companyKey(company) !== company) changed.push(`${code.toString(16)} in a company`);
      if (mail !== null && mailKey(mail) !== mail) changed.push(`${code.toString(16)} in a mail`);
    }
    expect(changed).toEqual([]);
  });

  it.each(keys.slice(0, 3))('of a %s is blind to invisible characters and blanks around', (_, text, key) => {
    fc.assert(
      fc.property(strewn(text), ([value, other]) => {
        expect(key(other)).toBe(key(value));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(keys.slice(0, 3))('of a %s is blind to case', (_, __, key) => {
    const words = fc.string({ unit: oneOf('abcxyzéñüøčжй.'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(words, (value) => {
        const mail = key === mailKey ? `${value}@Acme.example` : value;
        expect(key(mail.toUpperCase())).toBe(key(mail.toLowerCase()));
      }),
    );
  });

  it('is short, however long the text', () => {
    for (const text of ['a'.repeat(500), '\ufdfa'.repeat(500), 'ß'.repeat(500), '@'.repeat(500), '. '.repeat(250)]) {
      expect((companyKey(text) ?? '').length).toBeLessThanOrEqual(200);
      expect((nameKey(text, text) ?? '').length).toBeLessThanOrEqual(401);
      expect((mailKey(`${text}@acme.example`) ?? '').length).toBeLessThanOrEqual(320);
    }
  });
});

describe('a mail address', () => {
  it.each([
    ['Ana.Lopez@Acme.Example', 'ana.lopez@acme.example'],
    ['  ana@acme.example\u200b ', 'ana@acme.example'],
    ['ａｎａ＠acme.example', 'ana@acme.example'],
    ['ana@müller.example', 'ana@xn--mller-kva.example'],
    ['ana@XN--MLLER-KVA.example', 'ana@xn--mller-kva.example'],
    ['josé@acme.example', 'josé@acme.example'],
    ['jose\u0301@acme.example', 'josé@acme.example'],
    // Gmail: neither dots nor tags, and one mailbox under two names.
    ['a.na.lo+fair@gmail.com', 'analo@gmail.com'],
    ['Analo@googlemail.com', 'analo@gmail.com'],
    // Others that document tags: the tag goes, dots stay.
    ['a.na+fair@outlook.com', 'a.na@outlook.com'],
    // Everywhere else the local part is the host's business.
    ['sales+es@acme.example', 'sales+es@acme.example'],
    ['+tag@gmail.com', '+tag@gmail.com'],
  ])('%s has the key %s', (text, key) => expect(mailKey(text)).toBe(key));

  it.each([
    '',
    'ana',
    'ana@',
    '@acme.example',
    'ana@acme',
    'ana@@acme.example',
    'ana@acme..example',
    'ana@-acme.example',
    'ana@acme.example.',
    'ana @acme.example',
    'ana@ac me.example',
    '.ana@acme.example',
    'ana..b@acme.example',
    'ana@acme.example, bo@acme.example',
    'ana@192.168.0.1',
    'ana@[::1]',
    'ana@acme.example/path',
    'ana@acme.example:80',
    'ana@%61cme.example',
    'Ana <ana@acme.example>',
    `${'a'.repeat(65)}@acme.example`,
    `ana@${'a'.repeat(64)}.example`,
    `ana@${'a.'.repeat(140)}example`,
    'ana@\u202e',
    `${'a'.repeat(1_000_000)}@acme.example`,
  ])('is not: case %#', (text) => expect([text.slice(0, 80), mailParts(text)]).toEqual([text.slice(0, 80), null]));
});

describe('a name at a company', () => {
  it.each([
    ['Ana María López', 'Acme S.L.', 'ana maria lopez|acme'],
    ['  ANA  maria   lopez ', 'ACME', 'ana maria lopez|acme'],
    ["Conor O'Brien", 'Acme Ltd', 'conor obrien|acme'],
    ['Jean-Luc', 'Acme, Inc.', 'jean luc|acme'],
    ['Jörg Groß', 'Groß & Söhne GmbH & Co. KG', 'jorg gross|gross sohne'],
    ['Søren Łukasz', 'Ærø A/S', 'soren lukasz|aero'],
    ['Иван Й.', 'ООО Ромашка', 'иван и|ооо ромашка'],
    ['山田 太郎', '株式会社アクメ', '山田 太郎|株式会社アクメ'],
    ['कि', 'Acme', 'कि|acme'],
    ['Bo', 'Acme S. de R.L. de C.V.', 'bo|acme'],
    ['Bo', 'Acme Pty. Ltd.', 'bo|acme'],
    ['Bo', 'Acme Sp. z o.o.', 'bo|acme'],
    ['Bo', 'Acme s. r. o.', 'bo|acme'],
    // Nothing but a legal form is a name, too.
    ['Bo', 'SE', 'bo|se'],
    ['Bo', 'The AG Company', 'bo|the'],
  ])('%s at %s is %s', (name, company, key) => expect(nameKey(name, company)).toBe(key));

  it('keeps the order of words', () => {
    expect(nameKey('Ana López', 'Acme')).not.toBe(nameKey('López Ana', 'Acme'));
  });

  it('is nothing without one of both', () => {
    for (const [name, company] of [
      ['', 'Acme'],
      ['Ana', ''],
      ['\u200b', 'Acme'],
      ['Ana', '—'],
      ['', ''],
    ] as const)
      expect(nameKey(name, company)).toBeNull();
  });

  it('is told apart by vowels of scripts that write them as marks', () => {
    expect(nameKey('कि', 'Acme')).not.toBe(nameKey('का', 'Acme'));
  });
});

describe('a phone number', () => {
  it.each([
    ['+44 20 7946 0958', undefined, '+442079460958'],
    ['0044 20 7946 0958', undefined, '+442079460958'],
    ['(020) 7946-0958', 'GB', '+442079460958'],
    ['+44 (0)20 7946 0958', undefined, '+442079460958'],
    ['+44 20 7946 0958', 'ES', '+442079460958'],
    ['0044 20 7946 0958', 'ES', '+442079460958'],
    ['600 12 34 56', 'ES', '+34600123456'],
    ['Tel. +34 600 12 34 56 (mobile)', undefined, '+34600123456'],
    ['+44 20 7946 0958 ext. 12', undefined, '+442079460958;ext=12'],
    ['٦٠٠١٢٣٤٥٦', 'ES', '+34600123456'],
    ['600 12 34 56', 'XX', null],
    ['600 12 34 56', undefined, null],
    ['+34 100', undefined, null],
    ['', 'ES', null],
    ['+', 'ES', null],
    ['9'.repeat(1_000_000), 'ES', null],
  ] as const)('case %#', (text, country, key) => {
    expect([text.slice(0, 80), phoneKey(text, country, phonePlans)]).toEqual([text.slice(0, 80), key]);
  });

  it('without any country says nothing, and is no wrong number', () => {
    expect(readPhone('600 12 34 56', undefined, phonePlans)).toEqual({ kind: 'unknown' });
    expect(readPhone('600 12 34 5', 'ES', phonePlans)).toEqual({ kind: 'invalid', country: 'ES' });
    expect(readPhone('+34 600 12 34 5', undefined, phonePlans)).toMatchObject({ kind: 'invalid' });
    expect(readPhone('ask Ana', undefined, phonePlans)).toEqual({ kind: 'invalid' });
  });

  it('reads with damaged plans nothing, and does not throw', () => {
    const damaged = { countries: {} } as unknown as PhonePlans;
    expect(() => readPhone('+34 600 12 34 56', undefined, damaged)).not.toThrow();
  });
});

describe('keys for the ledger', () => {
  it('say what they are about', () => {
    const fields = { email: 'Ana@Acme.example', phone: '600 12 34 56', name: 'Ana', company: 'Acme SL' };
    const read = (text: string) => phoneKey(text, 'ES', phonePlans);
    expect([...dupesOf(fields, new Set(['email', 'phone', 'name-company']), read).values()]).toEqual([
      'm:ana@acme.example',
      'p:+34600123456',
      'n:ana|acme',
    ]);
    expect(dupesOf(fields, new Set(['phone']), () => null).size).toBe(0);
    expect(dupesOf({ email: 'none', name: 'Ana' }, new Set(['email', 'name-company']), read).size).toBe(0);
  });
});

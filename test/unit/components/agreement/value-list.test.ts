/** What stands in the field of several values is read as those very values. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valuesIn, valuesText } from '../../../../components/agreement/fields/value-list';

describe('several values in one field', () => {
  it.each([
    ['demo, trial;webinar', ['demo', 'trial', 'webinar']],
    [' demo ,, ; ', ['demo']],
    ['"Acme, Inc", demo', ['Acme, Inc', 'demo']],
    ['demo, "Acme, In', ['demo', 'Acme, In']],
    ['5" pipe, "6"" pipe; long"', ['5" pipe', '6" pipe; long']],
    ['"a" b, c', ['a', 'c']],
    ['""', []],
    ['', []],
  ])('%j are %j', (text, values) => {
    expect(valuesIn(text)).toEqual(values);
  });

  it('any values are the same after they were shown and read', () => {
    const value = fc
      .array(fc.constantFrom('a', 'B', ' ', ',', ';', '"', 'ñ', '\n', '7'), { minLength: 1, maxLength: 8 })
      .map((letters) => letters.join(''))
      .filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), (values) => {
        expect(valuesIn(valuesText(values))).toEqual(values);
      }),
    );
  });
});

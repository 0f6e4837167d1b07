/** Every formula can be shown: its words are there in both languages. */
import { describe, expect, it } from 'vitest';
import { formulaIds } from '../../../lib/report';
import { catalogues } from '../support/i18n';

describe('formulas', () => {
  it.each(Object.entries(catalogues))('have words in %s, and none too many', (_, catalogue) => {
    const keys = Object.keys(catalogue).filter((key) => key.startsWith('formula_'));
    expect(keys.toSorted()).toEqual(formulaIds.map((id) => `formula_${id}`).toSorted());
  });
});

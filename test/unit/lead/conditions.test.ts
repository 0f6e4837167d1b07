import { describe, expect, it } from 'vitest';
import { allOf, anyGroupOf, scopeTest, valuesOf } from '../../../lib/lead/conditions';

const web = { field: 'source', operator: 'is', value: 'Web ' } as const;
const hot = { field: 'tier', operator: 'is', value: 'hot' } as const;
const lead = valuesOf({ source: ' wEb', tier: 'cold' }, undefined);

describe('conditions on a lead', () => {
  it('all of none hold, and no group of none does', () => {
    expect([allOf([])(lead), anyGroupOf([])(lead), anyGroupOf([[]])(lead)]).toEqual([true, false, true]);
  });

  it('a group needs all of its conditions, and one group is enough', () => {
    expect([allOf([web, hot])(lead), anyGroupOf([[hot], [web]])(lead), anyGroupOf([[hot, web]])(lead)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('the tier is the one that is given: an unknown one is not the CRM’s', () => {
    expect(allOf([{ field: 'tier', operator: 'is', value: 'cold' }])(lead)).toBe(false);
    expect(allOf([hot])(valuesOf({ tier: 'cold' }, 'hot'))).toBe(true);
  });

  it('a scope without groups takes every lead that it does not exclude', () => {
    expect(scopeTest({ include: [], exclude: [] })(lead)).toBe(true);
    expect(scopeTest({ include: [], exclude: [{ when: [web], why: 'no lead' }] })(lead)).toBe(false);
    expect(scopeTest({ include: [[hot]], exclude: [] })(lead)).toBe(false);
  });
});

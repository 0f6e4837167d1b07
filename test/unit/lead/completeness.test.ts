/** Complete data is known only where all of it could have been read. */
import { describe, expect, it } from 'vitest';
import { isComplete } from '../../../lib/lead/completeness';
import type { Fact } from '../../../lib/lead/facts';
import type { FieldName, LeadFields } from '../../../lib/lead/lead';
import type { QualityRule } from '../../../lib/lead/quality-rules';

const rules: readonly QualityRule[] = [
  { id: 'data', rule: 'required', fields: ['email', 'phone'] },
  { id: 'later', rule: 'required', fields: ['company'], stage: 'opportunity' },
  { id: 'mail', rule: 'mail-syntax' },
];
const key = 'demo|https://crm.example|lead|1';
const told = (
  fields: LeadFields,
  readable: readonly FieldName[] = ['email', 'phone'],
  facts: readonly Fact[] = [],
  asked = rules,
): boolean | null =>
  isComplete(
    { key, id: { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId: '1' }, fields, seenAt: 0 },
    asked,
    { facts, readable: new Set(readable), now: 1_000 },
  );

describe('the data of a lead', () => {
  it('is complete with every field that all leads owe, whatever later stages or other rules ask', () => {
    expect(told({ email: 'ana@uno.example', phone: '+34 600 000 000' })).toBe(true);
    expect(told({ email: 'not a mail', phone: '+34 600 000 000' })).toBe(true);
  });

  it('is incomplete where a field could be read and is empty', () => {
    expect(told({ email: 'ana@uno.example' })).toBe(false);
    expect(told({ email: 'ana@uno.example', phone: ' ' })).toBe(false);
  });

  it('is not known where a field could not be read, be the rest there or not', () => {
    expect(told({ email: 'ana@uno.example' }, ['email'])).toBeNull();
    expect(told({}, ['email'])).toBeNull();
    expect(told({ email: 'ana@uno.example', phone: '+34 600 000 000' }, [])).toBeNull();
  });

  it('is not known where the agreement requires nothing', () => {
    expect(told({}, ['email', 'phone'], [], [])).toBeNull();
    expect(told({}, ['company'], [], [rules[1]!])).toBeNull();
  });

  it('is complete where a person said that the missing field is none', () => {
    const base = { id: 'f', lead: key, at: 500, author: 'ada', evidence: 'person' } as const;
    const dismissal: Fact = { ...base, kind: 'dismissal', rule: 'data', reason: 'no phone in this trade' };
    expect(told({ email: 'ana@uno.example' }, ['email', 'phone'], [dismissal])).toBe(true);
  });
});

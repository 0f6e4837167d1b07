import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../lib/lead/facts';
import type { Lead, LeadFields } from '../../../lib/lead/lead';
import { seenByNow, skewMs } from '../../../lib/lead/seen-by-now';

const now = Date.UTC(2026, 10, 23, 9);
const hour = 3_600_000;

const leadSeen = (seenAt: number, fields: LeadFields = {}): Lead => ({
  key: 'demo|https://crm.example|lead|1',
  id: { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId: '1' },
  fields,
  seenAt,
});
const told = (at: number, evidence: Fact['evidence']): Fact =>
  ({ id: String(at), lead: leadSeen(0).key, at, author: 'a', evidence, kind: 'reopen' }) satisfies Fact;

describe('a lead as it can have been seen by now', () => {
  it('is the very same where it was seen by now', () => {
    const lead = leadSeen(now);
    expect(seenByNow(lead, [], now)).toBe(lead);
  });

  it('two clocks that differ by minutes mean nothing', () => {
    expect(seenByNow(leadSeen(now + skewMs), [], now).seenAt).toBe(now);
  });

  it('else it was seen no earlier than what the CRM said of it, and no person’s word counts for that', () => {
    const fields = {
      status: 'new',
      createdAt: { at: now - 9 * hour, precision: 0 },
      modifiedAt: { at: now + 2, precision: 0 },
    };
    const facts = [told(now - 5 * hour, 'crm-field'), told(now - 2 * hour, 'person')];
    expect(seenByNow(leadSeen(now + hour, fields), facts, now)).toEqual(leadSeen(now - 5 * hour, fields));
    expect(seenByNow(leadSeen(now + hour), [], now).seenAt).toBe(0);
  });

  it('a status whose fact lies ahead counts as not seen', () => {
    const lead = leadSeen(now + hour, { status: 'working', statusLabel: 'Working', name: 'Ana' });
    expect(seenByNow(lead, [told(now + hour, 'crm-status')], now).fields).toEqual({ name: 'Ana' });
  });
});

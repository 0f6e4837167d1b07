import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadKey, parseLeadKey, type LeadFields, type Observation } from '../../../lib/lead/lead';
import { bearsWitness, mergeObservation } from '../../../lib/lead/merge';

const id = { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId: '7' };
const seen = (seenAt: number, fields: LeadFields, more: Partial<Observation> = {}): Observation => ({
  id,
  seenAt,
  source: 'api',
  surface: 'list',
  fields,
  missing: [],
  ...more,
});

describe('the key of a lead', () => {
  it('can be taken apart again, whatever its parts hold', () => {
    const part = fc.string({ minLength: 1, unit: 'binary' });
    fc.assert(
      fc.property(part, part, part, part, (crm, origin, object, recordId) => {
        const lead = { crm, origin, object, recordId };
        expect(parseLeadKey(leadKey(lead))).toEqual(lead);
      }),
    );
  });

  it('is refused when a part is missing', () => {
    for (const bad of ['', 'a|b|c', 'a||c|d', 'a|b|c|d|e']) expect(parseLeadKey(bad)).toBeNull();
  });
});

describe('merging observations', () => {
  it('takes the newer value and keeps what only the older one knew', () => {
    const first = mergeObservation(undefined, seen(1_000, { name: 'Ana', status: 'new', owner: 'Bo' }));
    const second = mergeObservation(first, seen(2_000, { status: 'accepted' }));
    expect(second.fields).toEqual({ name: 'Ana', status: 'accepted', owner: 'Bo' });
    expect(second.seenAt).toBe(2_000);
  });

  it('lets an older observation fill a gap but never overwrite', () => {
    const first = mergeObservation(undefined, seen(2_000, { status: 'accepted' }));
    const late = mergeObservation(first, seen(1_000, { status: 'new', company: 'Acme' }));
    expect(late.fields).toEqual({ status: 'accepted', company: 'Acme' });
    expect(late.seenAt).toBe(2_000);
  });

  it('remembers that touches could not be read until something tells of them again', () => {
    const blind = mergeObservation(
      mergeObservation(undefined, seen(1_000, { status: 'new' })),
      seen(2_000, { status: 'new' }, { missing: ['lastTouchAt'] }),
    );
    expect(blind).toMatchObject({ seenAt: 2_000, touchesUnread: true });
    // A list that shows a status knows no more of touches than before; an older answer is none.
    expect(mergeObservation(blind, seen(3_000, { status: 'new' }, { source: 'page' })).touchesUnread).toBe(true);
    expect(mergeObservation(blind, seen(1_500, { status: 'new' })).touchesUnread).toBe(true);
    const shown = { firstTouchAt: { at: 2_500, precision: 1 } };
    expect(mergeObservation(blind, seen(3_000, shown, { source: 'page' }))).not.toHaveProperty('touchesUnread');
    expect(mergeObservation(blind, seen(3_000, { status: 'new' }))).not.toHaveProperty('touchesUnread');
    // And an old failure says nothing of what was read since.
    const read = mergeObservation(undefined, seen(2_000, { status: 'new' }));
    expect(mergeObservation(read, seen(1_000, {}, { missing: ['firstTouchAt'] }))).not.toHaveProperty('touchesUnread');
  });

  it('keeps the finer of two readings of one instant', () => {
    const exact = { at: 60_024_000, precision: 1_000 };
    const minute = { at: 60_000_000, precision: 60_000 };
    const first = mergeObservation(undefined, seen(1_000, { createdAt: exact }));
    expect(mergeObservation(first, seen(2_000, { createdAt: minute })).fields.createdAt).toEqual(exact);
  });

  it('takes the newer instant when the two do not agree', () => {
    const first = mergeObservation(undefined, seen(1_000, { lastTouchAt: { at: 500, precision: 1 } }));
    const moved = { at: 900, precision: 1 };
    expect(mergeObservation(first, seen(2_000, { lastTouchAt: moved })).fields.lastTouchAt).toEqual(moved);
  });

  it('rule 12: a reading without status or touches is no witness that nothing happened', () => {
    expect(bearsWitness({ name: 'Ana' })).toBe(false);
    const first = mergeObservation(undefined, seen(1_000, { status: 'new' }));
    expect(mergeObservation(first, seen(9_000, { name: 'Ana' }, { source: 'page' })).seenAt).toBe(1_000);
  });

  it('rule 12: a label bears witness where it is all there is and the agreement says what it means', () => {
    const isMeant = (status: string) => status === 'Open';
    const look = (statusLabel: string) => seen(9_000, { statusLabel }, { source: 'page' });
    const first = mergeObservation(
      undefined,
      seen(1_000, { name: 'Ana', createdAt: { at: 500, precision: 1 } }),
      isMeant,
    );
    expect(mergeObservation(first, look('Open'), isMeant).seenAt).toBe(9_000);
    expect(mergeObservation(first, look('Abierto'), isMeant).seenAt).toBe(500);
    const known = mergeObservation(undefined, seen(1_000, { status: 'new' }), isMeant);
    expect(mergeObservation(known, look('Open'), isMeant).seenAt).toBe(1_000);
  });

  it('what the API says of the creation stands beside whatever a page shows in a wrong zone', () => {
    const exact = { at: 7_200_000, precision: 1_000 };
    const shown = { at: 0, precision: 60_000 };
    const first = mergeObservation(undefined, seen(1_000, { createdAt: exact }));
    expect(mergeObservation(first, seen(2_000, { createdAt: shown })).fields.createdAt).toEqual(exact);
    const other = mergeObservation(undefined, seen(1_000, { createdAt: shown }));
    expect(mergeObservation(other, seen(2_000, { createdAt: exact })).fields.createdAt).toEqual(exact);
  });

  it('is the same in any order of arrival, for distinct fields and instants', () => {
    const observations = [
      seen(1_000, { name: 'Ana', status: 'new' }),
      seen(2_000, { status: 'accepted', owner: 'Bo' }),
      seen(3_000, { status: 'working', company: 'Acme' }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(observations, { minLength: 3 }), (order) => {
        const merged = order.reduce<ReturnType<typeof mergeObservation> | undefined>(
          (before, observation) => mergeObservation(before, observation),
          undefined,
        );
        expect(merged?.fields).toEqual({ name: 'Ana', status: 'working', owner: 'Bo', company: 'Acme' });
        expect(merged?.seenAt).toBe(3_000);
      }),
    );
  });
});

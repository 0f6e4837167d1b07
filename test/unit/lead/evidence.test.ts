import { describe, expect, it } from 'vitest';
import { factsFrom, type FactDraft, type Meaning } from '../../../lib/lead/evidence';
import { leadKey, type Lead, type LeadFields, type Observation } from '../../../lib/lead/lead';
import { mergeObservation } from '../../../lib/lead/merge';

const id = { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId: '7' };
const key = leadKey(id);
const minute = 60_000;
const day = 86_400_000;
const start = Date.UTC(2026, 10, 23, 9);

const meanings: Record<string, Meaning> = {
  New: 'new',
  Taken: 'accepted',
  Working: 'touched',
  Hold: 'paused',
  Won: 'won',
  Lost: 'lost',
  Back: 'rejected',
};
const meaningOf = (status: string): Meaning | undefined => meanings[status];
const exact = (at: number) => ({ at, precision: 1_000 });

const seen = (seenAt: number, fields: LeadFields): Observation => ({
  id,
  seenAt,
  source: 'api',
  surface: 'list',
  fields,
  missing: [],
});
const facts = (observation: Observation, before?: Lead): FactDraft[] => factsFrom(observation, key, before, meaningOf);
const known = (observation: Observation): Lead => mergeObservation(undefined, observation);
const ofKind = (drafts: readonly FactDraft[], kind: FactDraft['kind']) => drafts.find((draft) => draft.kind === kind);

describe('which facts an observation proves', () => {
  it('a stated creation is the hand-off, exactly', () => {
    expect(facts(seen(start + minute, { createdAt: exact(start) }))).toEqual([
      { lead: key, at: start, author: 'crm:demo', evidence: 'crm-field', kind: 'hand-off' },
    ]);
  });

  it('a stated hand-off wins over the creation', () => {
    const drafts = facts(seen(start + day, { createdAt: exact(start), handedOverAt: exact(start + minute) }));
    expect(ofKind(drafts, 'hand-off')?.at).toBe(start + minute);
  });

  it('a bare date bounds the hand-off and never states it exactly', () => {
    const draft = ofKind(facts(seen(start + 3 * day, { createdAt: { at: start, precision: day } })), 'hand-off');
    expect(draft).toMatchObject({ earliest: start, at: start + day - 1 });
  });

  it('a touch that the CRM dates is exact, and first and last touch are two', () => {
    const drafts = facts(seen(start + day, { firstTouchAt: exact(start + 5), lastTouchAt: exact(start + 9) }));
    expect(drafts.filter(({ kind }) => kind === 'touch').map(({ at }) => at)).toEqual([start + 5, start + 9]);
  });

  it('a label stands for the status where the CRM shows no other, and not once the status is known', () => {
    const label = { statusLabel: 'Working', createdAt: exact(start), modifiedAt: exact(start + minute) };
    expect(ofKind(facts(seen(start + day, label)), 'touch')).toMatchObject({ earliest: start, evidence: 'crm-status' });
    const before = known(seen(start + minute, { status: 'New', createdAt: exact(start) }));
    expect(facts(seen(start + day, { statusLabel: 'Working' }), before)).toEqual([]);
    const labelled = known(seen(start + minute, { statusLabel: 'New', createdAt: exact(start) }));
    const later = facts(seen(start + day, { statusLabel: 'Working', modifiedAt: exact(start + 5 * minute) }), labelled);
    expect(ofKind(later, 'touch')).toMatchObject({ earliest: start, at: start + 5 * minute + 1_000 });
  });

  it('a status without an instant happened between the last other sight and the last change', () => {
    const before = known(seen(start + minute, { status: 'New', createdAt: exact(start) }));
    const after = seen(start + 9 * minute, { status: 'Working', modifiedAt: exact(start + 5 * minute) });
    expect(ofKind(facts(after, before), 'touch')).toMatchObject({
      earliest: start + minute,
      at: start + 5 * minute + 1_000,
      evidence: 'crm-status',
    });
  });

  it('at first sight it happened after the creation at the earliest', () => {
    const drafts = facts(seen(start + day, { status: 'Taken', createdAt: exact(start) }));
    expect(ofKind(drafts, 'verdict')).toMatchObject({ verdict: 'accepted', earliest: start, at: start + day });
  });

  it('a status that stays states nothing new', () => {
    const before = known(seen(start, { status: 'Working', createdAt: exact(start - day) }));
    expect(facts(seen(start + minute, { status: 'Working' }), before)).toEqual([]);
  });

  it('a status that nobody explained states nothing', () => {
    expect(facts(seen(start, { status: 'Whatever' }))).toEqual([]);
  });

  it('a dated touch makes the touch of a status superfluous', () => {
    const drafts = facts(seen(start + day, { status: 'Working', firstTouchAt: exact(start) }));
    expect(drafts.filter(({ kind }) => kind === 'touch')).toHaveLength(1);
  });

  it('on hold pauses from the stated instant, and coming back resumes', () => {
    const held = seen(start + day, { status: 'Hold', pausedAt: exact(start + minute) });
    expect(ofKind(facts(held), 'pause')).toMatchObject({ at: start + minute, reason: 'Hold', evidence: 'crm-field' });
    const grounded = known(seen(start + day, { ...held.fields, createdAt: exact(start) }));
    const resumed = facts(seen(start + 2 * day, { status: 'New' }), grounded);
    expect(ofKind(resumed, 'resume')).toMatchObject({ earliest: start + day, at: start + 2 * day });
  });

  it('won and lost end, and coming back from there reopens', () => {
    const lost = seen(start + day, { status: 'Lost', closedAt: exact(start + minute) });
    expect(ofKind(facts(lost), 'disposition')).toMatchObject({ outcome: 'lost', at: start + minute });
    const grounded = known(seen(start + day, { ...lost.fields, createdAt: exact(start) }));
    expect(ofKind(facts(seen(start + 2 * day, { status: 'New' }), grounded), 'reopen')).toBeDefined();
  });

  it('a status proves nothing while the beginning of the lead is not known, and is said as soon as it is', () => {
    const page = seen(start + day, { status: 'Working' });
    expect(facts(page)).toEqual([]);
    const answer = seen(start + day, { status: 'Working', createdAt: exact(start), modifiedAt: exact(start + minute) });
    expect(ofKind(facts(answer, known(page)), 'touch')).toMatchObject({ earliest: start, at: start + minute + 1_000 });
  });

  it('an instant that the API states counts although the page showed the status first', () => {
    const page = seen(start + day, { status: 'Lost', createdAt: exact(start) });
    const answer = seen(start + day, { status: 'Lost', createdAt: exact(start), closedAt: exact(start + minute) });
    const told = ofKind(facts(answer, known(page)), 'disposition');
    expect(told).toMatchObject({ at: start + minute });
    expect(told?.earliest).toBeUndefined();
  });

  it('a new owner is a reassignment, bounded by the two sights', () => {
    const before = known(seen(start, { status: 'New', owner: 'Ana', ownerId: '1' }));
    const drafts = facts(seen(start + day, { status: 'New', owner: 'Bo', ownerId: '2' }), before);
    expect(ofKind(drafts, 'reassignment')).toMatchObject({
      owner: 'Bo',
      ownerId: '2',
      earliest: start,
      at: start + day,
    });
  });

  it('a page that shows no owner id is no change of owner', () => {
    const before = known(seen(start, { status: 'New', owner: 'Ana', ownerId: '1' }));
    expect(facts(seen(start + day, { status: 'New', owner: 'Ana' }), before)).toEqual([]);
  });

  it('a new tier is a change of tier that says what it was before, no later than the record’s last change', () => {
    const before = known(seen(start, { status: 'New', tier: 'Cold' }));
    const drafts = facts(seen(start + day, { status: 'New', tier: 'Hot', modifiedAt: exact(start + minute) }), before);
    expect(ofKind(drafts, 'tier-change')).toMatchObject({
      tier: 'Hot',
      from: 'Cold',
      earliest: start,
      at: start + minute + 1_000,
    });
  });

  it('a tier that is seen for the first time, no more, or only written otherwise is no change', () => {
    const without = known(seen(start, { status: 'New' }));
    const cold = known(seen(start, { status: 'New', tier: 'Cold' }));
    expect(facts(seen(start + day, { status: 'New', tier: 'Hot' }), without)).toEqual([]);
    expect(facts(seen(start + day, { status: 'New', tier: 'Hot' }))).toEqual([]);
    expect(facts(seen(start + day, { status: 'New' }), cold)).toEqual([]);
    expect(facts(seen(start + day, { status: 'New', tier: ' cold' }), cold)).toEqual([]);
    expect(facts(seen(start - day, { status: 'New', tier: 'Hot' }), cold)).toEqual([]);
  });

  it('a late observation from a stale tab adds dated facts only', () => {
    const before = known(seen(start + day, { status: 'Working', ownerId: '2' }));
    const stale = seen(start, { status: 'Hold', ownerId: '1', createdAt: exact(start - minute) });
    expect(facts(stale, before).map(({ kind }) => kind)).toEqual(['hand-off']);
  });

  it('a CRM clock that is behind ours never makes an interval that ends before it begins', () => {
    const before = known(seen(start + 10 * minute, { status: 'New', createdAt: exact(start - minute) }));
    const draft = ofKind(
      facts(seen(start + 11 * minute, { status: 'Working', modifiedAt: exact(start) }), before),
      'touch',
    );
    expect(draft?.earliest).toBeLessThanOrEqual(draft?.at ?? 0);
  });
});

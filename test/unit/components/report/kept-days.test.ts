/** What kept days depend on, and what a list finds in them. */
import { describe, expect, it } from 'vitest';
import { createFaces, facesText } from '../../../../components/report/faces';
import { basisOf } from '../../../../components/report/kept-days';
import type { ReportTerms } from '../../../../lib/messages/report';
import { messageSchemas } from '../../../../lib/messages/schemas';
import { now } from '../../report/quarter';
import { termsOf } from './support';

const terms = (more: Parameters<typeof termsOf>[0] = {}): ReportTerms => {
  const versions = termsOf(more);
  return { asOf: now, agreement: versions[0]!, versions, leads: 1, shown: {} };
};

describe('the basis of kept days', () => {
  it('is another one under other promises, other fields that a CRM shows, and in another build', async () => {
    const one = await basisOf(terms(), '1');
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(await basisOf({ ...terms(), asOf: now + 1, leads: 7 }, '1')).toBe(one);
    const others = await Promise.all([
      basisOf(terms({ retentionDays: 9, atRisk: { share: 0.5, floorMinutes: 1 } }), '1'),
      basisOf({ ...terms(), shown: { 'demo|https://crm.example|lead': { api: ['phone'] } } }, '1'),
      basisOf(terms(), '2'),
    ]);
    expect(new Set([one, ...others]).size).toBe(4);
  });

  it('stays where only teams or the date of the review change', async () => {
    const before = await basisOf(terms(), '1');
    const teams = [{ id: 'alpine', label: 'Alpine', members: ['ada'] }];
    expect(await basisOf(terms({ teams, review: { cadence: 'week', next: '2026-05-04' } }), '1')).toBe(before);
  });
});

describe('faces', () => {
  const fresh = new Map([['b', { name: 'Newer', company: null }]]);
  const kept = { name: 'Ada', company: 'Nimbus' };

  it('come from what is kept, unless they are known better', () => {
    const faces = facesText(['a', 'b', 'c'], { get: (key) => (key === 'c' ? undefined : kept) });
    const all = createFaces([{ leads: ['a', 'b', 'c'], faces }], fresh);
    expect(['a', 'b', 'c', 'd'].map((key) => all.get(key))).toEqual([
      kept,
      { name: 'Newer', company: null },
      { name: null, company: null },
      undefined,
    ]);
  });

  it('are unnamed where what is kept is damaged', () => {
    for (const faces of ['', '{', '7', '[]', '[["a"]]', '[[7],[{}]]', 'null']) {
      const face = createFaces([{ leads: ['x'], faces }], fresh).get('x');
      expect([face?.name ?? null, face?.company ?? null], faces).toEqual([faces === '[["a"]]' ? 'a' : null, null]);
    }
  });
});

describe('what the worker takes for a kept day', () => {
  const day = { day: 10, part: 0, basis: '0'.repeat(32), asOf: 1, leads: ['a'], faces: '', rows: '' };
  const change = (more: object) => ({ session: 1, clear: false, drop: [], put: [{ ...day, ...more }] });
  const isTaken = (value: unknown): boolean => messageSchemas.keepDays().safeParse(value).success;

  it('is bounded in every part', () => {
    expect(isTaken(change({}))).toBe(true);
    const wrong = [
      { day: 1.5 },
      { day: -5_000_000_000 },
      { part: -1 },
      { basis: 'x' },
      { asOf: Number.NaN },
      { leads: Array.from({ length: 401 }, () => 'a') },
      { leads: ['x'.repeat(2_001)] },
      { rows: 'x'.repeat(2_000_001) },
      { rows: 7 },
      { session: 3 },
    ];
    for (const more of wrong) expect(isTaken(change(more)), Object.keys(more).join()).toBe(false);
    expect(isTaken({ ...change({}), session: 0 })).toBe(false);
    expect(isTaken({ ...change({}), drop: [[1]] })).toBe(false);
  });
});

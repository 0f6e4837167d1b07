import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets } from '../../../lib/agreement/presets';
import { consequencesOf, isImpossible } from '../../../lib/agreement/reach';
import type { Condition } from '../../../lib/agreement/schema';
import { smartFindings, type History } from '../../../lib/agreement/smart';
import { validate } from '../../../lib/agreement/validate';
import { allOf, valuesOf } from '../../../lib/lead/conditions';
import { documentWith, rulesWith, type Draft } from './build';

const issues = (change: (draft: Draft) => void, inUse: readonly string[] = []) => {
  const result = validate(documentWith(change), inUse);
  return result.ok ? [] : result.issues.map(({ path, code, params }) => ({ path: path.join('.'), code, params }));
};
const is = (field: 'source' | 'tier', value: string): Condition => ({ field, operator: 'is', value });
const ruled =
  (...whens: readonly (Condition[] | undefined)[]) =>
  (draft: Draft): void => {
    draft['services'].commitments[0].rules = rulesWith(...whens);
  };

describe('what can’t work is refused where it is written', () => {
  it('the built-in agreement works, and so does every preset', () => {
    expect(issues(() => {})).toEqual([]);
    for (const { document } of presets()) expect(validate(document, ['fit', 'data'])).toEqual({ ok: true, document });
  });

  it.each<[string, (draft: Draft) => void, string, string]>([
    [
      'a calendar that never opens',
      (d) => (d['services'].availability.calendars.office.weekly = {}),
      'services.availability.calendars.office.weekly',
      'calendar-never-opens',
    ],
    [
      'cover that ends before it begins',
      (d) =>
        (d['services'].availability.cover = [
          { id: 'one', person: 'Ana', by: 'Luis', from: '2026-08-01', to: '2026-08-01' },
          { id: 'two', person: 'Ana', by: 'Luis', from: '2026-08-02', to: '2026-08-01' },
        ]),
      'services.availability.cover.1.to',
      'ends-before-start',
    ],
    [
      'a target longer than the usual month between reviews, where no review is written',
      (d) => {
        delete d['management'].review;
        d['services'].commitments[0].rules[0].target = { elapsedMinutes: 31 * 1_440 };
      },
      'services.commitments.0.rules.0.target',
      'target-longer-than-review',
    ],
    [
      'a rule behind an unconditional one',
      ruled(undefined, [is('tier', 'hot')]),
      'services.commitments.0.rules.1',
      'rule-after-unconditional',
    ],
    [
      'the same rule again',
      ruled([is('tier', 'hot')], [is('tier', ' HOT ')]),
      'services.commitments.0.rules.1',
      'rule-unreachable',
    ],
    [
      'a narrower rule behind a wider one',
      ruled([{ field: 'source', operator: 'contains', value: 'web' }], [is('source', 'website'), is('tier', 'hot')]),
      'services.commitments.0.rules.1',
      'rule-unreachable',
    ],
    [
      'a rule of which one value was taken',
      ruled([{ field: 'tier', operator: 'in', value: ['hot', 'warm'] }], [is('tier', 'warm')]),
      'services.commitments.0.rules.1',
      'rule-unreachable',
    ],
    [
      'two values of one field',
      ruled([is('tier', 'hot'), is('tier', 'cold')]),
      'services.commitments.0.rules.0.when',
      'conditions-contradict',
    ],
    [
      'present and absent',
      ruled([
        { field: 'email', operator: 'absent' },
        { field: 'email', operator: 'present' },
      ]),
      'services.commitments.0.rules.0.when',
      'conditions-contradict',
    ],
    [
      'a rule for excluded leads',
      (d) => {
        ruled([is('source', 'support')])(d);
        d['services'].scope = { include: [], exclude: [{ when: [is('source', 'support')], why: 'no lead' }] };
      },
      'services.commitments.0.rules.0',
      'rule-out-of-scope',
    ],
    [
      'a rule for leads that are not included',
      (d) => {
        ruled([is('source', 'fair')])(d);
        d['services'].scope = { include: [[is('source', 'web')]], exclude: [] };
      },
      'services.commitments.0.rules.0',
      'rule-out-of-scope',
    ],
    [
      'a scope that takes nothing',
      (d) => (d['services'].scope = { include: [[is('tier', 'a'), is('tier', 'b')], [is('tier', 'a')]], exclude: [] }),
      'services.scope.include.0',
      'conditions-contradict',
    ],
    [
      'a percentage over 100',
      (d) =>
        (d['management'].promises = [{ id: 'a', owedBy: 'sales', measure: 'won-share', value: 101, per: 'month' }]),
      'management.promises.0.value',
      'percent-over-100',
    ],
    [
      'a person in two teams, however the name is written',
      (d) =>
        (d['management'].definitions.teams = [
          { id: 'north', label: 'North', members: ['Ana Ruiz'] },
          { id: 'south', label: 'South', members: ['Lee Park', ' ana  RUIZ'] },
        ]),
      'management.definitions.teams.1.members',
      'member-in-two-teams',
    ],
    [
      'a person twice in a team',
      (d) => (d['management'].definitions.teams = [{ id: 'north', label: 'North', members: ['Ana Ruiz', 'Ana Ruiz'] }]),
      'management.definitions.teams.0.members',
      'member-twice',
    ],
    [
      'an elapsed target longer than the review period',
      (d) => {
        d['management'].review = { cadence: 'week' };
        d['services'].commitments[0].rules[0].target = { elapsedMinutes: 10_081 };
      },
      'services.commitments.0.rules.0.target',
      'target-longer-than-review',
    ],
    [
      'a working target longer than the review period',
      (d) => {
        d['management'].review = { cadence: 'week' };
        d['services'].commitments[0].rules[0].target.workingMinutes = 2_701;
      },
      'services.commitments.0.rules.0.target',
      'target-longer-than-review',
    ],
  ])('%s', (_title, change, path, code) => {
    expect(issues(change)).toEqual([expect.objectContaining({ path, code })]);
  });

  it('a working week of 45 hours fits into a weekly review', () => {
    const change = (d: Draft) => {
      d['management'].review = { cadence: 'week' };
      d['services'].commitments[0].rules[0].target.workingMinutes = 2_700;
    };
    expect(issues(change)).toEqual([]);
  });

  it('a taxonomy that is left out has the usual reasons, and keeps no other one in use', () => {
    const without = (d: Draft): void => {
      delete d['management'].taxonomy;
    };
    expect(issues(without, ['fit', 'data'])).toEqual([]);
    expect(issues(without, ['fit', 'our-own'])).toEqual([
      { path: 'management.taxonomy.reasons', code: 'reason-in-use', params: { reason: 'our-own' } },
    ]);
  });

  it('a reason that facts name stays, or has a successor', () => {
    const reasons = (change: (list: Draft[]) => void) => (d: Draft) => change(d['management'].taxonomy.reasons);
    expect(
      issues(
        reasons((list) => list.shift()),
        ['fit', 'fit'],
      ),
    ).toEqual([{ path: 'management.taxonomy.reasons', code: 'reason-in-use', params: { reason: 'fit' } }]);
    expect(
      issues(
        reasons((list) => (list[0]!['retired'] = {})),
        ['fit'],
      ),
    ).toEqual([{ path: 'management.taxonomy.reasons.0.retired', code: 'reason-in-use', params: { reason: 'fit' } }]);
    expect(
      issues(
        reasons((list) => (list[0]!['retired'] = { successor: 'intent' })),
        ['fit'],
      ),
    ).toEqual([]);
    expect(
      issues(
        reasons((list) => list.shift()),
        [],
      ),
    ).toEqual([]);
  });

  it('500 rules are compared with each other in reasonable time', () => {
    const whens = Array.from({ length: 500 }, (_, index) => [is('source', `campaign ${index}`)]);
    expect(issues(ruled(...whens))).toEqual([]);
    expect(issues(ruled(...whens.slice(1), whens[1]))[0]?.code).toBe('rule-unreachable');
  });
});

describe('reach is certain about what it says', () => {
  const value = fc.constantFrom('', 'a', 'b', 'ab', 'abc');
  const word = fc.constantFrom('a', 'b', 'ab', 'B');
  const condition = fc.oneof(
    fc.record({
      field: fc.constantFrom('source', 'tier'),
      operator: fc.constantFrom('is', 'is-not', 'contains'),
      value: word,
    }),
    fc.record({
      field: fc.constantFrom('source', 'tier'),
      operator: fc.constantFrom('in', 'not-in'),
      value: fc.array(word, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ field: fc.constantFrom('source', 'tier'), operator: fc.constantFrom('present', 'absent') }),
  ) as fc.Arbitrary<Condition>;
  const conditions = fc.array(condition, { maxLength: 4 });

  it('no lead meets what it calls impossible, and whoever meets one meets what that implies', () => {
    fc.assert(
      fc.property(conditions, conditions, value, value, (these, those, source, tier) => {
        const lead = valuesOf({ source, tier }, tier);
        if (!allOf(these)(lead)) return;
        expect(isImpossible(these)).toBe(false);
        expect(!consequencesOf(these)(those) || allOf(those)(lead)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[Condition, Condition, boolean]>([
    [is('tier', 'hot'), { field: 'tier', operator: 'present' }, true],
    [is('tier', 'hot'), { field: 'tier', operator: 'not-in', value: ['cold', 'warm'] }, true],
    [{ field: 'tier', operator: 'not-in', value: ['a', 'b'] }, { field: 'tier', operator: 'is-not', value: 'a' }, true],
    [
      { field: 'tier', operator: 'is-not', value: 'a' },
      { field: 'tier', operator: 'not-in', value: ['a', 'b'] },
      false,
    ],
    [
      { field: 'tier', operator: 'contains', value: 'very hot' },
      { field: 'tier', operator: 'contains', value: 'hot' },
      true,
    ],
    [{ field: 'tier', operator: 'present' }, is('tier', 'hot'), false],
    [is('source', 'hot'), is('tier', 'hot'), false],
  ])('%j implies %j: %s', (these, those, expected) => {
    expect(consequencesOf([these])([those])).toBe(expected);
  });
});

describe('SMART says what misses', () => {
  const nothing: History = { commitments: {}, promises: new Map() };
  const full = documentWith((draft) => {
    draft['services'].aims = [{ id: 'warm', text: 'No lead goes cold' }];
    draft['services'].scope = { include: [], exclude: [{ when: [is('source', 'support')], why: 'no lead' }] };
    draft['services'].commitments = [{ ...draft['services'].commitments[0], aim: 'warm' }];
    draft['services'].responsibilities = [
      { id: 'r', party: 'sales', what: 'Accepting', owner: 'Sam Okoro', covers: ['accept', 'volume'] },
    ];
    draft['management'].review.next = '2026-04-01';
    draft['management'].promises = [
      { id: 'volume', owedBy: 'marketing', measure: 'hand-offs', value: 140, per: 'month', aim: 'warm' },
    ];
  });
  const reached: History = {
    commitments: { accept: { met: 9, judged: 10 } },
    promises: new Map([['volume', [90, 150, 120]]]),
  };
  const codes = (document: typeof full, history: History) =>
    smartFindings(document, history, '2026-03-12').map(({ id, code }) => `${id} ${code}`);

  it('nothing, where all five hold', () => {
    expect(codes(full, reached)).toEqual([]);
  });

  it('everything, where nobody has thought of it', () => {
    const bare = documentWith((draft) => {
      draft['services'].commitments.pop();
      draft['management'].promises = [{ id: 'cost', owedBy: 'marketing', measure: 'cost-per-accepted' }];
    });
    expect(codes(bare, nothing)).toEqual([
      'accept no-owner',
      'accept which-leads',
      'accept no-history',
      'accept no-aim',
      'accept no-review-date',
      'cost no-owner',
      'cost which-leads',
      'cost no-number',
      'cost no-currency',
      'cost no-aim',
      'cost no-period',
      'cost no-review-date',
    ]);
  });

  it('achievable is measured against the own past: floors and ceilings', () => {
    expect(
      smartFindings(
        full,
        { commitments: { accept: { met: 4, judged: 10 } }, promises: new Map([['volume', [90, 120]]]) },
        '2026-03-12',
      ),
    ).toEqual([
      {
        of: 'commitment',
        id: 'accept',
        criterion: 'achievable',
        code: 'rarely-kept',
        params: {},
      },
      {
        of: 'promise',
        id: 'volume',
        criterion: 'achievable',
        code: 'never-reached',
        params: { periods: 2 },
      },
    ]);
    const ceiling = structuredClone(full);
    ceiling.management.promises![0]!.measure = 'touches-per-accepted';
    expect(codes(ceiling, { ...reached, promises: new Map([['volume', [90, 150]]]) })).toEqual([]);
    expect(codes(ceiling, { ...reached, promises: new Map([['volume', [141]]]) })).toEqual(['volume never-reached']);
  });

  it('a review that is over binds nothing any more; one that is today, or another one to come, does', () => {
    const reviewed = (next: string, reviewOn?: string) => {
      const document = structuredClone(full);
      document.management.review!.next = next;
      if (reviewOn !== undefined) document.management.promises![0]!.reviewOn = reviewOn;
      return codes(document, reached);
    };
    expect(reviewed('2026-03-11')).toEqual(['accept review-over', 'volume review-over']);
    expect(reviewed('2026-03-12')).toEqual([]);
    expect(reviewed('2026-03-11', '2026-03-13')).toEqual(['accept review-over']);
    expect(reviewed('2026-03-13', '2026-03-11')).toEqual([]);
  });
});

describe('presets', () => {
  const all = presets();
  const targets = (id: string) =>
    all
      .find((preset) => preset.id === id)!
      .figures.map(({ commitment, rule, target }) => [
        commitment,
        rule,
        'calendar' in target ? target.workingMinutes : target.elapsedMinutes,
      ]);

  it('promise what their names say', () => {
    expect(targets('standard')).toEqual([
      ['accept', 'every-lead', 240],
      ['first-touch', 'every-lead', 60],
    ]);
    expect(targets('fast').filter(([, rule]) => rule === 'demo-request')).toEqual([
      ['accept', 'demo-request', 5],
      ['first-touch', 'demo-request', 15],
    ]);
    expect(targets('moderate').filter(([promise]) => promise === 'first-touch')).toEqual([
      ['first-touch', 'demo-request', 30],
      ['first-touch', 'other-leads', 1_440],
    ]);
    expect(all.find(({ id }) => id === 'agency-client')!.document.parties.sales.label).toEqual({
      en: 'Client',
      es: 'Cliente',
    });
  });

  it('every figure in a document has its source in both languages', () => {
    for (const { document, figures } of all) {
      const rules = document.services.commitments.flatMap(({ id, rules: list }) =>
        list.map((rule) => [id, rule.id, rule.target]),
      );
      expect(figures.map(({ commitment, rule, target }) => [commitment, rule, target])).toEqual(rules);
      for (const { source } of figures)
        expect([source.en.length, source.es.length].every((length) => length > 20)).toBe(true);
    }
  });
});

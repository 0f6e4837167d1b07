import phonePlans from 'libphonenumber-js/metadata.max.json';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../lib/agreement/schema';
import { allOf, valuesOf } from '../../../lib/lead/conditions';
import type { Fact } from '../../../lib/lead/facts';
import { instantFields, textFields, type FieldName, type LeadFields } from '../../../lib/lead/lead';
import { readPhone } from '../../../lib/lead/phone';
import { qualityFlags } from '../../../lib/lead/quality';
import type { QualityContext } from '../../../lib/lead/quality-context';
import type { DuplicateBy, QualityFlag, QualityRule } from '../../../lib/lead/quality-rules';
import { at, fact, handOff, hour, key, lead, minute, pause, touch, verdict } from '../clock/build';

const now = at('fri 12:00');
const everything: ReadonlySet<FieldName> = new Set([...textFields, ...instantFields]);

const plain: QualityContext = {
  now,
  facts: [],
  stages: [],
  personas: [],
  scope: { include: [], exclude: [] },
  readable: everything,
  matches: (conditions, { fields }) => allOf(conditions)(valuesOf(fields, fields.tier)),
  mailKind: (domain) => (domain === 'free.example' ? 'free' : domain === 'gone.example' ? 'disposable' : null),
  phone: (text, country) => readPhone(text, country, phonePlans),
  sharing: new Map(),
};

const flags = (fields: LeadFields, rules: readonly QualityRule[], more: Partial<QualityContext> = {}, seenAt = now) =>
  qualityFlags(lead(fields, seenAt), rules, { ...plain, ...more });
const whats = (found: readonly QualityFlag[]) => found.map(({ what }) => what);

const is = (field: Condition['field'], value: string): Condition => ({ field, operator: 'is', value });
const dismissal = (rule: string, when = now - hour): Fact => fact(when, { kind: 'dismissal', rule, reason: 'checked' });

describe('required', () => {
  const rule: QualityRule = { id: 'need', rule: 'required', fields: ['email', 'phone', 'createdAt'] };

  it('flags each field that is empty, apart', () => {
    expect(flags({ phone: '1' }, [rule])).toMatchObject([
      { rule: 'need', kind: 'required', field: 'email', axis: 'readiness', todo: 'required' },
      { rule: 'need', kind: 'required', field: 'createdAt', what: { code: 'required', field: 'createdAt' } },
    ]);
  });

  it('takes blanks and invisible characters for nothing', () => {
    expect(whats(flags({ email: '\u200b \u00ad', phone: '1', createdAt: { at: 1, precision: 1 } }, [rule]))).toEqual([
      { code: 'required', field: 'email' },
    ]);
  });

  it('says nothing of a field that no page and no API could have shown', () => {
    expect(whats(flags({}, [rule], { readable: new Set(['phone']) }))).toEqual([{ code: 'required', field: 'phone' }]);
    expect(flags({}, [rule], { readable: new Set() })).toEqual([]);
  });

  it('holds from its stage on', () => {
    const late: QualityRule = { id: 'late', rule: 'required', fields: ['phone'], stage: 'b' };
    const stages = ['a', 'b', 'c'].map((id) => ({ id, when: [[is('tier', id)]] }));
    const found = (tier: string) => flags({ tier }, [late], { stages }).length;
    expect(['a', 'b', 'c', 'none'].map(found)).toEqual([0, 1, 1, 0]);
  });

  it('may name what a status means where the agreement has no such stage', () => {
    const late: QualityRule = { id: 'late', rule: 'required', fields: ['phone'], stage: 'accepted' };
    expect(flags({}, [late], { meaning: 'accepted' })).toHaveLength(1);
    expect(flags({}, [late], { meaning: 'new' })).toEqual([]);
    expect(flags({}, [late])).toEqual([]);
  });
});

describe('mail', () => {
  const free: QualityRule = { id: 'free', rule: 'free-mail' };
  const syntax: QualityRule = { id: 'mail', rule: 'mail-syntax' };

  it.each([
    ['ana@free.example', [{ code: 'free-mail', domain: 'free.example' }]],
    ['ANA@FREE.EXAMPLE', [{ code: 'free-mail', domain: 'free.example' }]],
    ['\u200bana@free.example', [{ code: 'free-mail', domain: 'free.example' }]],
    ['ana@gone.example', [{ code: 'disposable-mail', domain: 'gone.example' }]],
    ['ana@acme.example', []],
    ['ana@müller.example', []],
    ['ana at free.example', [{ code: 'mail-syntax' }]],
    ['<img src=x onerror=alert(1)>@free.example', [{ code: 'mail-syntax' }]],
    ['@'.repeat(500), [{ code: 'mail-syntax' }]],
    [`${'a.'.repeat(245)}@free.example`, [{ code: 'mail-syntax' }]],
    [' \u200b ', []],
  ])('%s', (email, expected) => expect(whats(flags({ email }, [free, syntax]))).toEqual(expected));

  it('is fit for a throw-away address, and data for a private one', () => {
    expect(flags({ email: 'a@gone.example' }, [free])).toMatchObject([{ axis: 'fit', field: 'email' }]);
    expect(flags({ email: 'a@free.example' }, [free])).toMatchObject([{ axis: 'readiness', field: 'email' }]);
  });

  it('says nothing of free addresses while the lists are not at hand', () => {
    const { mailKind: _without, ...context } = plain;
    expect(qualityFlags(lead({ email: 'ana@free.example' }), [free], context)).toEqual([]);
  });
});

describe('phone', () => {
  const anywhere: QualityRule = { id: 'phone', rule: 'phone' };
  const spain: QualityRule = { id: 'phone', rule: 'phone', country: 'ES' };

  it.each([
    ['+44 20 7946 0958', anywhere, []],
    ['+44 20 7946 0958', spain, []],
    ['600 12 34 56', spain, []],
    ['600 12 34 56', anywhere, []],
    ['600 12 34', spain, [{ code: 'phone', country: 'ES' }]],
    ['+34 600 12 34', anywhere, [{ code: 'phone', country: 'ES' }]],
    ['n/a', anywhere, [{ code: 'phone' }]],
    ['\u202e\u200b', anywhere, []],
    ['9'.repeat(500), spain, [{ code: 'phone', country: 'ES' }]],
  ] as const)('%s', (phone, rule, expected) => expect(whats(flags({ phone }, [rule]))).toEqual(expected));

  it('says nothing while the numbering plans are not at hand', () => {
    const { phone: _without, ...context } = plain;
    expect(qualityFlags(lead({ phone: 'n/a' }), [spain], context)).toEqual([]);
  });
});

describe('duplicate', () => {
  const rule: QualityRule = { id: 'twice', rule: 'duplicate', by: ['email', 'phone', 'name-company'] };
  const sharing = (by: DuplicateBy, ...leads: string[]) => ({ sharing: new Map([[by, leads]]) });

  it('names the others and by what, and not itself', () => {
    expect(flags({}, [rule], sharing('email', 'demo|x|lead|3', key, 'demo|x|lead|2'))).toMatchObject([
      { axis: 'fit', what: { by: 'email', leads: ['demo|x|lead|2', 'demo|x|lead|3'], count: 2 } },
    ]);
    expect(flags({}, [rule], sharing('email', key))).toEqual([]);
  });

  it('names five, and counts all', () => {
    const others = Array.from({ length: 50 }, (_, index) => `demo|x|lead|${index + 10}`);
    const [flag] = flags({}, [rule], sharing('phone', ...others));
    expect(flag?.what).toMatchObject({ by: 'phone', count: 50, leads: others.slice(0, 5) });
  });

  it('goes by what the rule names, in its order', () => {
    const byPhone: QualityRule = { id: 'twice', rule: 'duplicate', by: ['phone'] };
    expect(flags({}, [byPhone], sharing('email', 'b'))).toEqual([]);
    const both = new Map<DuplicateBy, string[]>([
      ['email', ['b']],
      ['name-company', ['c']],
    ]);
    const byName: QualityRule = { id: 'twice', rule: 'duplicate', by: ['name-company', 'email'] };
    expect(whats(flags({}, [byName], { sharing: both }))).toMatchObject([{ by: 'name-company', leads: ['c'] }]);
  });
});

describe('persona and scope', () => {
  const persona: QualityRule = { id: 'who', rule: 'persona' };
  const scope: QualityRule = { id: 'where', rule: 'scope' };
  const personas = [{ when: [[is('source', 'fair')]] }, { when: [[is('region', 'ES'), is('tier', 'A')]] }];

  it('flags a lead of no persona, and nothing where there are none', () => {
    expect(whats(flags({ source: 'web', region: 'ES', tier: 'B' }, [persona], { personas }))).toEqual([
      { code: 'persona' },
    ]);
    expect(flags({ source: 'fair' }, [persona], { personas })).toEqual([]);
    expect(flags({ region: 'es', tier: 'a' }, [persona], { personas })).toEqual([]);
    expect(flags({}, [persona])).toEqual([]);
    expect(flags({}, [persona], { personas: [{ when: [] }] })).toEqual([]);
  });

  it('does not judge by a field that could not be read', () => {
    const readable = new Set<FieldName>(['source']);
    expect(flags({ source: 'web' }, [persona], { personas, readable })).toEqual([]);
    expect(flags({ source: 'web', region: 'FR', tier: 'A' }, [persona], { personas, readable })).toHaveLength(1);
  });

  const terms = {
    include: [[is('region', 'ES')], [is('region', 'PT')]],
    exclude: [{ when: [is('source', 'job ad')], why: { en: 'Applicants', es: 'Candidatos' } }],
  };

  it('flags what is in no group, and what a group excludes with its reason', () => {
    expect(whats(flags({ region: 'FR' }, [scope], { scope: terms }))).toEqual([{ code: 'scope' }]);
    expect(whats(flags({ region: 'PT', source: 'Job Ad' }, [scope], { scope: terms }))).toEqual([
      { code: 'scope-excluded', why: { en: 'Applicants', es: 'Candidatos' } },
    ]);
    expect(flags({ region: 'PT' }, [scope], { scope: terms })).toEqual([]);
    expect(flags({ region: 'FR' }, [scope])).toEqual([]);
  });

  it('does not exclude by a field that could not be read', () => {
    const hidden = { include: [], exclude: [{ when: [{ field: 'source', operator: 'absent' } as const], why: 'x' }] };
    expect(flags({}, [scope], { scope: hidden, readable: new Set() })).toEqual([]);
    expect(flags({}, [scope], { scope: hidden })).toHaveLength(1);
    expect(flags({}, [scope], { scope: terms, readable: new Set() })).toEqual([]);
  });
});

describe('stale', () => {
  const rule: QualityRule = { id: 'old', rule: 'stale', elapsedMinutes: 60 };
  const modified = (when: number) => ({ modifiedAt: { at: when, precision: 0 } });
  const long = now - 5 * hour;

  it('flags a lead on which nothing happened for longer than the rule', () => {
    expect(whats(flags(modified(long), [rule]))).toEqual([{ code: 'stale', since: long }]);
    expect(whats(flags({}, [rule], { facts: [handOff(long)] }))).toEqual([{ code: 'stale', since: long }]);
  });

  it('is not at exactly the limit', () => {
    expect(flags(modified(now - hour), [rule])).toEqual([]);
    expect(flags(modified(now - hour - 1), [rule])).toHaveLength(1);
  });

  it.each([
    ['a touch', { facts: [touch(now - minute)] }],
    ['a note', { facts: [fact(now - minute, { kind: 'note', text: 'called' })] }],
    ['a status of rest', { meaning: 'won' as const }],
    ['a pause without end', { facts: [pause(long)] }],
    ['a pause until later', { facts: [pause(long, now + hour)] }],
    ['a pause that ended just now', { facts: [pause(long, now - minute)] }],
    ['a rejection', { facts: [verdict(long, 'rejected')] }],
    ['a disposition', { facts: [fact(long, { kind: 'disposition', outcome: 'won' })] }],
    ['recycled until later', { facts: [fact(long, { kind: 'verdict', verdict: 'recycled', until: now + hour })] }],
  ])('is none after %s', (_, more) => expect(flags(modified(long), [rule], more)).toEqual([]));

  it('is not undone by facts about rules', () => {
    expect(flags(modified(long), [rule], { facts: [dismissal('other', now - minute)] })).toHaveLength(1);
  });

  it('gives a vague instant the benefit of the doubt', () => {
    expect(flags({ modifiedAt: { at: long, precision: 24 * hour } }, [rule])).toEqual([]);
  });

  it('rule 12: is unknown where nobody looked since the time was up, or where no instant is known', () => {
    expect(flags(modified(long), [rule], {}, long + hour)).toEqual([]);
    expect(flags(modified(long), [rule], {}, long + hour + 1)).toHaveLength(1);
    expect(flags({}, [rule])).toEqual([]);
  });

  it('rule 12: is unknown where touches could not be read', () => {
    const unread = { ...lead(modified(long), now), touchesUnread: true } as const;
    expect(qualityFlags(unread, [rule], plain)).toEqual([]);
  });
});

describe('a dismissal', () => {
  const rules: readonly QualityRule[] = [
    { id: 'mail', rule: 'mail-syntax' },
    { id: 'need', rule: 'required', fields: ['phone', 'region'] },
  ];

  it('silences the flag for the value that the lead had, until the value changes', () => {
    const [flag] = flags({ email: 'ana', phone: '1', region: 'ES' }, rules);
    const facts = [dismissal(flag?.dismissAs ?? '')];
    expect(flag?.dismissAs).toMatch(/^mail#[0-9a-f]{8}$/);
    expect(flags({ email: 'ana', phone: '1', region: 'ES' }, rules, { facts })).toEqual([]);
    expect(flags({ email: 'bo', phone: '1', region: 'ES' }, rules, { facts })).toMatchObject([{ rule: 'mail' }]);
  });

  it('of one missing field leaves the other', () => {
    const [first] = flags({}, rules);
    expect(flags({}, rules, { facts: [dismissal(first?.dismissAs ?? '')] })).toMatchObject([{ field: 'region' }]);
  });

  it('that names the rule alone holds until the CRM says that the record changed', () => {
    const facts = [dismissal('mail', now - hour)];
    const record = { email: 'ana', phone: '1', region: 'ES' };
    expect(flags(record, rules, { facts })).toEqual([]);
    expect(flags({ ...record, modifiedAt: { at: now - 2 * hour, precision: 1 } }, rules, { facts })).toEqual([]);
    expect(flags({ ...record, modifiedAt: { at: now - minute, precision: 1 } }, rules, { facts })).toHaveLength(1);
  });

  it('of duplicates ends when another one turns up', () => {
    const twice: QualityRule = { id: 'twice', rule: 'duplicate', by: ['email'] };
    const fields = { email: 'ana@acme.example' };
    const others = (...leads: string[]) => ({ sharing: new Map([['email' as const, leads]]) });
    const [flag] = flags(fields, [twice], others('b'));
    const facts = [dismissal(flag?.dismissAs ?? '')];
    expect(flags(fields, [twice], { ...others('b'), facts })).toEqual([]);
    expect(flags(fields, [twice], { ...others('b', 'c'), facts })).toHaveLength(1);
  });

  it('of another rule or for another value changes nothing', () => {
    const facts = [dismissal('need'), dismissal('mail#00000000'), dismissal('')];
    expect(flags({ email: 'ana', phone: '1', region: 'ES' }, rules, { facts })).toHaveLength(1);
  });
});

it('speaks in the written order of the rules, and holds no value of the lead', () => {
  const rules: readonly QualityRule[] = [
    { id: 'b', rule: 'phone' },
    { id: 'a', rule: 'mail-syntax' },
  ];
  const found = flags({ phone: '+34 600', email: 'secret-address' }, rules);
  expect(found.map(({ rule }) => rule)).toEqual(['b', 'a']);
  expect(JSON.stringify(found)).not.toMatch(/secret|600/);
});

it('reports the speed of 20,000 leads and eight rules without phones', ({ annotate }) => {
  const rules: readonly QualityRule[] = [
    { id: '1', rule: 'required', fields: ['email', 'phone', 'company'] },
    { id: '2', rule: 'free-mail' },
    { id: '3', rule: 'mail-syntax' },
    { id: '4', rule: 'phone' },
    { id: '5', rule: 'duplicate', by: ['email', 'name-company'] },
    { id: '6', rule: 'persona' },
    { id: '7', rule: 'scope' },
    { id: '8', rule: 'stale', elapsedMinutes: 60 },
  ];
  const tests = new WeakMap<readonly Condition[], ReturnType<typeof allOf>>();
  const { phone: _without, ...rest } = plain;
  const context: QualityContext = {
    ...rest,
    personas: [{ when: [[is('region', 'ES')], [is('source', 'fair')]] }],
    scope: { include: [[is('region', 'ES')]], exclude: [] },
    sharing: new Map([['email', ['y']]]),
    matches(conditions, { fields }) {
      let test = tests.get(conditions);
      if (!test) tests.set(conditions, (test = allOf(conditions)));
      return test(valuesOf(fields, fields.tier));
    },
  };
  const leads = Array.from({ length: 20_000 }, (_, index) =>
    lead(
      {
        name: `Ana López ${index}`,
        company: `Acme ${index} S.L.`,
        email: `ana.${index}@${index % 2 ? 'free' : 'acme'}.example`,
        region: index % 3 ? 'ES' : 'FR',
        modifiedAt: { at: now - index * minute, precision: 1 },
      },
      now,
    ),
  );
  // Time of the processor: the clock on the wall measures who else is at work.
  const from = process.cpuUsage().user;
  const found = leads.map((one) => qualityFlags(one, rules, context).length);
  const took = (process.cpuUsage().user - from) / 1_000;
  expect(found.some((count) => count > 3)).toBe(true);
  console.log(`20,000 leads, 8 rules: ${took.toFixed(0)} ms`);
  return annotate(`${took.toFixed(0)} ms`);
});

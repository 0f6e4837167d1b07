/**
 * Invariants: what is signed does not depend on how it was written down; there are differences exactly when two versions say
 * different things; approved means that both sides signed this very content, and nothing else makes it so.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentOf, signedText } from '../../../lib/agreement/canonical';
import { differences } from '../../../lib/agreement/diff';
import type { AgreementDocument } from '../../../lib/agreement/document';
import { documentSchema } from '../../../lib/agreement/document';
import {
  edited,
  isApproved,
  nextDraft,
  propose,
  sign,
  stageOf,
  validSignatures,
  withdraw,
  type Step,
} from '../../../lib/agreement/lifecycle';
import { documents, documentWith, hashOf, reordered, rulesWith, type Draft } from './build';

const day = 86_400_000;
const effective = Date.parse('2026-03-02T08:00:00Z');
const before = effective - 10 * day;

const done = (step: Step): AgreementDocument => {
  if (!step.ok) throw new Error(step.code);
  return step.document;
};
const refusal = (step: Step): string => (step.ok ? 'none' : step.code);
const ana = { party: 'marketing', by: 'Ana Ruiz', at: before } as const;
const sam = { party: 'sales', by: 'Sam Okoro', at: before + 1 } as const;
const proposeIt = (document: AgreementDocument) => propose(document, hashOf(document), ana, 0);
const signIt = (document: AgreementDocument, actor: typeof ana | typeof sam) => sign(document, hashOf(document), actor);
const approved = (document = documentWith()): AgreementDocument =>
  done(signIt(done(signIt(done(proposeIt(document)), ana)), sam));
const stage = (document: AgreementDocument, now: number, successorFrom?: number) =>
  stageOf(document, hashOf(document), now, successorFrom);

describe('the text that is signed', () => {
  it('is the same in whatever order the keys were written', () => {
    fc.assert(
      fc.property(documents, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (document, stream) => {
        const other = reordered(document, () => stream.next().value as number) as AgreementDocument;
        expect(signedText(other)).toBe(signedText(document));
      }),
    );
  });

  it('is JSON that says the same, and is what the schema reads back', () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(documentSchema.parse(JSON.parse(signedText(document)))).toEqual(contentOf(document));
      }),
    );
  });

  it('has no signatures in it, and leaves out what is undefined', () => {
    expect(signedText(approved())).toBe(signedText(documentWith()));
    expect(canonicalJson({ b: undefined, a: [undefined, null, 'é"', 1e21] })).toBe('{"a":[null,null,"é\\"",1e+21]}');
  });
});

describe('differences', () => {
  it('are none exactly when two versions say the same', () => {
    fc.assert(
      fc.property(documents, documents, (a, b) => {
        const isSame =
          canonicalJson({ ...contentOf(a), version: 0 }) === canonicalJson({ ...contentOf(b), version: 0 });
        expect(differences(a, b).length === 0).toBe(isSame);
        expect(differences(a, structuredClone(a))).toEqual([]);
      }),
    );
  });

  it('are told of every place where a value can change', () => {
    fc.assert(
      fc.property(documents, fc.nat(), (document, pick) => {
        const draft = structuredClone(document) as unknown as Draft;
        const leaves = places(draft, []).filter(([first]) => first !== 'version' && first !== 'approval');
        const path = leaves[pick % leaves.length]!;
        const holder = path.slice(0, -1).reduce<Draft>((at, step) => at[step], draft);
        holder[path.at(-1)!] = `${String(holder[path.at(-1)!])} changed`;
        expect(differences(document, draft as unknown as AgreementDocument).length).toBeGreaterThan(0);
      }),
    );
  });

  it('name the promise, the rule and both targets', () => {
    const minutes = (target: number) =>
      documentWith((draft) => {
        draft['services'].commitments[1] = {
          ...draft['services'].commitments[1],
          title: { en: 'First touch', es: 'Primer contacto' },
        };
        draft['services'].commitments[1].rules = [
          { id: 'demo', title: 'Demo request', target: { workingMinutes: target, calendar: 'office' } },
        ];
      });
    expect(differences(minutes(60), minutes(30))).toEqual([
      {
        area: 'target',
        change: 'changed',
        path: ['services', 'commitments', 'first-touch', 'rules', 'demo', 'target'],
        subjects: [{ en: 'First touch', es: 'Primer contacto' }, 'Demo request'],
        from: { workingMinutes: 60, calendar: 'office' },
        to: { workingMinutes: 30, calendar: 'office' },
      },
    ]);
  });

  it.each<[string, (draft: Draft) => void, string]>([
    [
      'a rule that is new',
      (d) => d['services'].commitments[0].rules.unshift(...rulesWith([{ field: 'tier', operator: 'present' }])),
      'rule added',
    ],
    ['a promise that is gone', (d) => d['services'].commitments.pop(), 'commitment removed'],
    [
      'the other order',
      (d) => (d['services'].commitments = d['services'].commitments.toReversed()),
      'commitment moved',
    ],
    [
      'another condition',
      (d) => (d['services'].commitments[0].rules[0].when = [{ field: 'tier', operator: 'present' }]),
      'condition added',
    ],
    ['a holiday', (d) => (d['services'].availability.calendars.office.holidays = ['2026-12-25']), 'calendar added'],
    ['a reason that is retired', (d) => (d['management'].taxonomy.reasons[0].retired = {}), 'reason added'],
    ['another owner of a promise', (d) => (d['services'].commitments[0].owedBy = 'marketing'), 'commitment changed'],
    ['another day', (d) => (d['effectiveFrom'] = '2026-04-01T08:00:00Z'), 'effective changed'],
    ['who signs', (d) => (d['parties'].sales.signatories = ['Sam Okoro']), 'party changed'],
    ['a clause', (d) => (d['management'].clauses = [{ number: '1', text: 'a' }]), 'clause added'],
    [
      'a status',
      (d) => (d['management'].definitions.statuses = { espocrm: { Lead: { Dead: 'lost' } } }),
      'status added',
    ],
    [
      'the first team',
      (d) => (d['management'].definitions.teams = [{ id: 'north', label: 'North', members: ['Ana Ruiz'] }]),
      'team added',
    ],
    ['retention', (d) => (d['management'].retentionDays = 30), 'retention changed'],
    [
      'a name of the language',
      (d) => (d['services'].availability.calendars['constructor'] = d['services'].availability.calendars.office),
      'calendar added',
    ],
  ])('say what kind of thing changed: %s', (_title, change, expected) => {
    const found = differences(documentWith(), documentWith(change));
    expect(found.map(({ area, change: kind }) => `${area} ${kind}`)).toEqual([expected]);
  });

  it('tell a team by its name, also the first one, and who joined it', () => {
    const teams = (members: readonly string[]) =>
      documentWith((d) => (d['management'].definitions.teams = [{ id: 'north', label: 'North', members }]));
    expect(differences(documentWith(), teams(['Ana Ruiz']))).toMatchObject([
      { change: 'added', path: ['management', 'definitions', 'teams', 'north'], subjects: ['North'] },
    ]);
    expect(differences(teams(['Ana Ruiz']), teams(['Ana Ruiz', 'Lee Park']))).toMatchObject([
      { area: 'team', change: 'changed', subjects: ['North'], from: ['Ana Ruiz'], to: ['Ana Ruiz', 'Lee Park'] },
    ]);
    // An empty list of teams is another text to sign than none, and is said to be there.
    const none = documentWith((d) => (d['management'].definitions.teams = []));
    expect(differences(documentWith(), none)).toMatchObject([{ area: 'team', change: 'added', to: [] }]);
  });

  it('are at most 2,000 statements', () => {
    const reasons = (label: string) =>
      documentWith((draft) => {
        draft['management'].clauses = Array.from({ length: 2_500 }, (_, index) => ({
          number: `${index}`,
          text: label,
        }));
      });
    expect(differences(reasons('a'), reasons('b'))).toHaveLength(2_000);
  });
});

/** Paths of all values that are no object or list. */
function places(value: unknown, path: readonly string[]): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([name, item]) => places(item, [...path, name]));
}

describe('the procedure', () => {
  it('draft, proposed, approved by both, effective at its instant, superseded by the next', () => {
    const draft = documentWith();
    expect(stage(draft, before)).toBe('draft');
    const proposed = done(proposeIt(draft));
    expect(stage(proposed, before)).toBe('proposed');
    expect(stage(done(signIt(proposed, ana)), before)).toBe('proposed');
    const both = approved();
    expect(stage(both, effective - 1)).toBe('approved');
    expect(stage(both, effective)).toBe('effective');
    expect(stage(both, effective + day, effective + 2 * day)).toBe('effective');
    expect(stage(both, effective + 2 * day, effective + 2 * day)).toBe('superseded');
    expect(documentSchema.parse(both)).toEqual(both);
  });

  it('any edit after a signature voids it, through the editor or around it', () => {
    const both = approved();
    const changed = edited(both, { ...contentOf(both), notes: 'a word more' });
    expect(changed.approval).toBeUndefined();
    expect(stage({ ...both, notes: 'a word more' }, effective)).toBe('draft');
    expect(validSignatures({ ...both, version: 9 }, hashOf({ ...both, version: 9 }))).toEqual([]);
    expect(edited(both, { ...both, notes: 'with the signatures smuggled along' }).approval).toBeUndefined();
  });

  it('an edit that changes nothing keeps the signatures', () => {
    const both = approved();
    expect(
      stage(edited(both, reordered(contentOf(both), Math.cos.bind(null, 1)) as AgreementDocument), effective),
    ).toBe('effective');
  });

  it('who is not named cannot sign, nor for the other side; a forged signature counts for nothing', () => {
    const proposed = done(proposeIt(documentWith()));
    const hash = hashOf(proposed);
    expect(refusal(sign(proposed, hash, { ...ana, by: 'Eve Black' }))).toBe('not-named');
    expect(refusal(sign(proposed, hash, { ...ana, party: 'sales' }))).toBe('not-named');
    const forged = {
      ...proposed,
      approval: {
        signatures: [
          { ...ana, hash },
          { ...sam, by: 'Eve Black', hash },
        ],
      },
    };
    expect(isApproved(forged, hash)).toBe(false);
    expect(
      isApproved(
        {
          ...forged,
          approval: {
            signatures: [
              { ...ana, hash },
              { ...sam, hash },
            ],
          },
        },
        hash,
      ),
    ).toBe(true);
  });

  it('names are people’s: neither case, blanks nor how an accent is stored matter', () => {
    const document = documentWith((draft) => (draft['parties'].sales.signatories = ['José Núñez'.normalize('NFC')]));
    const proposed = done(proposeIt(document));
    expect(refusal(sign(proposed, hashOf(proposed), { ...sam, by: ' JOSÉ NÚÑEZ '.normalize('NFD') }))).toBe('none');
  });

  it.each<[string, (draft: Draft) => void, number, string]>([
    ['nobody may sign for a side', (d) => delete d['parties'].sales.signatories, before, 'no-signatory'],
    ['it has no instant', (d) => delete d['effectiveFrom'], before, 'no-effective-instant'],
    ['its instant has passed', () => {}, effective, 'effective-too-soon'],
    [
      'the agreed notice is not kept',
      (d) => (d['management'].update = { noticeDays: 11 }),
      before,
      'effective-too-soon',
    ],
    ['the agreed notice is just kept', (d) => (d['management'].update = { noticeDays: 10 }), before, 'none'],
  ])('no proposal where %s', (_title, change, at, expected) => {
    const document = documentWith(change);
    expect(refusal(propose(document, hashOf(document), { ...ana, at }, 0))).toBe(expected);
  });

  it('a version that is there already is not proposed again, and the next draft has the next number', () => {
    const document = documentWith();
    expect(refusal(propose(document, hashOf(document), ana, 1))).toBe('version-not-newer');
    expect(refusal(proposeIt(done(proposeIt(document))))).toBe('already-proposed');
    const next = nextDraft(approved(), 4);
    expect(next).toMatchObject({ version: 5, services: document.services });
    expect([next.approval, next.effectiveFrom]).toEqual([undefined, undefined]);
  });

  it('a side signs once, only what is proposed, and not after its instant', () => {
    const document = documentWith();
    expect(refusal(signIt(document, ana))).toBe('not-proposed');
    const once = done(signIt(done(proposeIt(document)), ana));
    expect(refusal(signIt(once, ana))).toBe('already-signed');
    expect(refusal(sign(once, hashOf(once), { ...sam, at: effective }))).toBe('effective-too-soon');
  });

  it('a signature from a browser whose clock is ahead counts; where it stands follows our own time', () => {
    const proposed = done(proposeIt(documentWith()));
    const once = done(signIt(proposed, ana));
    const ahead = done(sign(once, hashOf(once), { ...sam, at: effective - 1 }));
    expect(stage(ahead, before)).toBe('approved');
  });

  it('a proposal is withdrawn until it is in force', () => {
    const both = approved();
    expect(stage(done(withdraw(both, hashOf(both), before)), before)).toBe('draft');
    expect(refusal(withdraw(both, hashOf(both), effective))).toBe('already-effective');
  });

  it('approved means both sides signed this very content, whatever people do in whatever order', () => {
    const act = fc.oneof(
      fc.record({ do: fc.constant('propose' as const), party: fc.constantFrom('marketing', 'sales') }),
      fc.record({
        do: fc.constant('sign' as const),
        party: fc.constantFrom('marketing', 'sales'),
        by: fc.constantFrom('Ana Ruiz', 'Sam Okoro', 'Lee Park', 'Eve Black'),
      }),
      fc.record({ do: fc.constant('edit' as const), notes: fc.constantFrom('a', 'b') }),
      fc.constant({ do: 'withdraw' as const }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        let document = documentWith();
        let signers = new Map<string, string>();
        acts.forEach((one, index) => {
          const at = before + index;
          const hash = hashOf(document);
          if (one.do === 'edit') {
            if (document.notes !== one.notes) signers = new Map();
            document = edited(document, { ...contentOf(document), notes: one.notes });
            return;
          }
          const step =
            one.do === 'propose'
              ? propose(document, hash, { party: one.party, by: 'anyone', at }, 0)
              : one.do === 'sign'
                ? sign(document, hash, { party: one.party, by: one.by, at })
                : withdraw(document, hash, at);
          if (!step.ok) return;
          if (one.do === 'withdraw') signers = new Map();
          if (one.do === 'sign') signers.set(one.party, one.by);
          document = step.document;
        });
        const isBoth =
          signers.get('marketing') === 'Ana Ruiz' && ['Sam Okoro', 'Lee Park'].includes(signers.get('sales') ?? '');
        expect(stage(document, effective - 1) === 'approved').toBe(isBoth);
        expect(documentSchema.safeParse(document).success).toBe(true);
      }),
    );
  });
});

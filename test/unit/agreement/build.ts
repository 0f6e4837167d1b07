/** Documents and loose JSON for the agreement's tests. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { signedText } from '../../../lib/agreement/canonical';
import { defaultAgreement } from '../../../lib/agreement/default';
import type { AgreementDocument, DocumentRule } from '../../../lib/agreement/document';
import { documentOf } from '../../../lib/agreement/migrate';
import { presets } from '../../../lib/agreement/presets';
import { commitmentIds, type WrittenAgreement } from '../../../lib/agreement/schema';

/** As loose JSON, to be damaged. */
export type Draft = Record<string, ReturnType<typeof JSON.parse>>;

export const hashOf = (document: AgreementDocument): string =>
  createHash('sha256').update(signedText(document)).digest('hex');

/** The built-in promises as a document that two named people may sign. */
export function documentWith(change: (draft: Draft) => void = () => {}): AgreementDocument {
  const draft = structuredClone(documentOf(defaultAgreement)) as unknown as Draft;
  draft['parties'] = { marketing: { signatories: ['Ana Ruiz'] }, sales: { signatories: ['Sam Okoro', 'Lee Park'] } };
  draft['effectiveFrom'] = '2026-03-02T08:00:00Z';
  change(draft);
  return draft as unknown as AgreementDocument;
}

/** First-touch rules of the built-in calendar, with these conditions. */
export function rulesWith(...whens: readonly DocumentRule['when'][]): DocumentRule[] {
  const target = { workingMinutes: 60, calendar: 'office' };
  return whens.map((when, index) => (when ? { id: `rule-${index}`, when, target } : { id: `rule-${index}`, target }));
}

const text = fc
  .string({ minLength: 1, maxLength: 12 })
  .filter((one) => one.trim() === one && one !== '' && one !== '__proto__');
const condition = fc.oneof(
  fc.record({
    field: fc.constantFrom('source', 'tier'),
    operator: fc.constantFrom('is', 'is-not', 'contains'),
    value: text,
  }),
  fc.record({
    field: fc.constantFrom('region', 'company'),
    operator: fc.constantFrom('in', 'not-in'),
    value: fc.array(text, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ field: fc.constantFrom('email', 'phone'), operator: fc.constantFrom('present', 'absent') }),
);
const target = fc.oneof(
  fc.record({ workingMinutes: fc.integer({ min: 1, max: 525_600 }), calendar: fc.constant('office') }),
  fc.record({ elapsedMinutes: fc.double({ min: 0.1, max: 525_600, noNaN: true }) }),
);
const conditional = fc.record({ when: fc.array(condition, { minLength: 1, maxLength: 4 }), target });
const id = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,12}$/);
const idOf = ({ id: own }: { readonly id: string }): string => own;
const words = fc.oneof(text, fc.record({ en: text, es: text }));

const additions = fc.record(
  {
    parties: fc.record({ marketing: fc.record({ label: words }), sales: fc.constant({}) }),
    attempts: fc.integer({ min: 1, max: 50 }),
    recycles: fc.integer({ min: 0, max: 50 }),
    personas: fc.uniqueArray(
      fc.record({
        id,
        label: words,
        when: fc.array(fc.array(condition, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
      }),
      { selector: idOf, maxLength: 3 },
    ),
    scope: fc.record({
      include: fc.array(fc.array(condition, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
      exclude: fc.array(fc.record({ when: fc.array(condition, { minLength: 1, maxLength: 2 }), why: words }), {
        maxLength: 2,
      }),
    }),
    promises: fc.uniqueArray(
      fc.record(
        {
          id,
          owedBy: fc.constantFrom('marketing', 'sales'),
          measure: fc.constantFrom('hand-offs', 'won-share'),
          value: fc.integer({ min: 0, max: 100 }),
          per: fc.constantFrom('week', 'month', 'quarter'),
          aim: id,
        },
        { requiredKeys: ['id', 'owedBy', 'measure', 'value', 'per'] },
      ),
      { selector: idOf, maxLength: 4 },
    ),
    teams: fc.uniqueArray(fc.record({ id, label: words, members: fc.array(text, { maxLength: 3 }) }), {
      selector: idOf,
      maxLength: 3,
    }),
    quality: fc.constant([{ id: 'named', rule: 'required', fields: ['email'], stage: 'interest' }]),
    retentionDays: fc.integer({ min: 30, max: 3_650 }),
  },
  { requiredKeys: [] },
);

/** Every kind of flat agreement: with and without titles, instants, conditions, statuses, and what was added later. */
export const flatAgreements: fc.Arbitrary<WrittenAgreement> = fc
  .record(
    {
      schema: fc.constant(1),
      id: text,
      version: fc.integer({ min: 1, max: 1_000_000 }),
      atRisk: fc.record({
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        floorMinutes: fc.integer({ min: 0, max: 1_440 }),
      }),
      calendars: fc.constant(defaultAgreement.calendars),
      commitments: fc.uniqueArray(
        fc.record(
          {
            id: fc.constantFrom(...commitmentIds),
            owedBy: fc.constantFrom('sales', 'marketing'),
            rules: fc
              .tuple(fc.array(conditional, { maxLength: 3 }), fc.option(target, { nil: undefined }))
              .map(([some, last]) =>
                last || some.length === 0 ? some.concat({ target: last ?? { elapsedMinutes: 1 } } as never) : some,
              ),
            clause: text,
            touches: fc.integer({ min: 1, max: 100 }),
          },
          { requiredKeys: ['id', 'owedBy', 'rules'] },
        ),
        { selector: idOf },
      ),
      title: text,
      effectiveFrom: fc.constant('2026-03-02T08:00:00+01:00'),
      enforcedFrom: fc.constant('2026-03-09T08:00:00Z'),
      statuses: fc.dictionary(text, fc.dictionary(text, fc.dictionary(text, fc.constantFrom('new', 'won')))),
    },
    { requiredKeys: ['schema', 'id', 'version', 'atRisk', 'calendars', 'commitments'] },
  )
  .chain((flat) => additions.map((more) => Object.assign({}, flat, more) as unknown as WrittenAgreement));

/** Documents of every size: migrated ones, and the presets, which have all of the parts. */
export const documents: fc.Arbitrary<AgreementDocument> = fc.oneof(
  flatAgreements.map(documentOf),
  fc.constantFrom(...presets().map(({ document }) => document)),
);

/** The same JSON with the keys of every object in another order. */
export function reordered(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, reordered(item, random), random()] as const);
  return Object.fromEntries(entries.sort((a, b) => a[2] - b[2]).map(([name, item]) => [name, item]));
}

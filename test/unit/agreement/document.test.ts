/**
 * Invariants: every flat agreement has a document, that document is valid, and it says the same; nothing that comes in as JSON is
 * believed unread, or makes the reader slow.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultAgreement } from '../../../lib/agreement/default';
import { completed } from '../../../lib/agreement/defaults';
import { documentSchema } from '../../../lib/agreement/document';
import { agreementOf } from '../../../lib/agreement/flat';
import { documentOf } from '../../../lib/agreement/migrate';
import { readDocument } from '../../../lib/agreement/read';
import { agreementSchema } from '../../../lib/agreement/schema';
import { documentWith, flatAgreements, rulesWith, type Draft } from './build';

const readIssues = (raw: unknown) => {
  const reading = readDocument(raw);
  if (reading.ok || reading.code !== 'unreadable') throw new Error('expected to be refused');
  return reading.issues.map(({ path, code }) => [path.join('.'), code]);
};

describe('the flat form becomes a document', () => {
  it('of every flat agreement, and the document is valid', () => {
    fc.assert(
      fc.property(flatAgreements, (given) => {
        const flat = agreementSchema.parse(given);
        expect(documentSchema.parse(documentOf(flat))).toEqual(documentOf(flat));
      }),
    );
  });

  it('and says the same: what clocks run on is the flat one with its defaults', () => {
    fc.assert(
      fc.property(flatAgreements, (given) => {
        const flat = agreementSchema.parse(given);
        expect(agreementOf(documentOf(flat))).toEqual(completed(flat));
      }),
    );
  });

  it('the built-in agreement goes there and back unchanged', () => {
    expect(agreementOf(documentOf(defaultAgreement))).toEqual(defaultAgreement);
  });

  it('and back: the flat form of a document is a flat agreement', () => {
    fc.assert(
      fc.property(flatAgreements, (given) => {
        const flat = agreementOf(documentOf(agreementSchema.parse(given)));
        expect(agreementSchema.parse(flat)).toEqual(flat);
      }),
    );
  });
});

describe('from a document to what clocks run on', () => {
  it('a title in two languages is taken in the language that is asked for', () => {
    const document = documentWith((draft) => (draft['title'] = { en: 'Ours', es: 'El nuestro' }));
    expect(agreementOf(document, 'es').title).toBe('El nuestro');
    expect(agreementOf(document).title).toBe('Ours');
  });

  it('what is left out has its default, and a promise without a number is none yet', () => {
    const document = documentWith((draft) => {
      const { atRisk } = draft['management'];
      draft['management'] = {
        atRisk,
        promises: [{ id: 'volume', owedBy: 'marketing', measure: 'hand-offs', per: 'month' }],
      };
    });
    const flat = agreementOf(documentSchema.parse(document));
    expect(flat.taxonomy).toEqual(defaultAgreement.taxonomy);
    expect(flat.promises).toEqual([]);
  });
});

describe('what a document may not say', () => {
  it.each<[string, (draft: Draft) => void, string, string]>([
    ['an unknown part', (d) => (d['extra'] = 1), '', 'unknown-key'],
    [
      'a reason twice',
      (d) => d['management'].taxonomy.reasons.push(d['management'].taxonomy.reasons[0]),
      'management.taxonomy.reasons.10.id',
      'id-twice',
    ],
    [
      'a successor that is not there',
      (d) => (d['management'].taxonomy.reasons[0].retired = { successor: 'gone' }),
      'management.taxonomy.reasons.0.retired.successor',
      'no-such-reason',
    ],
    [
      'a successor that is retired',
      (d) => {
        d['management'].taxonomy.reasons[0].retired = { successor: 'intent' };
        d['management'].taxonomy.reasons[1].retired = {};
      },
      'management.taxonomy.reasons.0.retired.successor',
      'successor-retired',
    ],
    [
      'a stage that is not there',
      (d) => (d['management'].quality = [{ id: 'a', rule: 'required', fields: ['email'], stage: 'gone' }]),
      'management.quality.0.stage',
      'no-such-stage',
    ],
    [
      'an aim that is not there',
      (d) => (d['services'].commitments[0].aim = 'gone'),
      'services.commitments.0.aim',
      'no-such-aim',
    ],
    [
      'a team twice',
      (d) =>
        (d['management'].definitions.teams = [
          { id: 'north', label: 'North', members: [] },
          { id: 'north', label: 'South', members: [] },
        ]),
      'management.definitions.teams.1.id',
      'id-twice',
    ],
    [
      'a clause twice',
      (d) =>
        (d['management'].clauses = [
          { number: '1', text: 'a' },
          { number: '1', text: 'b' },
        ]),
      'management.clauses.1.number',
      'clause-twice',
    ],
    [
      'a rule id twice',
      (d) =>
        (d['services'].commitments[0].rules = [
          ...rulesWith([{ field: 'tier', operator: 'present' }]),
          ...rulesWith(undefined),
        ]),
      'services.commitments.0.rules.1.id',
      'id-twice',
    ],
    [
      'a calendar that is not there',
      (d) => (d['services'].commitments[1].rules[0].target.calendar = 'night'),
      'services.commitments.1.rules.0.target.calendar',
      'no-such-calendar',
    ],
    [
      'a calendar that never opens',
      (d) => (d['services'].availability.calendars.office.weekly = {}),
      'services.availability.calendars.office.weekly',
      'calendar-never-opens',
    ],
    [
      'cover of a promise that is not there',
      (d) =>
        (d['services'].responsibilities = [
          { id: 'r', party: 'sales', what: 'x', owner: 'Ana Ruiz', covers: ['gone'] },
        ]),
      'services.responsibilities.0.covers.0',
      'no-such-promise',
    ],
    [
      'a report of nothing',
      (d) => (d['management'].reports = [{ id: 'r', measures: ['gone'], every: 'week', to: ['x'] }]),
      'management.reports.0.measures.0',
      'no-such-measure',
    ],
    ['too long a title', (d) => (d['title'] = 'x'.repeat(121)), 'title', 'too-much'],
    ['a number as text', (d) => (d['management'].attempts = '5'), 'management.attempts', 'wrong-type'],
    [
      'a side that is none',
      (d) => (d['services'].commitments[0].owedBy = 'support'),
      'services.commitments.0.owedBy',
      'not-one-of',
    ],
    [
      'an instant without its offset',
      (d) => (d['effectiveFrom'] = '2026-03-02T08:00'),
      'effectiveFrom',
      'wrong-format',
    ],
    ['days without end', (d) => (d['management'].retentionDays = 1e9), 'management.retentionDays', 'too-much'],
    ['no signatory name', (d) => (d['parties'].sales.signatories = ['']), 'parties.sales.signatories.0', 'too-little'],
  ])('%s', (_title, change, path, code) => {
    expect(readIssues(documentWith(change))[0]).toEqual([path, code]);
  });
});

describe('bad input', () => {
  it('one of a newer Relevo is told apart, at any size', () => {
    expect(readDocument({ schema: 3, anything: true })).toEqual({ ok: false, code: 'newer', schema: 3 });
  });

  it.each([undefined, null, 5, 'text', '[]', {}, { schema: 0 }, { schema: 'two' }, { schema: 2 }])(
    'refuses with a path what is none (%#)',
    (raw) => {
      expect(readIssues(raw).length).toBeGreaterThan(0);
    },
  );

  it('500 rules are read, checked and refused only for what is wrong', () => {
    const many = documentWith((draft) => {
      draft['services'].commitments[0].rules = Array.from({ length: 500 }, (_, index) => ({
        id: `rule-${index}`,
        when: [{ field: 'source', operator: 'is', value: `campaign ${index}` }],
        target: { elapsedMinutes: 60 },
      }));
    });
    expect(readDocument(JSON.stringify(many)).ok).toBe(true);
    const tooMany = documentWith((draft) => {
      draft['services'].commitments = Array.from({ length: 500 }, () => draft['services'].commitments[0]);
    });
    expect(readIssues(tooMany)[0]).toEqual(['services.commitments.1.id', 'commitment-twice']);
  });

  it('5 MB of JSON are refused in bounded work, and more are not looked at', () => {
    const filler = documentWith((draft) => {
      draft['management'].clauses = Array.from({ length: 1_200 }, (_, index) => ({
        number: `${index}`,
        text: 'x'.repeat(4_000),
      }));
    });
    const json = JSON.stringify(filler);
    expect(json.length).toBeGreaterThan(4_800_000);
    expect(readIssues(json)).toContainEqual(['management.clauses', 'too-much']);
    expect(readIssues(' '.repeat(5_000_001))).toEqual([['', 'too-large']]);
  });

  it('at most 100 problems are told', () => {
    const all = documentWith((draft) => {
      draft['management'].clauses = Array.from({ length: 400 }, () => ({ number: '', text: '' }));
    });
    expect(readIssues(all)).toHaveLength(100);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])(
    'a key "%s" pollutes nothing and finds nothing',
    (name) => {
      const json = JSON.stringify(documentWith()).replace(
        '"office":{',
        `"${name}":{"polluted":{"new":"won"}},"office":{`,
      );
      expect(json).toContain(`"${name}"`);
      const reading = readDocument(json);
      expect(({} as Draft)['polluted']).toBeUndefined();
      // zod drops the one name that would be dangerous; the others are calendars like any, and this one is none.
      const kept = reading.ok ? Object.keys(reading.document.services.availability.calendars) : 'refused';
      expect(kept).toEqual(name === '__proto__' ? ['office'] : 'refused');
      const status = documentWith((draft) => (draft['management'].definitions.statuses = {}));
      const parsed = readDocument(
        JSON.stringify(status).replace('"statuses":{', `"statuses":{"${name}":{"Lead":{"New":"won"}}`),
      );
      expect(parsed.ok).toBe(true);
      expect(({} as Draft)['Lead']).toBeUndefined();
      const missing = documentWith((draft) => (draft['services'].commitments[0].rules[0].target.calendar = name));
      expect(readIssues(missing)).toEqual([['services.commitments.0.rules.0.target.calendar', 'no-such-calendar']]);
    },
  );
});

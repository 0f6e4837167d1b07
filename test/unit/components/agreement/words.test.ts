/** Every finding of `lib/agreement` and every choice of the editor has its words, with the blanks filled, in both languages. */
import { describe, expect, it } from 'vitest';
import { tabs } from '../../../../components/agreement/editor-tabs';
import { operators } from '../../../../components/agreement/fields/conditions';
import { issueWords } from '../../../../components/agreement/issue-words';
import { smartWords } from '../../../../components/agreement/parts/smart-notes';
import type { HolidayFault } from '../../../../lib/agreement/holiday-fault';
import { measureIds } from '../../../../lib/agreement/measures';
import { statusMeanings } from '../../../../lib/agreement/parts';
import { cadenceDays } from '../../../../lib/agreement/parts-results';
import type { SmartCode } from '../../../../lib/agreement/smart';
import type { CalendarErrorCode } from '../../../../lib/calendar/errors';
import type { QualityRule } from '../../../../lib/lead/quality-rules';
import { catalogues, speak } from '../../support/i18n';

/** All members of a union, checked by the compiler. */
const all = <Union extends string>(members: Record<Union, true>): Union[] => Object.keys(members) as Union[];

const calendarCodes = all<CalendarErrorCode>({
  malformed: true,
  'unknown-zone': true,
  'not-a-weekday': true,
  'not-a-time': true,
  'empty-opening': true,
  'overlapping-exception': true,
  'no-such-date': true,
  'too-many': true,
  'never-opens': true,
  'opens-too-rarely': true,
  'not-a-number': true,
});
const smartCodes = all<SmartCode>({
  'no-owner': true,
  'which-leads': true,
  'no-number': true,
  'no-currency': true,
  'no-history': true,
  'rarely-kept': true,
  'never-reached': true,
  'no-aim': true,
  'no-period': true,
  'no-review-date': true,
  'review-over': true,
});
const faults = all<HolidayFault>({
  'not-a-calendar': true,
  'too-large': true,
  'not-a-line': true,
  'not-closed': true,
  'unreadable-entry': true,
  'entry-too-large': true,
  'unknown-zone': true,
  'no-start': true,
  'rule-too-fine': true,
  'rule-without-dates': true,
});
const rules = all<QualityRule['rule']>({
  required: true,
  'free-mail': true,
  'mail-syntax': true,
  phone: true,
  duplicate: true,
  persona: true,
  scope: true,
  stale: true,
});

const expected: Readonly<Record<string, readonly string[]>> = {
  options: ['agreement'],
  agreement_tab: tabs,
  agreement_operator: operators,
  agreement_measure: measureIds,
  agreement_meaning: statusMeanings,
  agreement_per: Object.keys(cadenceDays),
  agreement_holiday_fault: faults,
  agreement_quality: rules,
  agreement_slot: ['none', 'part', 'all', 'break'],
  agreement_status: ['crm', 'object', 'status', 'leads', 'meaning'],
  agreement_tell: ['owner', 'manager', 'marketing', 'sales', 'name'],
  agreement_unit: ['percent', 'minutes', 'leads', 'touches', 'money'],
  agreement_axis: ['fit', 'readiness'],
  agreement_asks: ['which', 'field', 'attempts'],
  agreement_by: ['email', 'phone', 'name-company'],
  agreement_use: ['reject', 'flag'],
  agreement_language: ['en', 'es'],
  agreement_not_saved: ['full', 'failed'],
  agreement_smart_is: ['specific', 'measurable', 'achievable', 'relevant', 'time-bound'],
};

it.each(Object.entries(expected))('has words for every %s', (prefix, ids) => {
  for (const id of ids) expect(catalogues.en).toHaveProperty([`${prefix}_${id.replaceAll('-', '_')}`]);
});

/** Every code that `lib/agreement` gives, with its parameters. */
const params = {
  id: 'accept',
  rule: 2,
  before: 1,
  calendar: 'x',
  aim: 'x',
  stage: 'x',
  reason: 'x',
  promise: 'x',
  measure: 'x',
  known: 'a, b',
  number: '3.1',
  days: 30,
  value: 120,
  max: 5,
  min: 1,
  keys: 'tries',
  values: 'a, b',
};
const codes = [
  'commitment-twice',
  'rule-after-unconditional',
  'rule-unreachable',
  'conditions-contradict',
  'rule-out-of-scope',
  'target-longer-than-review',
  'percent-over-100',
  'reason-in-use',
  'successor-retired',
  'id-twice',
  'clause-twice',
  'too-many',
  'too-large',
  'unknown-key',
  'not-one-of',
  'wrong',
  'wrong-type',
  ...['calendar', 'aim', 'stage', 'reason', 'promise', 'measure'].map((what) => `no-such-${what}`),
  ...calendarCodes.map((code) => `calendar-${code}`),
];

describe.each(['en', 'es'] as const)('in %s', (language) => {
  const whole = (words: string): void => {
    expect(words).toMatch(/[.]$/);
    expect(words).not.toMatch(/agreement_|undefined|“”|«»|: \.|\s{2}/);
  };

  it.each(codes)('%s is a whole sentence', (code) => {
    speak(language);
    whole(issueWords({ path: [], code, params, message: 'untranslated' }));
  });

  it('bounds are said of texts, lists and numbers, and formats by an example', () => {
    speak(language);
    for (const code of ['too-much', 'too-little'])
      for (const of of ['string', 'array', 'number'])
        whole(issueWords({ path: [], code, params: { ...params, of }, message: 'untranslated' }));
    for (const format of ['regex', 'date', 'datetime', 'other'])
      whole(issueWords({ path: [], code: 'wrong-format', params: { format }, message: 'untranslated' }));
  });

  it.each(smartCodes)('%s is a whole sentence', (code) => {
    speak(language);
    const finding = { of: 'promise', id: 'x', criterion: 'specific', code } as const;
    whole(smartWords({ ...finding, params: { percent: 30, judged: 10, best: 4, periods: 6 } }));
  });
});

it('a code that nobody knows yet is said in its own words', () => {
  speak('es');
  expect(issueWords({ path: [], code: 'brand-new', params: {}, message: 'as it is' })).toBe('as it is');
});

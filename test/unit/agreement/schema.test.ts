import { describe, expect, it } from 'vitest';
import { defaultAgreement, defaultStatuses, statusMeaning } from '../../../lib/agreement/default';
import { resolveAgreement } from '../../../lib/agreement/resolve';
import { agreementSchema, type Agreement, type EscalationLevel } from '../../../lib/agreement/schema';

/** An agreement as loose JSON, to be damaged. */
type Draft = Record<string, ReturnType<typeof JSON.parse>>;

const changed = (change: (draft: Draft) => void): unknown => {
  const draft = structuredClone(defaultAgreement) as Draft;
  change(draft);
  return draft;
};
const firstIssue = (value: unknown) => {
  const parsed = agreementSchema.safeParse(value);
  const issue = parsed.error?.issues[0];
  return issue && { path: issue.path.join('.'), message: issue.message };
};

describe('the built-in agreement', () => {
  it('is an agreement', () => {
    expect(agreementSchema.parse(defaultAgreement)).toEqual(defaultAgreement);
  });

  it('promises: accept in 240, first touch in 60 working minutes, Mon–Fri 09–18 local, at risk from 75 %, 5 minutes at least', () => {
    const [accept, touch] = defaultAgreement.commitments;
    expect(accept).toMatchObject({ id: 'accept', rules: [{ target: { workingMinutes: 240 } }] });
    expect(touch).toMatchObject({ id: 'first-touch', rules: [{ target: { workingMinutes: 60 } }] });
    expect(Object.keys(defaultAgreement.calendars['office']?.weekly ?? {})).toEqual([
      'mon',
      'tue',
      'wed',
      'thu',
      'fri',
    ]);
    expect(defaultAgreement.atRisk).toEqual({ share: 0.75, floorMinutes: 5 });
  });

  it('leaves nothing out: reasons, quality rules, stages, escalation, review and retention', () => {
    const { taxonomy, attempts, quality, stages, escalation, review, retentionDays } = defaultAgreement;
    expect(taxonomy.reasons.map(({ id }) => id)).toEqual([
      'fit',
      'intent',
      'timing',
      'data',
      'duplicate',
      'unreachable',
      'competitor',
      'student',
      'vendor',
      'spam',
    ]);
    expect(taxonomy.reasons.filter(({ data }) => data).map(({ id }) => id)).toEqual(['data']);
    const rules = quality.map(({ rule }) => rule);
    expect(new Set(rules).size).toBe(rules.length);
    expect(stages.map(({ id }) => id)).toEqual(['awareness', 'interest', 'consideration', 'details', 'decision']);
    const atOnce = (level: EscalationLevel) => level.afterMinutes === 0 && level.tell === 'owner';
    expect(escalation.filter(atOnce).map(({ on }) => on)).toEqual(['at-risk', 'overdue']);
    expect([attempts > 0, review.cadence, retentionDays]).toEqual([true, 'month', 400]);
  });

  it('takes the zone of the browser that reads it', () => {
    expect(resolveAgreement(defaultAgreement, 'Asia/Kathmandu').calendars['office']?.timeZone).toBe('Asia/Kathmandu');
    const fixed = changed((draft) => (draft['calendars'].office.timeZone = 'Europe/Madrid')) as Agreement;
    expect(resolveAgreement(fixed, 'Asia/Kathmandu').calendars['office']?.timeZone).toBe('Europe/Madrid');
  });
});

describe('what an agreement may not say, and what it answers', () => {
  it.each<[string, (draft: Draft) => void, string, RegExp]>([
    [
      'an unknown zone',
      (d) => (d['calendars'].office.timeZone = 'Mars/Base'),
      'calendars.office.timeZone',
      /Europe\/Madrid/,
    ],
    [
      'a time that is none',
      (d) => (d['calendars'].office.weekly.mon = [['9', '18:00']]),
      'calendars.office.weekly.mon.0',
      /HH:MM/,
    ],
    [
      'open = close',
      (d) => (d['calendars'].office.weekly.mon = [['09:00', '09:00']]),
      'calendars.office.weekly.mon.0',
      /24:00/,
    ],
    [
      'rule 5: a calendar that never opens',
      (d) => (d['calendars'].office.weekly = {}),
      'calendars.office.weekly',
      /never opens/,
    ],
    [
      'a holiday that does not exist',
      (d) => (d['calendars'].office.holidays = ['2026-02-30']),
      'calendars.office.holidays.0',
      /YYYY-MM-DD/,
    ],
    [
      'a calendar that is not there',
      (d) => (d['commitments'][0].rules[0].target.calendar = 'night'),
      'commitments.0.rules.0.target.calendar',
      /office/,
    ],
    [
      'rule 16: a rule after an unconditional one',
      (d) => d['commitments'][0].rules.push({ target: { elapsedMinutes: 5 } }),
      'commitments.0.rules.1',
      /never apply/,
    ],
    [
      'one promise twice',
      (d) => d['commitments'].push(structuredClone(d['commitments'][0])),
      'commitments.2.id',
      /twice/,
    ],
    [
      'rule 3: a bare day',
      (d) => (d['commitments'][0].rules[0].target = { days: 1 }),
      'commitments.0.rules.0.target',
      /./,
    ],
    [
      'no time at all',
      (d) => (d['commitments'][0].rules[0].target = { elapsedMinutes: 0 }),
      'commitments.0.rules.0.target.elapsedMinutes',
      /./,
    ],
    ['an unknown key', (d) => (d['extra'] = true), '', /extra/],
  ])('%s', (_title, change, path, message) => {
    const issue = firstIssue(changed(change));
    expect(issue?.path).toBe(path);
    expect(issue?.message).toMatch(message);
  });

  it('is answered at once even with 100,000 holidays', () => {
    const many = Array.from({ length: 100_000 }, () => '2026-01-01');
    expect(firstIssue(changed((draft) => (draft['calendars'].office.holidays = many)))?.path).toBe(
      'calendars.office.holidays',
    );
  });
});

describe('what a status means', () => {
  it('comes from the agreement before the default of the CRM', () => {
    const own = { statuses: { espocrm: { Lead: { 'In Process': 'accepted' as const } } } };
    expect(statusMeaning(own, 'espocrm', 'Lead', 'In Process')).toBe('accepted');
    expect(statusMeaning(own, 'espocrm', 'Lead', 'Dead')).toBe('lost');
    expect(statusMeaning({}, 'espocrm', 'Lead', 'In Process')).toBe('touched');
  });

  it('is nothing for a status that nobody named, nor for names of the language itself', () => {
    for (const word of ['Something', 'constructor', '__proto__', 'toString']) {
      expect(statusMeaning({}, 'espocrm', 'Lead', word)).toBeUndefined();
      expect(statusMeaning({}, word, 'Lead', 'New')).toBeUndefined();
      expect(statusMeaning({}, 'espocrm', word, 'New')).toBeUndefined();
    }
  });

  it('has a "new" for every object that ships, so that a fresh lead is never taken for a touched one', () => {
    // What an open deal's stage means in Pipedrive, only an account knows: its stages are records of its own.
    const ownStages = new Set(['pipedrive|deal']);
    for (const [crm, objects] of Object.entries(defaultStatuses))
      for (const [object, statuses] of Object.entries(objects))
        expect(Object.values(statuses).includes('new')).toBe(!ownStages.has(`${crm}|${object}`));
  });
});

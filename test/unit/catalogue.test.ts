/** The message catalogue: both languages say everything that the code may ask for, with the same blanks to fill. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commitmentIds } from '../../lib/agreement/schema';
import { clockStates, type UnknownReason } from '../../lib/clock/types';
import type { ExplainStep, GapReason } from '../../lib/clock/explain-types';
import type { FactKind, Party } from '../../lib/lead/facts';
import { instantFields, textFields } from '../../lib/lead/lead';
import type { AgreementSource, PanelReply, ProblemCode, SummaryGroup } from '../../lib/messages/contract';
import { catalogues } from './support/i18n';

const { en, es } = catalogues;

/** All members of a union, checked by the compiler: a new one does not compile until it is listed here. */
const all = <Union extends string>(members: Record<Union, true>): Union[] => Object.keys(members) as Union[];

const problems = all<ProblemCode>({
  'ledger-unavailable': true,
  'ledger-full': true,
  'agreement-unreadable': true,
  'agreement-newer': true,
  'settings-unreadable': true,
  'api-unauthorised': true,
  'api-limited': true,
  'api-failing': true,
  'api-unreadable': true,
});
const gaps = all<GapReason>({ closed: true, holiday: true, break: true, exception: true });
const noDue = all<Extract<ExplainStep, { kind: 'no-due' }>['reason']>({
  paused: true,
  'no-start': true,
  'never-opens': true,
});
const parties = all<Party>({ marketing: true, sales: true });
const groups = all<SummaryGroup>({ overdue: true, 'at-risk': true, today: true });
const sources = all<AgreementSource>({ policy: true, sync: true, 'built-in': true });
const refusals = all<Extract<PanelReply, { ok: false }>['reason']>({
  'not-allowed': true,
  'no-such-lead': true,
  'ledger-unavailable': true,
});
const unknowns = all<UnknownReason>({ 'no-start': true, stale: true, evidence: true, 'no-due': true });
/** Facts that start a clock, by the table of time commitments. */
const starts: readonly FactKind[] = ['hand-off', 'touch', 'inbound', 'verdict', 'flag', 'blocked', 'reassignment'];
const done = ['met', 'missed', 'ended'];

const expected: Readonly<Record<string, readonly string[]>> = {
  state: clockStates,
  commitment: commitmentIds,
  party: parties,
  problem: problems,
  explain_gap: gaps,
  explain_no_due: noDue,
  explain_unknown: unknowns,
  explain_event: [...starts, 'other'],
  explain_legend: ['open', 'closed', 'pause', 'late'],
  explain: ['left', 'over', 'passed']
    .flatMap((key) => [`${key}_working`, `${key}_elapsed`])
    .concat(done.flatMap((key) => [key, `${key}_between`, `${key}_plain`])),
  popup_group: groups,
  popup_empty: groups,
  popup_site: ['declined', 'kept', 'failed'],
  popup_field: [...textFields, ...instantFields, 'recordId'],
  panel_source: sources,
  panel_refused: [...refusals, 'no-answer'].flatMap((reason) => [reason, `${reason}_do`]),
};

const blanks = (message: string): string[] => (message.match(/\$[1-9]/g) ?? []).toSorted();

describe('the message catalogue', () => {
  it('has the same keys in English and Spanish', () => {
    expect(Object.keys(es).toSorted()).toEqual(Object.keys(en).toSorted());
  });

  it('has the same blanks in English and Spanish', () => {
    for (const [key, { message }] of Object.entries(en))
      expect([key, blanks(es[key]?.message ?? '')]).toEqual([key, blanks(message)]);
  });

  it('leaves nothing empty and shouts nowhere', () => {
    for (const catalogue of [en, es])
      for (const [key, { message }] of Object.entries(catalogue)) {
        expect(message.trim(), key).not.toBe('');
        expect(message, key).not.toMatch(/[!¡]/);
      }
  });

  it.each(Object.entries(expected))('has words for every %s', (prefix, ids) => {
    for (const id of ids) {
      const key = `${prefix}_${id.replaceAll('-', '_')}`;
      expect(en, key).toHaveProperty([key]);
    }
  });

  it('has both forms of every plural', () => {
    const ones = Object.keys(en).filter((key) => key.endsWith('_one'));
    for (const key of ones) expect(en, key).toHaveProperty([key.replace(/_one$/, '_other')]);
  });

  it('has every key that the code names', () => {
    const root = new URL('../..', import.meta.url).pathname;
    const files = globSync(['components/**/*.{ts,tsx}', 'entrypoints/**/*.{ts,tsx}', 'lib/**/*.ts'], { cwd: root });
    expect(files.length).toBeGreaterThan(20);
    const missing: string[] = [];
    for (const file of files) {
      const source = readFileSync(new URL(file, `file://${root}`), 'utf8');
      for (const [, call, key] of source.matchAll(/\b(t|plural)\(\s*'([a-z]\w*)'/g)) {
        const keys = call === 'plural' ? [`${key}_one`, `${key}_other`] : [key ?? ''];
        missing.push(...keys.filter((name) => !Object.hasOwn(en, name)).map((name) => `${file}: ${name}`));
      }
    }
    expect(missing).toEqual([]);
  });
});

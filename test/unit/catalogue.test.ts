/** The message catalogue: both languages say everything that the code may ask for, with the same blanks to fill. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { statusMeanings } from '../../lib/agreement/parts';
import type { AgreementRefusal, ApplyReply, DroppedSignature, ImportReply } from '../../lib/messages/agreements';
import { commitmentIds } from '../../lib/agreement/schema';
import { clockStates, type UnknownReason } from '../../lib/clock/types';
import type { ExplainStep, GapReason } from '../../lib/clock/explain-types';
import type { FactKind, Party } from '../../lib/lead/facts';
import type { SharedAddress } from '../../lib/agreement/shared-address';
import type { TeamPublished, TeamSaved } from '../../lib/messages/team';
import type { FetchFailure } from '../../lib/settings/agreement-address';
import { instantFields, textFields, type RouteKind } from '../../lib/lead/lead';
import type { AgreementSource } from '../../lib/messages/agreements';
import type { StructureReply } from '../../lib/messages/page-health';
import type { SaveRefusal } from '../../components/agreement/services';
import type { PanelReply } from '../../lib/messages/panel';
import type { ProblemCode } from '../../lib/messages/problems';
import type { RepairHint } from '../../lib/messages/repairs';
import type { SummaryGroup } from '../../lib/messages/summary';
import type { QualityCode, QualityRule } from '../../lib/lead/quality-rules';
import type { ActRefusal } from '../../lib/messages/acts';
import type { Channel, Evidence, Outcome } from '../../lib/lead/facts';
import { catalogues } from './support/i18n';

const { en, es } = catalogues;

/** All members of a union, checked by the compiler: a new one does not compile until it is listed here. */
const all = <Union extends string>(members: Record<Union, true>): Union[] => Object.keys(members) as Union[];

const problems = all<ProblemCode>({
  'ledger-unavailable': true,
  'ledger-full': true,
  'ledger-lost': true,
  'agreement-unreadable': true,
  'agreement-newer': true,
  'agreement-arriving': true,
  'agreement-conflict': true,
  'agreement-not-synced': true,
  'policy-ignored': true,
  'policy-twice': true,
  'policy-failing': true,
  'policy-blocked': true,
  'policy-checksum': true,
  'team-failing': true,
  'team-blocked': true,
  'settings-unreadable': true,
  'api-unauthorised': true,
  'api-limited': true,
  'api-failing': true,
  'api-unreadable': true,
  'page-changed': true,
});
const saveRefusals = all<SaveRefusal>({ full: true, failed: true, 'changed-elsewhere': true });
const agreementRefusals = all<AgreementRefusal | 'full'>({
  'no-signatory': true,
  'not-named': true,
  'no-effective-instant': true,
  'effective-too-soon': true,
  'version-not-newer': true,
  'not-proposed': true,
  'already-proposed': true,
  'already-signed': true,
  'already-effective': true,
  'no-draft': true,
  invalid: true,
  'set-by-policy': true,
  'set-by-team': true,
  'not-approved': true,
  'name-unknown': true,
  'side-unknown': true,
  'no-such-version': true,
  'already-acknowledged': true,
  'has-agreement': true,
  'no-conflict': true,
  'not-kept': true,
  'ledger-unavailable': true,
  full: true,
});
const teamRefusals = all<Extract<TeamSaved | TeamPublished, { ok: false }>['code']>({
  'set-by-policy': true,
  'not-kept': true,
  nothing: true,
  'effective-too-soon': true,
  'no-effective-instant': true,
  'no-address': true,
  changed: true,
  'not-allowed': true,
  'not-writable': true,
  unreachable: true,
  'ledger-unavailable': true,
});
const fetchFailures = all<FetchFailure>({
  unreachable: true,
  blocked: true,
  timeout: true,
  status: true,
  'too-large': true,
  checksum: true,
  unreadable: true,
  newer: true,
  'not-https': true,
});
const addressFaults = all<Extract<SharedAddress, { ok: false }>['why']>({
  'not-an-address': true,
  'not-https': true,
  credentials: true,
  'too-long': true,
});
const applyRefusals = all<Extract<ApplyReply, { ok: false }>['code']>({
  'list-changed': true,
  'too-many': true,
  nothing: true,
  'name-unknown': true,
  'ledger-unavailable': true,
  'ledger-full': true,
  'built-in': true,
});
const importRefusals = all<Extract<ImportReply, { ok: false }>['code']>({
  newer: true,
  unreadable: true,
  'not-a-link': true,
  'not-kept': true,
  'set-by-policy': true,
});
const dropped = all<DroppedSignature['why']>({ 'not-named': true, 'other-content': true });
const surfaces = all<RouteKind>({ list: true, board: true, record: true });
const hints = all<RepairHint>({
  json: true,
  'too-long': true,
  list: true,
  repair: true,
  schema: true,
  adapter: true,
  'adapter-twice': true,
  version: true,
  'signed-off-by': true,
  'signed-off-at': true,
  note: true,
  selectors: true,
  'selector-name': true,
  alternatives: true,
  alternative: true,
  css: true,
  since: true,
  'seen-on': true,
  'unknown-key': true,
});
const gaps = all<GapReason>({ closed: true, holiday: true, break: true, exception: true });
const noDue = all<Extract<ExplainStep, { kind: 'no-due' }>['reason']>({
  paused: true,
  'no-start': true,
  'never-opens': true,
});
const qualities = all<QualityCode>({
  required: true,
  'free-mail': true,
  'disposable-mail': true,
  'mail-syntax': true,
  phone: true,
  duplicate: true,
  persona: true,
  scope: true,
  'scope-excluded': true,
  stale: true,
});
const actRefusals = all<ActRefusal>({
  'not-allowed': true,
  'no-such-lead': true,
  erased: true,
  forgotten: true,
  'side-unknown': true,
  'name-unknown': true,
  'other-side': true,
  'reason-unknown': true,
  'reason-retired': true,
  'detail-missing': true,
  'attempts-missing': true,
  'recycled-too-often': true,
  'not-in-the-past': true,
  'not-in-the-future': true,
  'before-hand-off': true,
  already: true,
  'nothing-to-answer': true,
  closed: true,
  'too-late-to-undo': true,
  'ledger-unavailable': true,
  'ledger-full': true,
});
const channels = all<Channel>({ call: true, email: true, meeting: true, message: true, visit: true, other: true });
const evidences = all<Evidence>({ person: true, 'crm-field': true, 'crm-activity': true, 'crm-status': true });
const outcomes = all<Outcome>({
  won: true,
  lost: true,
  converted: true,
  disqualified: true,
  merged: true,
  closed: true,
});
const qualityKinds = all<QualityRule['rule']>({
  required: true,
  'free-mail': true,
  'mail-syntax': true,
  phone: true,
  duplicate: true,
  persona: true,
  scope: true,
  stale: true,
});
const parties = all<Party>({ marketing: true, sales: true });
const groups = all<SummaryGroup>({ overdue: true, 'at-risk': true, today: true });
const sources = all<AgreementSource>({ policy: true, team: true, sync: true, 'built-in': true });
const refusals = all<Extract<PanelReply, { ok: false }>['reason']>({
  'not-allowed': true,
  'no-such-lead': true,
  'ledger-unavailable': true,
  erased: true,
});
const unknowns = all<UnknownReason>({ 'no-start': true, stale: true, touches: true, evidence: true, 'no-due': true });
/** Facts that start a clock, by the table of time commitments. */
const starts: readonly FactKind[] = ['hand-off', 'touch', 'inbound', 'verdict', 'flag', 'blocked', 'reassignment'];
const done = ['met', 'missed', 'ended'];

const expected: Readonly<Record<string, readonly string[]>> = {
  state: clockStates,
  commitment: commitmentIds,
  party: parties,
  problem: problems,
  procedure_refused: [...agreementRefusals.filter((code) => code !== 'full'), 'no-answer'],
  procedure_source: sources,
  procedure_by: ['policy', 'team'],
  procedure_sync: ['conflict', 'arriving', 'pending', 'policy', 'team', 'done', 'nothing'],
  team_refused: [...teamRefusals, 'declined'],
  team_failed: [...fetchFailures, 'status_401', 'status_404', 'keeps', 'without'],
  team_url: addressFaults,
  agreement_not_saved: saveRefusals,
  procedure_import: importRefusals,
  procedure_apply: applyRefusals,
  procedure_dropped: dropped,
  explain_gap: gaps,
  explain_no_due: noDue,
  explain_unknown: unknowns,
  explain_event: [...starts, 'other'],
  explain_legend: ['open', 'closed', 'pause', 'late'],
  explain: ['left', 'over', 'passed']
    .flatMap((key) => [`${key}_working`, `${key}_elapsed`])
    .concat(done.flatMap((key) => [key, `${key}_between`, `${key}_plain`])),
  options: ['health', 'agreement', 'procedure', 'you', 'data', 'repairs'],
  options_surface: surfaces,
  options_health_column: ['crm', 'page', 'state', 'pages', 'rows', 'missing', 'put_back', 'last'],
  options_report: all<Extract<StructureReply, { ok: false }>['reason']>({ 'not-open': true, refused: true }),
  options_repairs_unreadable: ['policy', 'local'],
  options_repair_hint: hints,
  quality: qualities.flatMap((code) => (code === 'duplicate' ? [`${code}_todo`] : [code, `${code}_todo`])),
  popup_group: groups,
  popup_empty: groups,
  popup_site: ['declined', 'kept', 'failed'],
  popup: ['not-opened', 'no-next', 'next-failed'],
  popup_ask: ['fix', 'answer', 'unblock'].flatMap((ask) => [ask, `${ask}-long`]),
  popup_told: ['owner', 'manager'],
  popup_field: [...textFields, ...instantFields, 'recordId'],
  refused: [...actRefusals, 'no-answer'],
  act_channel: channels,
  act_axis: ['fit', 'readiness'],
  act_which: ['industry', 'size', 'region', 'role'],
  readiness: ['needs-nurturing', 'needs-data', 'ready'],
  fact_evidence: evidences,
  fact_outcome: outcomes,
  fact: ['accepted', 'rejected', 'recycled'].flatMap((key) => [key, `${key}_why`, `${key}_until`, `${key}_until_why`]),
  fact_answer: ['fixed', 'disputed', 'agreed'].flatMap((key) => [key, `${key}_why`]),
  panel_rule: qualityKinds,
  panel_stage: statusMeanings,
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

  it('has no dollar but that of a blank, because browsers differ in what they make of others', () => {
    for (const catalogue of [en, es])
      for (const [key, { message }] of Object.entries(catalogue)) {
        expect(message, key).not.toMatch(/\$(?![1-9](?!\d))/);
        // Between two dollars stands a name.
        expect(message, key).not.toMatch(/\$\w+\$/);
      }
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

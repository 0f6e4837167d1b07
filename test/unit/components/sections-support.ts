/** Services of the sections about the agreement, the person and the data, whose worker the test holds in its hand. */
import { vi } from 'vitest';
import type { DataServices } from '../../../components/data/services';
import type { ProcedureServices } from '../../../components/procedure/services';
import type { YouServices } from '../../../components/you/services';
import { presets } from '../../../lib/agreement/presets';
import type { AgreementDocument } from '../../../lib/agreement/document';
import type { AgreementState, DraftState } from '../../../lib/messages/agreements';
import type { TeamState } from '../../../lib/messages/team';
import type { PersonSettings } from '../../../lib/settings/person';
import { noPolicySites, now } from './support';

export const lucia: PersonSettings = {
  schema: 2,
  language: 'browser',
  side: 'marketing',
  name: 'Lucía Gil',
  follows: [],
  badge: 'full',
  reminders: { on: false },
  names: 'hidden',
};

export function presetDocument(change: Partial<AgreementDocument> = {}): AgreementDocument {
  const preset = presets().find(({ id }) => id === 'standard');
  if (!preset) throw new Error('There is no such preset');
  const parties = {
    marketing: { ...preset.document.parties.marketing, signatories: ['Lucía Gil'] },
    sales: { ...preset.document.parties.sales, signatories: ['Luis Ortega'] },
  };
  return { ...preset.document, parties, ...change };
}

/** The document with another target in the first rule of its first touch. */
export function withFirstTouch(document: AgreementDocument, workingMinutes: number): AgreementDocument {
  const commitments = document.services.commitments.map((commitment) =>
    commitment.id === 'first-touch'
      ? {
          ...commitment,
          rules: commitment.rules.map((rule, index) =>
            index === 0 ? { ...rule, target: { workingMinutes, calendar: 'office' } } : rule,
          ),
        }
      : commitment,
  );
  return { ...document, services: { ...document.services, commitments } };
}

export function draftWith(document: AgreementDocument, change: Partial<DraftState> = {}): DraftState {
  return {
    text: JSON.stringify(document),
    savedAt: now,
    document,
    stage: 'draft',
    hasPassed: false,
    issues: [],
    signatures: [],
    ...change,
  };
}

export const noTeam: TeamState = {
  url: null,
  byPolicy: false,
  granted: false,
  checkedAt: null,
  good: null,
  failing: null,
  toPublish: null,
};

export function stateWith(change: Partial<AgreementState> = {}): AgreementState {
  return {
    asOf: now,
    document: presetDocument(),
    source: 'sync',
    sources: { agreement: 'sync', 'services.commitments': 'sync', 'management.attempts': 'built-in' },
    versions: [],
    draft: null,
    hasDraftBefore: false,
    conflict: null,
    problems: [],
    toAcknowledge: [],
    isLocked: false,
    team: noTeam,
    reasonsInUse: [],
    ...change,
  };
}

const done = async () => ({ ok: true }) as const;

export function procedureServices(change: Partial<ProcedureServices> = {}): ProcedureServices {
  return {
    ...noPolicySites(),
    agreementState: vi.fn<ProcedureServices['agreementState']>(async () => stateWith()),
    startDraft: vi.fn<ProcedureServices['startDraft']>(done),
    dropDraft: vi.fn<ProcedureServices['dropDraft']>(done),
    propose: vi.fn<ProcedureServices['propose']>(done),
    sign: vi.fn<ProcedureServices['sign']>(done),
    withdraw: vi.fn<ProcedureServices['withdraw']>(done),
    publish: vi.fn<ProcedureServices['publish']>(done),
    chooseVersion: vi.fn<ProcedureServices['chooseVersion']>(done),
    acknowledge: vi.fn<ProcedureServices['acknowledge']>(done),
    dryRun: vi.fn<ProcedureServices['dryRun']>(async () => ({ state: 'gone' })),
    dryRunRows: vi.fn<ProcedureServices['dryRunRows']>(async () => ({ rows: [], names: {} })),
    cancelDryRun: vi.fn<ProcedureServices['cancelDryRun']>(async () => undefined),
    applyToOpen: vi.fn<ProcedureServices['applyToOpen']>(async () => ({ ok: true, leads: 1 })),
    importDocument: vi.fn<ProcedureServices['importDocument']>(async () => ({ ok: false, code: 'not-a-link' })),
    exportDocument: vi.fn<ProcedureServices['exportDocument']>(async () => ({ ok: false, code: 'no-draft' })),
    policyFiles: vi.fn<ProcedureServices['policyFiles']>(async () => ({ ok: true, files: [], hosted: null })),
    saveTeamAddress: vi.fn<ProcedureServices['saveTeamAddress']>(async () => ({ ok: true, isRead: true })),
    readTeamAddress: vi.fn<ProcedureServices['readTeamAddress']>(async () => ({ ok: true, isRead: true })),
    publishToTeam: vi.fn<ProcedureServices['publishToTeam']>(async () => ({ ok: true, version: 5 })),
    allowSite: vi.fn<ProcedureServices['allowSite']>(async () => ({ granted: true, isCrm: false })),
    person: vi.fn<ProcedureServices['person']>(async () => lucia),
    openLead: vi.fn<ProcedureServices['openLead']>(async () => true),
    saveFile: vi.fn<ProcedureServices['saveFile']>(),
    copy: vi.fn<ProcedureServices['copy']>(async () => undefined),
    givenLink: () => null,
    now: () => now,
    ...change,
  };
}

export function youServices(change: Partial<YouServices> = {}): YouServices {
  return {
    person: vi.fn<YouServices['person']>(async () => ({ person: lucia, readable: true })),
    savePerson: vi.fn<YouServices['savePerson']>(done),
    viewers: vi.fn<YouServices['viewers']>(async () => []),
    mayNotify: vi.fn<YouServices['mayNotify']>(async () => true),
    allowNotices: vi.fn<YouServices['allowNotices']>(async () => true),
    now: () => now,
    ...change,
  };
}

export function dataServices(change: Partial<DataServices> = {}): DataServices {
  return {
    ledgerInfo: vi.fn<DataServices['ledgerInfo']>(async () => ({
      leads: 1_200,
      facts: 5_400,
      snoozes: 2,
      forgotten: 0,
      unreadable: 0,
      durable: true,
      used: 4_200_000,
      quota: 2_000_000_000,
      retentionDays: 400,
      kept: null,
    })),
    exportPage: vi.fn<DataServices['exportPage']>(async () => ({ lines: [] })),
    importChunk: vi.fn<DataServices['importChunk']>(async () => ({ ok: false, reason: 'not-a-ledger' })),
    eraseLead: vi.fn<DataServices['eraseLead']>(async () => ({ ok: true, facts: 3 })),
    openFile: vi.fn<DataServices['openFile']>(async () => null),
    now: () => now,
    ...change,
  };
}

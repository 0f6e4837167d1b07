/** Made-up clocks, rows and answers, and a popup and a panel whose browser the test holds in its hand. */
import { cleanup } from '@testing-library/react';
import { afterEach, vi, type Mock } from 'vitest';
import type { PanelServices } from '../../../components/panel/services';
import type { PopupServices } from '../../../components/popup/services';
import { defaultTerms } from '../../../lib/agreement/defaults';
import type { Clock } from '../../../lib/clock/types';
import type { Lead } from '../../../lib/lead/lead';
import { undoMs, type PanelWork } from '../../../lib/messages/acts';
import type { PanelClock, PanelReply } from '../../../lib/messages/panel';
import type { PolicySiteServices } from '../../../lib/messages/policy-sites';
import type { SiteState } from '../../../lib/messages/sites';
import type { Summary, SummaryRequest, SummaryRow } from '../../../lib/messages/summary';

afterEach(cleanup);

export const minute = 60_000;
export const hour = 60 * minute;
/** Thursday 12 March 2026, 16:40 local time. */
export const now = new Date(2026, 2, 12, 16, 40).getTime();
export const today = (hours: number, minutes = 0): number => new Date(2026, 2, 12, hours, minutes).getTime();

/** A running first touch of 60 elapsed minutes that started at 16:00. */
export function clockWith(change: Partial<Clock> = {}): Clock {
  return {
    lead: 'crm|https://crm.example.com|Lead|1',
    commitment: 'first-touch',
    subject: 'lead',
    owedBy: 'sales',
    clause: '3.2',
    agreementVersion: 4,
    target: { elapsedMinutes: 60 },
    calendar: null,
    state: 'running',
    startAt: today(16),
    runsFrom: today(16),
    dueAt: today(17),
    atRiskAt: today(16, 45),
    doneAt: null,
    doneEarliest: null,
    leftMs: 20 * minute,
    asOf: now,
    pauses: [],
    upcoming: [],
    nextChangeAt: null,
    unknown: null,
    unknownSince: null,
    ...change,
  };
}

export function rowWith(name: string, change: Partial<SummaryRow> = {}): SummaryRow {
  return {
    lead: `crm|https://crm.example.com|Lead|${name}`,
    name,
    company: 'Nimbus',
    owner: 'Luis Ortega',
    crm: 'EspoCRM',
    url: null,
    group: 'today',
    clock: clockWith(),
    seenAt: now,
    ...change,
  };
}

export const overdueClock = clockWith({ state: 'overdue', dueAt: today(15), leftMs: -100 * minute });
export const riskyClock = clockWith({ state: 'at-risk', dueAt: today(16, 51), leftMs: 11 * minute });
export const staleClock = clockWith({
  state: 'unknown',
  dueAt: today(11),
  leftMs: -340 * minute,
  unknown: 'stale',
  unknownSince: today(11),
});

export const threeRows: readonly SummaryRow[] = [
  rowWith('Ana', { group: 'overdue', clock: overdueClock }),
  rowWith('Bruno', { group: 'at-risk', clock: riskyClock, owner: null }),
  rowWith('Chen', { group: 'today', company: null }),
];

export function summaryOf(rows: readonly SummaryRow[], change: Partial<Summary> = {}): Summary {
  const counts = { overdue: 0, 'at-risk': 0, today: 0 };
  for (const { group } of rows) counts[group] += 1;
  return {
    asOf: now,
    counts,
    rows,
    total: rows.length,
    leads: 40,
    viewerKnown: true,
    open: {},
    problems: [],
    ...change,
  };
}

/** Answers as the worker does: by group and by words. */
export function answering(rows: readonly SummaryRow[], change: Partial<Summary> = {}) {
  return async ({ group, search = '' }: SummaryRequest): Promise<Summary> => {
    const matching = rows.filter(
      (row) => (group === undefined || row.group === group) && row.name.toLowerCase().includes(search.toLowerCase()),
    );
    return summaryOf(matching, { counts: summaryOf(rows).counts, ...change });
  };
}

export const site: Extract<SiteState, { kind: 'on' }> = {
  kind: 'on',
  origin: 'https://crm.example.com',
  pattern: 'https://crm.example.com/*',
  shipped: false,
  health: {
    adapter: 'espocrm',
    adapterLabel: 'EspoCRM',
    surface: 'list',
    visit: now,
    rows: 20,
    read: 20,
    whole: 20,
    missing: {},
    seen: {},
    selectors: {},
    refused: [],
    badges: 20,
    putBack: 0,
    givenUp: 0,
    problems: [],
    at: now,
  },
};

type Faked<Services extends object> = {
  readonly [Name in keyof Services]: Services[Name] extends (...given: never[]) => unknown
    ? Mock<Services[Name]>
    : never;
};

/** Each service as a mock, so that a test can see what was asked. */
function faked<Services extends object>(services: Services): Faked<Services> {
  const mocks = Object.entries(services).map(([name, service]) => [
    name,
    vi.isMockFunction(service) ? service : vi.fn(service as () => unknown),
  ]);
  return Object.fromEntries(mocks) as Faked<Services>;
}

/** An organisation that names no CRM. */
export const noPolicySites = (): PolicySiteServices => ({
  policySites: async () => [],
  allowSites: async () => true,
});

export function popupServices(change: Partial<PopupServices> = {}): Faked<PopupServices> {
  return faked<PopupServices>({
    summary: answering(threeRows),
    site: async () => site,
    ...noPolicySites(),
    openLead: async () => true,
    next: async () => null,
    snooze: async () => true,
    turnOn: async () => true,
    turnOff: async () => true,
    unread: async () => [],
    acknowledge: async () => ({ ok: true }),
    openOptions: () => {},
    openTimes: () => {},
    openReport: () => {},
    openSidebar: async () => true,
    close: () => {},
    now: () => now,
    ...change,
  });
}

const lead: Lead = {
  key: 'crm|https://crm.example.com|Lead|1',
  id: { crm: 'espocrm', origin: 'https://crm.example.com', object: 'Lead', recordId: '1' },
  fields: { name: 'Ana Pérez', company: 'Nimbus', owner: 'Luis Ortega', status: 'New', statusLabel: 'Nuevo' },
  seenAt: today(16, 12),
};

/** What the panel works with: a sales rep on a lead that nobody has touched yet. */
export function workWith(change: Partial<PanelWork> = {}): PanelWork {
  return {
    side: 'sales',
    me: 'Luis Ortega',
    handOff: {
      at: today(16),
      source: null,
      campaign: null,
      stage: null,
      statusLabel: null,
      persona: null,
      why: null,
      missing: [],
    },
    facts: [],
    olderFacts: 0,
    flags: [],
    alike: [],
    reasons: defaultTerms.taxonomy.reasons,
    parties: { marketing: {}, sales: {} },
    offers: [],
    attempts: { made: 0, agreed: 3 },
    recycles: { done: 0, agreed: 2 },
    undoable: null,
    snoozedUntil: null,
    ...change,
  };
}

export function panelReply(
  clocks: readonly PanelClock[],
  change: Partial<Extract<PanelReply, { ok: true }>> = {},
): PanelReply {
  return {
    ok: true,
    asOf: now,
    lead,
    crmLabel: 'EspoCRM',
    clocks,
    open: {},
    calendars: { office: { label: 'Office hours', timeZone: 'Europe/Madrid' } },
    agreement: { id: 'acme', version: 4, source: 'policy' },
    work: workWith(),
    problems: [],
    ...change,
  };
}

export function panelServices(
  panel: PanelServices['panel'],
  change: Partial<PanelServices> = {},
): Faked<PanelServices> {
  return faked<PanelServices>({
    panel,
    act: async () => ({ ok: true, facts: ['fact-1'], undoUntil: now + undoMs, refused: {} }),
    snooze: async () => true,
    recordAgain: async () => true,
    introduce: async () => true,
    copy: async () => true,
    signal: () => {},
    onLook: () => () => {},
    openSidebar: async () => true,
    now: () => now,
    ...change,
  });
}

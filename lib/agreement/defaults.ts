/**
 * What holds where an agreement says nothing: taxonomy, quality rules, stages, escalation, review, retention. Each figure with
 * where it comes from. Without zod, so that the built-in agreement costs no parsing.
 */
import type { Agreement, WrittenAgreement } from './schema';

type Reason = Agreement['taxonomy']['reasons'][number];

const bothWays: Reason['for'] = ['reject', 'flag'];

function reason(id: string, axis: Reason['axis'], en: string, es: string, more: Partial<Reason> = {}): Reason {
  return { id, label: { en, es }, axis, for: bothWays, ...more };
}

/** Short, and nothing in it that the other side cannot act on. */
const reasons: Reason[] = [
  reason('fit', 'fit', 'Not our kind of customer', 'No es nuestro tipo de cliente', {
    asks: 'which',
    options: ['industry', 'size', 'region', 'role'],
  }),
  reason('intent', 'readiness', 'No interest or need', 'Sin interés ni necesidad'),
  reason('timing', 'readiness', 'Not now', 'Ahora no'),
  reason('data', 'readiness', 'Missing or wrong data', 'Datos que faltan o son erróneos', {
    asks: 'field',
    data: true,
  }),
  reason('duplicate', 'fit', 'Duplicate', 'Duplicado'),
  reason('unreachable', 'readiness', 'Unreachable', 'Ilocalizable', { asks: 'attempts', for: ['reject'] }),
  reason('competitor', 'fit', 'Competitor', 'Competidor'),
  reason('student', 'fit', 'Student', 'Estudiante'),
  reason('vendor', 'fit', 'Vendor', 'Proveedor'),
  reason('spam', 'fit', 'Spam', 'Correo no deseado'),
];

/** What version 1 did not have from the start. */
type AdditionName = Exclude<
  keyof Agreement,
  | 'schema'
  | 'id'
  | 'version'
  | 'title'
  | 'effectiveFrom'
  | 'enforcedFrom'
  | 'atRisk'
  | 'calendars'
  | 'commitments'
  | 'statuses'
>;

const day = 1_440;

export const defaultTerms: Pick<Agreement, AdditionName> = {
  parties: { marketing: {}, sales: {} },
  taxonomy: { reasons },
  // No study names a number that holds everywhere; five is ours, and the agreement's to change.
  attempts: 5,
  recycles: 2,
  quality: [
    { id: 'mail-syntax', rule: 'mail-syntax' },
    { id: 'free-mail', rule: 'free-mail' },
    { id: 'phone', rule: 'phone' },
    { id: 'duplicate', rule: 'duplicate', by: ['email', 'phone'] },
    { id: 'persona', rule: 'persona' },
    { id: 'scope', rule: 'scope' },
    // Krayin, an open-source CRM, calls a lead rotten after 30 days.
    { id: 'stale', rule: 'stale', elapsedMinutes: 30 * day },
  ],
  personas: [],
  scope: { include: [], exclude: [] },
  // The five stages of a funnel, from awareness to decision; which status is which stage, each team says itself.
  stages: [
    { id: 'awareness', label: { en: 'Awareness', es: 'Reconocimiento' }, when: [] },
    { id: 'interest', label: { en: 'Interest', es: 'Interés' }, when: [] },
    { id: 'consideration', label: { en: 'Consideration', es: 'Consideración' }, when: [] },
    { id: 'details', label: { en: 'Details', es: 'Detalles' }, when: [] },
    { id: 'decision', label: { en: 'Decision', es: 'Decisión' }, when: [] },
  ],
  escalation: [
    { id: 'at-risk-owner', on: 'at-risk', afterMinutes: 0, tell: 'owner' },
    { id: 'overdue-owner', on: 'overdue', afterMinutes: 0, tell: 'owner' },
    { id: 'overdue-manager', on: 'overdue', afterMinutes: 60, tell: 'manager' },
  ],
  promises: [],
  // A monthly hour is the middle of what a published meeting guide for SLA reviews suggests (funnelledger.com: weekly 30 to
  // 45 minutes, monthly 60, quarterly reset).
  review: { cadence: 'month', minutes: 60 },
  teams: [],
  // A year, and a month to report on it.
  retentionDays: 400,
};

/** A written agreement with the defaults for what it leaves out. */
export function completed(written: WrittenAgreement): Agreement {
  return { ...defaultTerms, ...written };
}

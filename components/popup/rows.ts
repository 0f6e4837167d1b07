/** The rows of all lists as one column, in the order in which they are seen: what the keys move through. */
import type { LeadKey } from '../../lib/lead/lead';

const rowsOf = (root: ParentNode): HTMLElement[] => Array.from(root.querySelectorAll<HTMLElement>('button[data-lead]'));

/** A row has the focus when its box has it, too. */
const atOf = (rows: readonly HTMLElement[]): number =>
  rows.findIndex((row) => row.closest('li')?.contains(row.ownerDocument.activeElement));

/** Moves the focus by `step` rows; from elsewhere it enters at the first or the last one. `false`: there is no row there. */
export function moveRow(root: ParentNode, step: 1 | -1): boolean {
  const rows = rowsOf(root);
  const at = atOf(rows);
  const next = at === -1 ? rows.at(step === 1 ? 0 : -1) : at + step < 0 ? undefined : rows[at + step];
  next?.focus();
  return next !== undefined;
}

export interface FocusedRow {
  readonly lead: LeadKey;
  /** Its reminders are silent. */
  readonly silent: boolean;
}

export function focusedRow(root: ParentNode): FocusedRow | null {
  const rows = rowsOf(root);
  const row = rows[atOf(rows)];
  const lead = row?.dataset['lead'];
  return row === undefined || lead === undefined ? null : { lead, silent: row.dataset['silent'] !== undefined };
}

export function focusRow(root: ParentNode, lead: LeadKey): boolean {
  const row = rowsOf(root).find(({ dataset }) => dataset['lead'] === lead);
  row?.focus();
  return row !== undefined;
}

/** The row to go on with when these leave the list: the next one that stays, else the one before. */
export function rowBeside(root: ParentNode, leaving: readonly LeadKey[]): LeadKey | null {
  const gone = new Set(leaving);
  const leads = rowsOf(root).map(({ dataset }) => dataset['lead'] ?? '');
  const focused = atOf(rowsOf(root));
  const from = focused === -1 ? leads.findIndex((lead) => gone.has(lead)) : focused;
  const stays = (lead: LeadKey): boolean => !gone.has(lead);
  return leads.slice(Math.max(from, 0)).find(stays) ?? leads.slice(0, Math.max(from, 0)).findLast(stays) ?? null;
}

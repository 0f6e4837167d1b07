/**
 * Repairs of selectors as data: when a CRM changes its pages, somebody who answers for it can hand out other selectors
 * before a new version of the extension is there. Data only, never code: the worker has parsed the repair, and here each
 * selector is tried by the browser's own parser before anything is replaced.
 */
import type { DatedSelector, SelectorTable } from './types';

/** Selector name → its alternatives, newest first. */
export type SelectorRepairs = Readonly<Record<string, readonly DatedSelector[]>>;

/** Names of repairs that were not applied: the table has no such selector, or the browser can't read the CSS. */
export type RefusedRepairs = readonly string[];

/** Puts the repairs into the table, in place, because surfaces hold its lists. All alternatives of a name, or none. */
export function repairSelectors(table: SelectorTable, repairs: SelectorRepairs, doc: Document): RefusedRepairs {
  const refused: string[] = [];
  for (const [name, alternatives] of Object.entries(repairs)) {
    const list = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!list || alternatives.length === 0 || !alternatives.every(({ css }) => isCss(css, doc))) refused.push(name);
    else (list as DatedSelector[]).splice(0, list.length, ...alternatives);
  }
  return refused;
}

/** Whether the browser can read this selector; `{}` stands for a name. */
export function isCss(css: string, doc: Document): boolean {
  try {
    doc.createDocumentFragment().querySelector(css.replaceAll('{}', 'name'));
    return true;
  } catch {
    return false;
  }
}

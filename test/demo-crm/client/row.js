/** One line of a table of leads. A line can be filled again for another lead: its nodes stay, what they say changes. */
import { element, initials, setAttribute, setText } from './dom.js';
import { date, word } from './words.js';

export const columns = ['name', 'company', 'status', 'owner', 'source', 'region', 'tier', 'handedOverAt'];

/** @param {any} lead @param {string} field */
function cellText(lead, field) {
  if (field === 'status') return word(`status.${lead.status}`);
  if (field === 'owner') return lead.owner?.name ?? '';
  return field.endsWith('At') ? date(lead[field]) : lead[field];
}

/** An empty line. @param {'tr' | 'div'} tag `div` for the virtualised table */
export function makeRow(tag) {
  const cell = (/** @type {string} */ field) => {
    const attributes = { class: `cell cell-${field}`, ...(tag === 'div' ? { role: 'gridcell' } : {}) };
    const name = tag === 'tr' ? 'td' : 'div';
    if (field === 'name')
      return element(
        name,
        attributes,
        element('div', { class: 'lead-name' }, element('a', { 'data-field': 'name', dir: 'auto' })),
      );
    const look = { status: 'pill', owner: 'person', tier: 'tier' }[field];
    return element(name, attributes, element('span', { 'data-field': field, ...(look ? { class: look } : {}) }));
  };
  return element(tag, { class: 'lead-row', ...(tag === 'div' ? { role: 'row' } : {}) }, ...columns.map(cell));
}

/** @param {any} row @param {any} lead */
export function fillRow(row, lead) {
  setAttribute(row, 'data-record', lead.id);
  row.removeAttribute('aria-busy');
  for (const field of columns) {
    const target = row.querySelector(`[data-field="${field}"]`);
    setText(target, cellText(lead, field));
    if (field === 'name') {
      setAttribute(target, 'href', `/leads/${lead.id}`);
      setAttribute(target, 'title', lead.name);
    }
    if (field === 'status') setAttribute(target, 'data-value', lead.status);
    if (field === 'owner') {
      setAttribute(target, 'data-value', lead.owner?.id ?? '');
      setAttribute(target, 'data-initials', lead.owner ? initials(lead.owner.name) : '');
    }
  }
}

/** A line whose lead is still on its way. @param {any} row */
export function emptyRow(row) {
  row.removeAttribute('data-record');
  row.setAttribute('aria-busy', 'true');
  for (const target of row.querySelectorAll('[data-field]')) {
    setText(target, '');
    target.removeAttribute('data-value');
    target.removeAttribute('data-initials');
  }
}

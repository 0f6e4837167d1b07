/**
 * The list. Two habits of real CRMs in one: sorting and filtering fill the same rows with other leads, paging
 * throws all rows away.
 */
import { element, icon, setAttribute, setText } from './dom.js';
import { ask } from './requests.js';
import { columns, fillRow, makeRow } from './row.js';
import { number, statuses, word } from './words.js';

/** The list's query is kept for the record pager, which follows the same order. */
export const lastQuery = { text: sessionStorage.getItem('query') ?? '' };

/** @param {import('./app.js').Context} context */
export function list(context) {
  let page = 0;
  let asked = 0;
  let query = new URLSearchParams();

  const go = (/** @type {Record<string, string>} */ changes, replace = false) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') next.delete(name);
      else next.set(name, value);
    }
    context.go(next.size === 0 ? '/leads' : `/leads?${next}`, replace);
  };

  const heads = columns.map((field) => {
    const sort = () =>
      go({ sort: field, dir: query.get('sort') === field && query.get('dir') === 'asc' ? 'desc' : 'asc', page: '' });
    const button = element('button', { type: 'button', 'data-sort': field, onclick: sort }, word(`field.${field}`));
    return element('th', { scope: 'col', class: `cell-${field}` }, button);
  });
  const body = element('tbody');
  const count = element('span', { class: 'count' });
  const nothing = element('p', { class: 'nothing', hidden: true }, word('noLeads'));

  const search = element('input', {
    type: 'search',
    name: 'q',
    placeholder: word('search'),
    'aria-label': word('search'),
    oninput: (/** @type {any} */ event) => go({ q: event.target.value, page: '' }, true),
  });
  const option = (/** @type {string} */ value, /** @type {string} */ label) => element('option', { value }, label);
  const status = element(
    'select',
    {
      name: 'status',
      'aria-label': word('field.status'),
      onchange: (/** @type {any} */ event) => go({ status: event.target.value, page: '' }),
    },
    option('', word('anyStatus')),
    ...statuses.map((name) => option(name, word(`status.${name}`))),
  );
  const owner = element(
    'select',
    {
      name: 'owner',
      'aria-label': word('field.owner'),
      onchange: (/** @type {any} */ event) => go({ owner: event.target.value, page: '' }),
    },
    option('', word('everybody')),
    option('mine', word('mine')),
  );
  const previous = element(
    'button',
    {
      type: 'button',
      'data-page': 'previous',
      'aria-label': word('previous'),
      onclick: () => go({ page: String(page - 1) }),
    },
    icon('back'),
  );
  const next = element(
    'button',
    { type: 'button', 'data-page': 'next', 'aria-label': word('next'), onclick: () => go({ page: String(page + 1) }) },
    icon('next'),
  );
  const where = element('span', { class: 'where' });

  const root = element(
    'section',
    { class: 'list' },
    element(
      'div',
      { class: 'toolbar' },
      element('h1', {}, word('leads'), count),
      element('label', { class: 'search' }, icon('search'), search),
      status,
      owner,
      element('div', { class: 'pager' }, where, previous, next),
    ),
    element(
      'div',
      { class: 'panel scroll' },
      element('table', { class: 'leads' }, element('thead', {}, element('tr', {}, ...heads)), body),
      nothing,
    ),
  );

  return {
    root,
    /** @param {URL} url */
    async update(url) {
      query = new URLSearchParams(url.searchParams);
      for (const name of ['lang', 'zone', 'wipe']) query.delete(name);
      lastQuery.text = query.toString();
      sessionStorage.setItem('query', lastQuery.text);
      status.value = query.get('status') ?? '';
      owner.value = query.get('owner') ?? '';
      if (document.activeElement !== search) search.value = query.get('q') ?? '';
      const mine = ++asked;
      const answer = await ask(`/api/leads?view=list&${query}`);
      if (!answer || mine !== asked) return;
      if (answer.page !== page) body.replaceChildren();
      page = answer.page;
      while (body.rows.length > answer.leads.length) body.lastElementChild.remove();
      answer.leads.forEach((/** @type {any} */ lead, /** @type {number} */ index) => {
        const row = body.rows[index] ?? body.appendChild(makeRow('tr'));
        fillRow(row, lead);
      });
      nothing.hidden = answer.total > 0;
      setText(count, number(answer.total));
      const first = (page - 1) * answer.pageSize + 1;
      setText(
        where,
        answer.total === 0
          ? ''
          : `${number(first)}–${number(first + answer.leads.length - 1)} / ${number(answer.total)}`,
      );
      previous.disabled = page <= 1;
      next.disabled = page >= answer.pages;
      for (const head of heads) {
        const sorted = head.firstElementChild.dataset.sort === (query.get('sort') ?? 'handedOverAt');
        setAttribute(head, 'aria-sort', sorted ? (query.get('dir') === 'asc' ? 'ascending' : 'descending') : 'none');
      }
    },
  };
}

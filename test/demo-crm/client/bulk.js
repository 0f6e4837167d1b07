/**
 * All leads: a virtualised table that recycles about forty rows while it scrolls. A row that is not needed is parked: hidden,
 * still naming the lead it showed last. With `plain=1` an ordinary table of `rows` leads instead.
 */
import { element } from './dom.js';
import { ask } from './requests.js';
import { columns, emptyRow, fillRow, makeRow } from './row.js';
import { number, word } from './words.js';

const rowHeight = 44;
const poolSize = 40;
const ahead = 8;
const chunk = 200;

/** @param {import('./app.js').Context} context @param {URL} url */
export function bulk(context, url) {
  return url.searchParams.has('plain') ? plain() : virtual();
}

/** @param {Node} table */
function frame(table) {
  const count = element('span', { class: 'count' });
  const root = element(
    'section',
    { class: 'list' },
    element('div', { class: 'toolbar' }, element('h1', {}, word('all'), count)),
    table,
  );
  return { root, count };
}

function plain() {
  const body = element('tbody');
  const heads = columns.map((field) => element('th', { scope: 'col', class: `cell-${field}` }, word(`field.${field}`)));
  const table = element('table', { class: 'leads' }, element('thead', {}, element('tr', {}, ...heads)), body);
  const { root, count } = frame(element('div', { class: 'panel scroll' }, table));
  return {
    root,
    /** @param {URL} url */
    async update(url) {
      const wanted = Number(url.searchParams.get('rows') ?? 1_000);
      const rows = [];
      while (rows.length < wanted) {
        const answer = await ask(
          `/api/leads?view=all&offset=${rows.length}&limit=${Math.min(1_000, wanted - rows.length)}`,
        );
        if (!answer || answer.leads.length === 0) break;
        for (const lead of answer.leads) {
          const row = makeRow('tr');
          fillRow(row, lead);
          rows.push(row);
        }
      }
      body.replaceChildren(...rows);
      count.textContent = number(rows.length);
    },
  };
}

function virtual() {
  /** @type {Map<number, any>} lead by place */
  const known = new Map();
  /** @type {Set<number>} */
  const asked = new Set();
  let total = 0;
  let drawing = 0;
  const pool = Array.from({ length: poolSize }, () => makeRow('div'));
  const body = element('div', { class: 'grid-body', role: 'rowgroup' }, ...pool);
  for (const row of pool) row.hidden = true;
  const scroller = element(
    'div',
    { class: 'panel grid-scroll', tabindex: '0', role: 'grid', 'aria-label': word('all'), onscroll: () => schedule() },
    body,
  );
  const heads = columns.map((field) =>
    element('div', { role: 'columnheader', class: `cell cell-${field}` }, word(`field.${field}`)),
  );
  scroller.prepend(element('div', { class: 'grid-head', role: 'row' }, ...heads));
  const { root, count } = frame(scroller);

  function schedule() {
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(draw);
  }

  /** @param {number} part */
  async function load(part) {
    if (asked.has(part)) return;
    asked.add(part);
    const answer = await ask(`/api/leads?view=all&offset=${part * chunk}&limit=${chunk}`);
    if (!answer) {
      asked.delete(part);
      return;
    }
    answer.leads.forEach((/** @type {any} */ lead, /** @type {number} */ index) =>
      known.set(part * chunk + index, lead),
    );
    total = answer.total;
    count.textContent = number(total);
    body.style.height = `${total * rowHeight}px`;
    scroller.setAttribute('aria-rowcount', String(total));
    draw();
  }

  function draw() {
    const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - ahead);
    const shown = Math.ceil(scroller.clientHeight / rowHeight) + 2 * ahead;
    const last = Math.min(total, first + Math.min(shown, poolSize));
    const used = new Set();
    for (let index = first; index < last; index += 1) {
      const row = pool[index % poolSize];
      used.add(row);
      row.hidden = false;
      row.style.transform = `translateY(${index * rowHeight}px)`;
      row.setAttribute('aria-rowindex', String(index + 1));
      const lead = known.get(index);
      if (lead) fillRow(row, lead);
      else emptyRow(row);
      if (!lead) void load(Math.floor(index / chunk));
    }
    for (const row of pool) if (!used.has(row)) row.hidden = true;
  }

  addEventListener('resize', schedule);
  return {
    root,
    async update() {
      if (total === 0) await load(0);
    },
    leave: () => removeEventListener('resize', schedule),
  };
}

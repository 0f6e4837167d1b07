/** The board: one column a status. Moving a card makes that card anew and leaves all others alone. */
import { element, initials } from './dom.js';
import { ask, patch } from './requests.js';
import { number, statuses, word } from './words.js';

/** @param {any} lead @param {(id: string, status: string) => void} move */
function makeCard(lead, move) {
  const card = element(
    'article',
    {
      class: 'card',
      'data-record': lead.id,
      'data-status': lead.status,
      draggable: 'true',
      tabindex: '0',
      ondragstart: (/** @type {DragEvent} */ event) => {
        event.dataTransfer?.setData('text/plain', lead.id);
        card.classList.add('dragged');
      },
      ondragend: () => card.classList.remove('dragged'),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        const to = step === undefined ? undefined : statuses[statuses.indexOf(lead.status) + step];
        if (event.target === card && to) move(lead.id, to);
      },
    },
    element(
      'div',
      { class: 'card-top' },
      element(
        'div',
        { class: 'card-name' },
        element('a', { 'data-field': 'name', href: `/leads/${lead.id}`, dir: 'auto', title: lead.name }, lead.name),
      ),
      element(
        'select',
        {
          class: 'move',
          'aria-label': `${word('move')} ${lead.name}`,
          onchange: (/** @type {any} */ event) => move(lead.id, event.target.value),
        },
        element('option', { value: '' }, '⋯'),
        ...statuses
          .filter((name) => name !== lead.status)
          .map((name) => element('option', { value: name }, word(`status.${name}`))),
      ),
    ),
    element('div', { class: 'card-company', 'data-field': 'company' }, lead.company),
    element(
      'div',
      { class: 'card-foot' },
      element(
        'span',
        {
          class: 'person',
          'data-field': 'owner',
          'data-value': lead.owner?.id ?? '',
          'data-initials': lead.owner ? initials(lead.owner.name) : '–',
          title: lead.owner?.name ?? word('unassigned'),
        },
        element('span', { class: 'who' }, lead.owner?.name ?? word('unassigned')),
      ),
      element('span', { class: 'tier', 'data-field': 'tier' }, lead.tier),
    ),
  );
  return card;
}

/** @param {string} name @param {(id: string, status: string) => void} move */
function makeColumn(name, move) {
  const column = element(
    'section',
    {
      class: 'column',
      'data-status': name,
      ondragover: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        column.classList.add('target');
      },
      ondragleave: () => column.classList.remove('target'),
      ondrop: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        column.classList.remove('target');
        const id = event.dataTransfer?.getData('text/plain');
        if (id) move(id, name);
      },
    },
    element(
      'h2',
      {},
      element('span', { class: 'dot', 'data-value': name }),
      word(`status.${name}`),
      element('span', { class: 'count' }),
    ),
    element('div', { class: 'cards' }),
  );
  return column;
}

export function board() {
  const columns = new Map(statuses.map((name) => [name, makeColumn(name, (id, to) => void move(id, to))]));
  const root = element('section', { class: 'board' }, ...columns.values());
  const cardsOf = (/** @type {string} */ name) => columns.get(name).querySelector('.cards');

  function count() {
    for (const [name, column] of columns)
      column.querySelector('.count').textContent = number(cardsOf(name).childElementCount);
  }

  /** @param {string} id @param {string} status */
  async function move(id, status) {
    const old = root.querySelector(`.card[data-record="${CSS.escape(id)}"]`);
    if (!old || old.dataset.status === status) return;
    const lead = await patch(id, { status });
    if (!lead) return;
    const card = makeCard(lead, (which, to) => void move(which, to));
    const focused = old.contains(document.activeElement);
    old.remove();
    cardsOf(status).prepend(card);
    if (focused) card.focus();
    count();
  }

  return {
    root,
    async update() {
      const answer = await ask('/api/leads?view=board');
      if (!answer) return;
      for (const name of statuses) {
        const cards = answer.leads.filter((/** @type {any} */ lead) => lead.status === name);
        cardsOf(name).replaceChildren(
          ...cards.map((/** @type {any} */ lead) => makeCard(lead, (id, to) => void move(id, to))),
        );
      }
      count();
    },
  };
}

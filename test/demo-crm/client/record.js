/**
 * One lead. The pager fills the same nodes with the next lead while the address changes; refreshing, and each change that is
 * saved, builds the header anew and so drops whatever somebody else has put there.
 */
import { element, icon, initials, setAttribute, setText } from './dom.js';
import { lastQuery } from './list.js';
import { ask, patch } from './requests.js';
import { date, number, word } from './words.js';

const groups = {
  contact: ['email', 'phone', 'company', 'region'],
  origin: ['source', 'campaign', 'tier', 'createdAt'],
  dates: ['handedOverAt', 'assignedAt', 'firstTouchAt', 'lastTouchAt', 'lastInboundAt', 'modifiedAt'],
};
const happenings = [
  'createdAt',
  'handedOverAt',
  'assignedAt',
  'firstTouchAt',
  'lastTouchAt',
  'lastInboundAt',
  'heldAt',
  'closedAt',
];

/** Which actions a status offers, and what each one sends. */
const actions = [
  { name: 'accept', from: ['new'], change: { status: 'accepted' }, main: true },
  { name: 'call', from: ['new', 'accepted', 'working', 'on-hold'], change: { touch: true } },
  { name: 'hold', from: ['new', 'accepted', 'working'], change: { status: 'on-hold' } },
  { name: 'resume', from: ['on-hold'], change: { resume: true }, main: true },
  { name: 'won', from: ['accepted', 'working'], change: { status: 'won' } },
  { name: 'lost', from: ['new', 'accepted', 'working', 'on-hold'], change: { status: 'lost' } },
];

/** @type {Map<string, string>} kept until the page is reloaded */
const notes = new Map();

/** @param {any} lead @param {string} field */
const valueText = (lead, field) => (field.endsWith('At') ? date(lead[field]) : lead[field]);

function makeHeader() {
  return [
    element('span', { class: 'avatar big' }),
    element(
      'div',
      { class: 'record-heading' },
      element('div', { class: 'record-title' }, element('h1', { 'data-field': 'name', dir: 'auto' })),
      element(
        'div',
        { class: 'record-facts' },
        element('span', { class: 'pill', 'data-field': 'status' }),
        element('span', { 'data-headline': 'company' }),
        element('span', { class: 'person', 'data-field': 'owner' }),
      ),
    ),
    element('div', { class: 'actions' }),
  ];
}

/** @param {any} lead */
function detailsPanel(lead) {
  const field = (/** @type {string} */ name) =>
    element(
      'div',
      { class: 'field' },
      element('dt', {}, word(`field.${name}`)),
      element('dd', { 'data-field': name, dir: 'auto' }, valueText(lead, name)),
    );
  return element(
    'div',
    { class: 'groups' },
    ...Object.entries(groups).map(([group, fields]) =>
      element('section', { class: 'panel' }, element('h2', {}, word(group)), element('dl', {}, ...fields.map(field))),
    ),
  );
}

/** @param {any} lead */
function activityPanel(lead) {
  const dated = happenings
    .filter((name) => lead[name] !== null)
    .toSorted((one, other) => lead[one].localeCompare(lead[other]))
    .toReversed();
  const line = (/** @type {string} */ name) =>
    element('li', {}, element('strong', {}, word(`field.${name}`)), element('span', {}, date(lead[name])));
  return element('section', { class: 'panel' }, element('ol', { class: 'timeline' }, ...dated.map(line)));
}

/** @param {any} lead */
function notesPanel(lead) {
  const keep = (/** @type {any} */ event) => notes.set(lead.id, event.target.value);
  const area = element('textarea', {
    rows: '8',
    placeholder: word('notesHint'),
    'aria-label': word('notes'),
    oninput: keep,
  });
  area.value = notes.get(lead.id) ?? '';
  return element('section', { class: 'panel' }, area);
}

const panels = { details: detailsPanel, activity: activityPanel, notes: notesPanel };

/** @param {import('./app.js').Context} context */
export function record(context) {
  /** @type {string[] | null} */
  let order = null;
  /** @type {any} */
  let lead = null;
  let tab = /** @type {keyof typeof panels} */ ('details');
  let asked = 0;

  const where = element('span', { class: 'where' });
  const step = (/** @type {number} */ by) => {
    const to = order?.[order.indexOf(lead?.id) + by];
    if (to) context.go(`/leads/${to}`);
  };
  const previous = element(
    'button',
    { type: 'button', 'data-page': 'previous', 'aria-label': word('previous'), onclick: () => step(-1) },
    icon('back'),
  );
  const next = element(
    'button',
    { type: 'button', 'data-page': 'next', 'aria-label': word('next'), onclick: () => step(1) },
    icon('next'),
  );
  const refresh = element(
    'button',
    { type: 'button', class: 'quiet', 'data-action': 'refresh', onclick: () => void reload() },
    icon('refresh'),
    word('refresh'),
  );
  const back = element('a', { class: 'back', href: '/leads' }, icon('back'), word('leads'));
  const header = element('div', { class: 'panel record-head' }, ...makeHeader());
  const panel = element('div', { class: 'tab-panel', role: 'tabpanel' });
  const tabs = Object.keys(panels).map((name) =>
    element(
      'button',
      {
        type: 'button',
        role: 'tab',
        'data-tab': name,
        onclick: () => {
          tab = /** @type {keyof typeof panels} */ (name);
          fill();
        },
      },
      word(name),
    ),
  );
  const article = element(
    'article',
    { class: 'record' },
    header,
    element('div', { class: 'record-tabs', role: 'tablist' }, ...tabs),
    panel,
  );
  const gone = element('p', { class: 'nothing', hidden: true }, word('gone'));
  const root = element(
    'section',
    { class: 'record-page' },
    element('div', { class: 'toolbar' }, back, refresh, element('div', { class: 'pager' }, where, previous, next)),
    article,
    gone,
  );

  function fillHeader() {
    const at = (/** @type {string} */ selector) => header.querySelector(selector);
    setAttribute(at('.avatar'), 'data-initials', initials(lead.name.replaceAll(/[^\p{L} ]/gu, '')));
    setText(at('h1'), lead.name);
    setAttribute(at('h1'), 'title', lead.name);
    setText(at('[data-headline=company]'), lead.company);
    setText(at('[data-field=status]'), word(`status.${lead.status}`));
    setAttribute(at('[data-field=status]'), 'data-value', lead.status);
    setText(at('[data-field=owner]'), lead.owner?.name ?? word('unassigned'));
    setAttribute(at('[data-field=owner]'), 'data-value', lead.owner?.id ?? '');
    setAttribute(at('[data-field=owner]'), 'data-initials', lead.owner ? initials(lead.owner.name) : '');
    const owners = context.me.team.filter((/** @type {any} */ rep) => rep.id !== lead.owner?.id);
    at('.actions').replaceChildren(
      ...actions
        .filter(({ from }) => from.includes(lead.status))
        .map(({ name, change, main }) =>
          element(
            'button',
            { type: 'button', 'data-action': name, class: main ? 'main' : undefined, onclick: () => void save(change) },
            word(`action.${name}`),
          ),
        ),
      element(
        'select',
        {
          'aria-label': word('reassign'),
          'data-action': 'owner',
          onchange: (/** @type {any} */ event) => void save({ ownerId: event.target.value }),
        },
        element('option', { value: '' }, word('reassign')),
        ...owners.map((/** @type {any} */ rep) => element('option', { value: rep.id }, rep.name)),
      ),
    );
  }

  /** Shows the lead in the nodes that are there; only the tab's panel is made anew. */
  function fill() {
    setAttribute(article, 'data-record', lead.id);
    fillHeader();
    for (const button of tabs) setAttribute(button, 'aria-selected', String(button.dataset.tab === tab));
    panel.replaceChildren(panels[tab](lead));
    const place = order?.indexOf(lead.id) ?? -1;
    setText(where, place < 0 ? '' : `${number(place + 1)} / ${number(order?.length ?? 0)}`);
    previous.disabled = place <= 0;
    next.disabled = place < 0 || place >= (order?.length ?? 0) - 1;
    document.title = `${lead.name} · Demo CRM`;
  }

  /** Wipes: foreign nodes in the header do not survive this. */
  function rebuild() {
    header.replaceChildren(...makeHeader());
    fill();
  }

  async function reload() {
    const answer = await ask(`/api/leads/${lead.id}`);
    if (!answer) return;
    lead = answer.lead;
    rebuild();
  }

  /** @param {object} change */
  async function save(change) {
    const saved = await patch(lead.id, change);
    if (!saved) return;
    lead = saved;
    rebuild();
  }

  return {
    root,
    /** @param {URL} url */
    async update(url) {
      const id = decodeURIComponent(url.pathname.slice('/leads/'.length));
      back.href = lastQuery.text ? `/leads?${lastQuery.text}` : '/leads';
      const mine = ++asked;
      order ??= (await ask(`/api/leads?view=order&${lastQuery.text}`))?.ids ?? null;
      const answer = await ask(`/api/leads/${encodeURIComponent(id)}`);
      if (mine !== asked) return;
      gone.hidden = answer !== null;
      article.hidden = answer === null;
      if (!answer) return;
      lead = answer.lead;
      fill();
    },
    leave: () => {
      document.title = 'Demo CRM';
    },
  };
}

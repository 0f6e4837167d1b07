/** The frame around the views: top bar, navigation by pushState, settings. */
import { board } from './board.js';
import { bulk } from './bulk.js';
import { element, icon, initials } from './dom.js';
import { list } from './list.js';
import { record } from './record.js';
import { ask } from './requests.js';
import { lang, switchLanguage, word, zone } from './words.js';

/**
 * A view lives as long as addresses of its kind follow each other; then it updates in place.
 * @typedef {{ root: HTMLElement, update(url: URL): void | Promise<void>, leave?(): void }} View
 * @typedef {{ me: any, go(path: string, replace?: boolean): void }} Context
 */

/** @type {{ kind: string, view: View } | null} */
let current = null;
const main = element('main', { id: 'view' });

/** @param {URL} url */
function kindOf(url) {
  if (url.pathname === '/leads/all') return url.searchParams.has('plain') ? 'plain' : 'all';
  if (url.pathname !== '/leads') return 'record';
  return url.searchParams.get('view') === 'board' ? 'board' : 'list';
}

/** @param {Context} context */
function show(context) {
  const url = new URL(location.href);
  const kind = kindOf(url);
  if (current?.kind !== kind) {
    current?.view.leave?.();
    const make = { list, board, record, all: bulk, plain: bulk }[kind];
    current = { kind, view: make(context, url) };
    main.replaceChildren(current.view.root);
    document.documentElement.dataset.view = kind;
  }
  for (const tab of document.querySelectorAll('.tabs a'))
    tab.toggleAttribute('aria-current', tab.getAttribute('data-tab') === kind);
  void current.view.update(url);
}

/** @param {any} me */
function topBar(me) {
  const tab = (/** @type {string} */ name, /** @type {string} */ href, /** @type {any} */ symbol) =>
    element('a', { href, 'data-tab': name }, icon(symbol), word(name === 'list' ? 'leads' : name));
  const language = (/** @type {string} */ code) =>
    element(
      'button',
      { type: 'button', 'aria-pressed': String(lang === code), onclick: () => switchLanguage(code) },
      code.toUpperCase(),
    );
  return element(
    'header',
    { class: 'topbar' },
    element('a', { class: 'brand', href: '/leads' }, element('img', { src: '/client/icon.svg', alt: '' }), 'Demo CRM'),
    element(
      'nav',
      { class: 'tabs' },
      tab('list', '/leads', 'list'),
      tab('board', '/leads?view=board', 'board'),
      tab('all', '/leads/all', 'all'),
    ),
    element(
      'div',
      { class: 'segmented', role: 'group', 'aria-label': word('language') },
      language('en'),
      language('es'),
    ),
    element(
      'div',
      { class: 'user', 'data-user-id': me.id, 'data-user-name': me.name },
      element('span', { class: 'avatar', 'data-initials': initials(me.name) }),
      element('span', {}, me.name),
      element('a', { class: 'quiet', href: '/signout' }, word('signOut')),
    ),
  );
}

/** As some CRMs do on each re-render: whatever is not theirs beside a name goes. */
function wipeForeignNodes() {
  for (const line of document.querySelectorAll('.lead-name, .card-foot, .record-title')) {
    const own = [...line.children].filter((child) => child.matches('[data-field]'));
    if (own.length !== line.childNodes.length) line.replaceChildren(...own);
  }
}

async function start() {
  document.documentElement.lang = lang;
  document.documentElement.dataset.zone = zone;
  const me = await ask('/api/me');
  if (!me) return;
  /** @type {Context} */
  const context = {
    me,
    go(path, replace = false) {
      history[replace ? 'replaceState' : 'pushState'](null, '', path);
      show(context);
    },
  };
  document.querySelector('#demo-crm')?.replaceChildren(topBar(me), main);
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest('a[href^="/leads"]') : null;
    if (!link) return;
    event.preventDefault();
    context.go(link.getAttribute('href') ?? '/leads');
  });
  addEventListener('popstate', () => show(context));
  if (new URLSearchParams(location.search).get('wipe') === '1') setInterval(wipeForeignNodes, 100);
  show(context);
}

await start();

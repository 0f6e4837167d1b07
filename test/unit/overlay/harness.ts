/** A small CRM page, its adapter and a worker that answers at once, for the tests of the overlay. */
import { vi } from 'vitest';
import type { Clock } from '../../../lib/clock/types';
import { sweepLeads } from '../../../lib/crm/sweep';
import { createViewerLook } from '../../../lib/crm/viewer';
import type { CrmAdapter, CrmApi, DatedSelector, Reading, SweepEnd, SweepLook } from '../../../lib/crm/types';
import type { Observation, Viewer } from '../../../lib/lead/lead';
import type { LeadMarks, ObserveReply, ObserveRequest } from '../../../lib/messages/observing';
import type { PageChange, PageHealth } from '../../../lib/messages/page-health';
import { createDesk } from '../../../lib/overlay/desk';
import type { CreateDesk } from '../../../lib/overlay/desk-shelf';
import { startOverlay, type Overlay } from '../../../lib/overlay/engine';
import { leadKey } from '../../../lib/lead/lead';
import en from '../../../public/_locales/en/messages.json';
import es from '../../../public/_locales/es/messages.json';
import type { WorkerPort, Words } from '../../../lib/overlay/types';

export const minute = 60_000;
export const hour = 60 * minute;
/** Monday 2026-03-09 10:00 UTC. */
export const start = Date.UTC(2026, 2, 9, 10);

export function wordsOf(locale: string): Words {
  const messages: Readonly<Record<string, { readonly message: string } | undefined>> = locale === 'es' ? es : en;
  return {
    locale,
    t: (key, ...substitutions) =>
      (messages[key]?.message ?? key).replace(
        /\$(\d)/g,
        (_all, index: string) => substitutions[Number(index) - 1] ?? '',
      ),
  };
}

export function clockOf(lead: string, over: Partial<Clock> = {}): Clock {
  const now = Date.now();
  const leftMs = over.leftMs === undefined ? 3 * hour : over.leftMs;
  return {
    lead,
    commitment: 'first-touch',
    subject: 'lead',
    owedBy: 'sales',
    clause: '3.2',
    agreementVersion: 1,
    target: { elapsedMinutes: 240 },
    calendar: null,
    state: 'running',
    startAt: now - hour,
    runsFrom: now - hour,
    dueAt: leftMs === null ? null : now + leftMs,
    atRiskAt: null,
    doneAt: null,
    doneEarliest: null,
    leftMs,
    asOf: now,
    pauses: [],
    upcoming: [],
    nextChangeAt: null,
    unknown: null,
    unknownSince: null,
    ...over,
  };
}

const selector = (css: string): readonly DatedSelector[] => [{ css, since: '2026-01', seenOn: 'test' }];
const text = (row: Element, css: string): string => row.querySelector(css)?.textContent?.trim() ?? '';

const fieldsOf = (row: Element) => ({ name: text(row, '.name a'), owner: text(row, '.owner') || 'Anna Weber' });

export interface PageOptions {
  /** What the worker says that the CRM changed. */
  readonly changed?: readonly PageChange[];
  readonly api?: CrmApi;
  /** Rows name their record by a handle. */
  readonly handles?: boolean;
  readonly clock?: (lead: string) => Clock | null;
  /** What people and rules said of a lead. */
  readonly marks?: (lead: string) => LeadMarks | undefined;
  readonly read?: (row: Element) => Reading;
  readonly observe?: (request: ObserveRequest) => Promise<ObserveReply>;
  readonly url?: string;
  /** What the worker still holds for open after a sweep. */
  readonly unseen?: readonly SweepLook[];
  readonly alive?: () => boolean;
  readonly createDesk?: CreateDesk;
  /** Who is signed in, as the page shows it. */
  readonly viewer?: () => Viewer | null;
  /** Whether rows are in the viewport. */
  readonly near?: boolean;
}

export interface TestPage {
  readonly overlay: Overlay;
  readonly stop: AbortController;
  readonly observed: Observation[][];
  /** What a sweep told, message by message, and how it ended. */
  readonly swept: Observation[][];
  readonly sweepEnds: SweepEnd[];
  /** Who was said to be signed in. */
  readonly viewers: Viewer[];
  readonly health: PageHealth[];
  readonly tokens: string[];
  /** Leads and standing token of each question for the bar's token. */
  readonly barTokens: { readonly leads: readonly string[]; readonly token?: string }[];
  readonly reads: { count: number };
  readonly requests: { count: number };
  goTo(url: string): void;
  /** The address changes and no event tells. */
  moveTo(url: string): void;
}

export const idOf = (recordId: string) => ({ crm: 'test', origin: 'https://crm.test', object: 'Lead', recordId });
export const keyOf = (recordId: string): string => leadKey(idOf(recordId));

export const rowHtml = (id: string | number, name = `Lead ${id}`): string =>
  `<tr data-id="${id}"><td class="name"><a href="#x">${name}</a></td><td class="owner">Anna Weber</td></tr>`;
export const tableHtml = (...rows: readonly string[]): string =>
  `<main><table><tbody id="rows">${rows.join('')}</tbody></table></main>`;

/** Every row is in sight at once. */
export function stubSight(near = true): void {
  class Sight {
    readonly callback: (entries: { target: Element; isIntersecting: boolean }[]) => void;
    constructor(callback: Sight['callback']) {
      this.callback = callback;
    }
    observe(target: Element): void {
      queueMicrotask(() => this.callback([{ target, isIntersecting: near }]));
    }
    unobserve(): void {}
    disconnect(): void {}
  }
  vi.stubGlobal('IntersectionObserver', Sight);
}

export function open(html: string, options: PageOptions = {}): TestPage {
  document.body.innerHTML = html;
  stubSight(options.near ?? true);
  const stop = new AbortController();
  const observed: Observation[][] = [];
  const swept: Observation[][] = [];
  const sweepEnds: TestPage['sweepEnds'] = [];
  const viewers: Viewer[] = [];
  const health: PageHealth[] = [];
  const tokens: string[] = [];
  const barTokens: TestPage['barTokens'] = [];
  const reads = { count: 0 };
  const requests = { count: 0 };
  let url = options.url ?? 'https://crm.test/#Lead';
  const { api } = options;

  const read = (row: Element): Reading => {
    reads.count += 1;
    if (options.read) return options.read(row);
    const id = row.getAttribute('data-id');
    if (!id) return { ok: false, missing: ['recordId'] };
    return { ok: true, ref: { by: options.handles ? 'handle' : 'id', value: id }, fields: fieldsOf(row), missing: [] };
  };
  const adapter: CrmAdapter = {
    id: 'test',
    label: 'Test CRM',
    hosts: [],
    selfHosted: true,
    selectors: {},
    detect: () => 1,
    route: (at) => {
      const [kind, recordId] = at.hash.slice(1).split('/');
      if (kind === 'Lead' && recordId) return { kind: 'record', object: 'Lead', recordId };
      return kind === 'Lead' ? { kind: 'list', object: 'Lead' } : null;
    },
    ...(options.viewer ? { viewer: options.viewer } : {}),
    recordUrl: (_object, recordId) => `https://crm.test/#Lead/${recordId}`,
    surfaces: {
      list: {
        root: selector('#rows'),
        rows: selector('tr:not(.parked)'),
        attributes: ['class', 'data-id'],
        read,
        place: (row) => placeIn(row.querySelector('.name')),
      },
      record: {
        rows: selector('.record'),
        read: (row, page) => ({
          ok: true,
          ref: { by: 'id', value: page.route.recordId ?? '' },
          fields: { name: text(row, 'h1 b') },
          missing: [],
        }),
        place: (row) => placeIn(row.querySelector('h1')),
      },
    },
    ...(api ? { api: { ...api, fetch: (...args) => ((requests.count += 1), api.fetch(...args)) } } : {}),
  };
  const worker: WorkerPort = {
    async observe(request) {
      observed.push([...request.observations]);
      if (request.viewer) viewers.push(request.viewer);
      if (options.observe) return options.observe(request);
      const clocks: Record<string, readonly Clock[]> = {};
      for (const { id } of request.observations) {
        const clock = (options.clock ?? clockOf)(leadKey(id));
        clocks[leadKey(id)] = clock ? [clock] : [];
      }
      const marks: Record<string, LeadMarks> = {};
      for (const lead of Object.keys(clocks)) {
        const said = options.marks?.(lead);
        if (said) marks[lead] = said;
      }
      return { asOf: Date.now(), clocks, open: {}, marks, problems: [] };
    },
    async sweepPage({ observations }) {
      swept.push([...observations]);
    },
    async sweepEnd(end) {
      sweepEnds.push(end);
      return (end.complete && options.unseen) || [];
    },
    async health(said) {
      health.push(said);
      return { changed: options.changed ?? [] };
    },
    async panelToken({ lead }) {
      tokens.push(lead);
      return { token: 'one-time' };
    },
    async bulkToken(asked) {
      barTokens.push(asked);
      return { token: asked.token ?? `bar-${barTokens.length}` };
    },
  };
  const overlay = startOverlay({
    adapter,
    doc: document,
    url: () => new URL(url),
    worker,
    request: async () => null,
    sweepLeads,
    createViewerLook,
    words: wordsOf('en'),
    createDesk: options.createDesk ?? createDesk,
    panelUrl: 'about:blank',
    barUrl: 'about:blank',
    signal: stop.signal,
    random: () => 0.5,
    breathe: () => Promise.resolve(),
    onDead: () => stop.abort(),
    ...(options.alive ? { alive: options.alive } : {}),
  });
  return {
    overlay,
    stop,
    observed,
    swept,
    sweepEnds,
    viewers,
    health,
    tokens,
    barTokens,
    reads,
    requests,
    moveTo(next) {
      url = next;
    },
    goTo(next) {
      url = next;
      window.dispatchEvent(new Event('hashchange'));
    },
  };
}

const placeIn = (parent: Element | null) => (parent ? { parent, before: null } : null);

/** Lets the page, our timers and our promises come to rest. */
export const settle = (ms = 2_000): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

export const badges = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('relevo-badge')];
export const badgeIn = (row: string): HTMLElement | null => document.querySelector(`tr[data-id="${row}"] relevo-badge`);
export const buttonOf = (badge: HTMLElement | null): HTMLButtonElement => {
  const button = badge?.shadowRoot?.querySelector('button');
  if (!button) throw new Error('this badge is not drawn');
  return button;
};
export const timeOf = (badge: HTMLElement | null): string => buttonOf(badge).querySelector('.time')?.textContent ?? '';

/** Writes text as React and Vue do: into the text node that is there. */
export function write(scope: ParentNode, css: string, data: string): void {
  const node = scope.querySelector(css)?.firstChild;
  if (node instanceof Text) node.data = data;
  else throw new Error(`${css} holds no text`);
}

/** A frame of ours, with the window that this environment gives no frame in a shadow root. */
export interface WatchedFrame {
  readonly el: HTMLIFrameElement;
  /** What was told to it. */
  readonly told: unknown[];
  /** Says something as the page in the frame does. */
  say(data: unknown): void;
}

/** Frames that are made from now on, until mocks are restored. */
export function watchFrames(): WatchedFrame[] {
  const frames: WatchedFrame[] = [];
  const create = document.createElement.bind(document);
  vi.spyOn(document, 'createElement').mockImplementation((tag: string) => {
    const el = create(tag);
    if (tag === 'iframe') {
      const told: unknown[] = [];
      const source = { postMessage: (data: unknown) => void told.push(data) } as unknown as Window;
      Object.defineProperty(el, 'contentWindow', { value: source });
      frames.push({
        el: el as HTMLIFrameElement,
        told,
        say: (data) => void window.dispatchEvent(new MessageEvent('message', { data, source })),
      });
    }
    return el;
  });
  return frames;
}

/** Where a person works at a page: what opens at a badge or a link. It wires these parts together. */
import type { LeadKey } from '../lead/lead';
import type { OnHand } from '../messages/panel';
import type { Badge } from './badge';
import { createBar, type Bar } from './bar';
import { createCard, type Card, type CardContent } from './card';
import { createPanelFrame, type PanelFrame } from './panel-frame';
import type { Row, Rows } from './rows';
import { createTouchOffer } from './touch-offer';
import type { WorkerPort, Words } from './types';
import type { Whereabouts } from './whereabouts';

export interface Desk {
  readonly card: Card;
  readonly panel: PanelFrame;
  readonly bar: Bar;
  /** The lead whose badge was opened last on this page, or else the record's. */
  onHand(): OnHand;
  /** The page is left. */
  leave(): void;
}

export interface DeskOptions {
  readonly doc: Document;
  readonly panelUrl: string;
  readonly barUrl: string;
  readonly words: Words;
  readonly worker: WorkerPort;
  /** Asks the worker, and notices when there is none any more. */
  readonly ask: <T>(question: () => Promise<T>) => Promise<T>;
  readonly rows: Rows;
  readonly where: Whereabouts;
  readonly paint: (row: Row) => void;
  /** Tells and asks again what these rows are about. */
  readonly refresh: (rows: readonly Row[]) => void;
  /** What to say of a badge now; `null` for nothing. */
  readonly cardContent: (badge: Badge) => CardContent | null;
  readonly writing: (change: () => void) => void;
  /** Another lead may be on hand once what is going on now is over. */
  readonly onHandChanged?: () => void;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export function createDesk(options: DeskOptions): Desk {
  const { doc, words, worker, ask, rows, where, writing, now, signal } = options;
  let opened: LeadKey | null = null;
  const badgeOf = (lead: LeadKey): Badge | null => rows.of(lead).find((row) => row.badge)?.badge ?? null;
  const refresh = (leads: readonly LeadKey[]): void => options.refresh(leads.flatMap((lead) => rows.of(lead)));

  function leadAt(path: readonly EventTarget[]): LeadKey | null {
    for (const at of path) {
      const lead = at instanceof Element ? rows.get(at)?.lead : null;
      if (lead) return lead;
    }
    return leadOfRecord();
  }

  function leadOfRecord(): LeadKey | null {
    if (where.page?.route.kind !== 'record') return null;
    return [...rows.all()].find(({ lead }) => lead !== null)?.lead ?? null;
  }

  function setOpened(lead: LeadKey | null): void {
    opened = lead;
    options.onHandChanged?.();
  }

  const card = createCard(doc, options.cardContent, writing, signal);
  const panel = createPanelFrame({
    doc,
    url: options.panelUrl,
    title: () => words.t('badge_panel_title'),
    token(lead) {
      setOpened(lead);
      return ask(() => worker.panelToken({ lead }));
    },
    writing,
    badgeOf,
    onActed: (lead) => refresh([lead]),
    signal,
  });
  const bar = createBar({
    doc,
    url: options.barUrl,
    title: () => words.t('badge_bar_title'),
    token: (leads, token) => ask(() => worker.bulkToken({ leads, ...(token !== undefined && { token }) })),
    writing,
    badgeOf,
    onSelect(leads) {
      for (const lead of leads) for (const row of rows.of(lead)) options.paint(row);
    },
    onActed: refresh,
    signal,
  });
  const offer = createTouchOffer({
    doc,
    url: options.barUrl,
    title: () => words.t('badge_offer_title'),
    token: (lead) => ask(() => worker.bulkToken({ leads: [lead] })),
    leadAt,
    badgeOf,
    onActed: (lead) => refresh([lead]),
    writing,
    now,
    signal,
  });
  return {
    card,
    panel,
    bar,
    onHand: () => ({
      // The address may be ahead of us.
      lead: where.moved() ? null : (opened ?? leadOfRecord()),
      surface: where.page?.route.kind ?? null,
    }),
    leave() {
      setOpened(null);
      card.close();
      panel.close();
      bar.clear();
      offer.close();
    },
  };
}

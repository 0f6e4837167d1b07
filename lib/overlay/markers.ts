/**
 * What we put on the page, so that all of it can be taken off again; nothing of the page itself is ever changed. A badge
 * that the page removes is put back, but not for ever: a framework that re-renders because of our node would loop.
 *
 *   none ──place──▶ placed ──page removes it──▶ gone ──touch, under 10 in 10 s──▶ placed
 *                                                │ 10 in 10 s
 *                                                └──▶ given up, 1 min, then twice as long each time ──touch──▶ placed
 */
import type { Placement } from '../crm/types';
import type { LeadKey } from '../lead/lead';
import { badgeTag, createBadge, type Badge, type BadgeEvents, type Fit, type Mark } from './badge';
import { barTag } from './bar';
import { cardTag } from './card';
import { panelTag } from './panel-frame';
import { offerTag } from './touch-offer';

/** Put-backs of one lead's badge that are a page at work; more is a fight. */
const putBackAtMost = 10;
const putBackWindowMs = 10_000;
/** First pause after giving up; it doubles up to the longest. ms. */
const firstPauseMs = 60_000;
const longestPauseMs = 960_000;

/** What carries a badge: a row of the engine. */
export interface Carrier {
  badge: Badge | null;
}

interface Fight {
  /** When the badge was put back. */
  times: number[];
  /** When its whole row was taken away. */
  lostAt: number;
  pausedUntil: number;
  pauses: number;
}

export interface Markers {
  /** Puts the badge of `mark` where it belongs, or leaves it there. `null` while given up. */
  place(row: Carrier, placement: Placement, mark: Mark, fit: Fit): { badge: Badge; fresh: boolean } | null;
  remove(row: Carrier): void;
  /** The page took the row away, and the badge with it. */
  lose(row: Carrier): void;
  removeAll(): void;
  /** A new page: old fights are over. */
  forgive(): void;
  /** Leads whose pause after giving up has passed. */
  retry(now: number): LeadKey[];
  /** When the first pause passes, epoch ms; `Infinity` for no pause. */
  nextRetry(): number;
  readonly putBack: number;
  readonly givenUp: number;
}

/** Takes away what an earlier copy of this script left behind when its extension went away. */
export function removeLeftovers(doc: Document): void {
  for (const el of doc.querySelectorAll(`${badgeTag},${cardTag},${panelTag},${barTag},${offerTag}`)) el.remove();
}

export function createMarkers(doc: Document, now: () => number, events: BadgeEvents): Markers {
  const placed = new Set<Carrier>();
  const owners = new WeakMap<Element, Carrier>();
  const fights = new Map<LeadKey, Fight>();
  let putBack = 0;
  let givenUp = 0;

  function fightOver(lead: LeadKey): Fight {
    let fight = fights.get(lead);
    if (!fight) fights.set(lead, (fight = { times: [], lostAt: 0, pausedUntil: 0, pauses: 0 }));
    return fight;
  }

  /** Whether the badge of this lead may be put back once more. */
  function mayPutBack(lead: LeadKey): boolean {
    const at = now();
    const fight = fightOver(lead);
    if (at < fight.pausedUntil) return false;
    fight.times = fight.times.filter((time) => time > at - putBackWindowMs);
    if (fight.times.length >= putBackAtMost) {
      fight.pausedUntil = at + Math.min(longestPauseMs, firstPauseMs * 2 ** fight.pauses);
      fight.pauses += 1;
      fight.times = [];
      givenUp += 1;
      return false;
    }
    fight.times.push(at);
    return true;
  }

  /** Copies that a framework's `cloneNode` made of a row with its badge. */
  function removeCopies(parent: Element, own: Badge | null): void {
    for (const child of parent.querySelectorAll(`:scope > ${badgeTag}`))
      if (child !== own?.host && !owners.has(child)) child.remove();
  }

  function remove(row: Carrier): void {
    if (row.badge) {
      owners.delete(row.badge.host);
      row.badge.host.remove();
    }
    row.badge = null;
    placed.delete(row);
  }

  return {
    place(row, placement, mark, fit) {
      const { badge } = row;
      if (badge && badge.host.parentNode === placement.parent) {
        badge.setMark(mark);
        removeCopies(placement.parent, badge);
        return { badge, fresh: false };
      }
      const fight = fights.get(mark.lead);
      if ((fight?.pausedUntil ?? 0) > now()) return null;
      // Only what stood before is put back: in this row, or in a row that the page has just replaced by this one.
      const replaced = now() - (fight?.lostAt ?? 0) < putBackWindowMs;
      if ((badge || replaced) && !mayPutBack(mark.lead)) {
        remove(row);
        return null;
      }
      if (badge) putBack += 1;
      removeCopies(placement.parent, badge);
      const next = badge ?? createBadge(doc, mark, fit, events);
      next.setMark(mark);
      const before = placement.before?.parentNode === placement.parent ? placement.before : null;
      placement.parent.insertBefore(next.host, before);
      row.badge = next;
      owners.set(next.host, row);
      placed.add(row);
      return { badge: next, fresh: true };
    },
    remove,
    lose(row) {
      if (row.badge) fightOver(row.badge.mark.lead).lostAt = now();
      remove(row);
    },
    removeAll() {
      for (const row of placed) remove(row);
    },
    forgive() {
      fights.clear();
    },
    retry(at) {
      const leads: LeadKey[] = [];
      for (const [lead, fight] of fights) {
        if (fight.pausedUntil === 0 || fight.pausedUntil > at) continue;
        fight.pausedUntil = 0;
        leads.push(lead);
      }
      return leads;
    },
    nextRetry: () => Math.min(...[...fights.values()].map(({ pausedUntil }) => pausedUntil || Infinity)),
    get putBack() {
      return putBack;
    },
    get givenUp() {
      return givenUp;
    },
  };
}

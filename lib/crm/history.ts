/**
 * What was said to leads and by them, as a CRM lists it for many leads at once. Such a list may be longer than anybody
 * should read, or closed to this person, and what it hides must not look like silence: a touch that was read is told all the
 * same, and where an earlier or a later one may be hidden, its field is missing as well.
 */
import type { ReadInstant } from '../lead/lead';
import type { Gathered } from './read';
import { CrmApiError } from './request';

export type Kind = 'touch' | 'inbound';

/** One line of a list. */
export interface Entry {
  readonly lead: string;
  /** Without an instant it tells nothing. */
  readonly at: ReadInstant | undefined;
  /** `null`: neither, such as an automatic reply. */
  readonly is: Kind | null;
}

/** One page of a list, sorted by the instants of its lines. */
export interface Listing {
  readonly entries: readonly Entry[];
  /** It is as long as it may be: there may be more behind it. */
  readonly full: boolean;
}

export interface HistoryList {
  /** What it may hold. */
  readonly of: readonly Kind[];
  readonly page: (from: 'oldest' | 'newest', offset: number) => Promise<Listing>;
}

/** Epoch ms between which lines were not read. */
interface Gap {
  readonly after: number;
  readonly before: number;
  readonly of: readonly Kind[];
}

/** Pages from the oldest on, before the newest is asked for: three requests for a list, and no more. */
const pagesFromOldest = 2;

const everything = { after: Number.NEGATIVE_INFINITY, before: Number.POSITIVE_INFINITY } as const;

export interface History {
  /** Reads one more list. Throws only where the server wants to be left alone. */
  add(list: HistoryList): Promise<void>;
  /**
   * Adds to a record what is known of its lead.
   * @param more touches that the record itself states.
   */
  tell(read: Gathered, lead: string, more?: readonly ReadInstant[]): void;
}

/** Of leads whose lists are asked for together. */
export function createHistory(): History {
  const known = new Map<string, { readonly touch: ReadInstant[]; readonly inbound: ReadInstant[] }>();
  const gaps: Gap[] = [];

  /** @returns the instants of a page. */
  function keep({ entries }: Listing): number[] {
    return entries.flatMap(({ lead, at, is }) => {
      if (!at) return [];
      let said = known.get(lead);
      if (!said) known.set(lead, (said = { touch: [], inbound: [] }));
      if (is) said[is].push(at);
      return at.at;
    });
  }

  async function readList({ of, page }: HistoryList): Promise<void> {
    let after: number = everything.after;
    for (let pages = 0, offset = 0; pages < pagesFromOldest; pages += 1) {
      const listing = await page('oldest', offset);
      after = Math.max(after, ...keep(listing));
      if (!listing.full) return;
      offset += listing.entries.length;
    }
    const before = Math.min(everything.before, ...keep(await page('newest', 0)));
    if (before > after) gaps.push({ after, before, of });
  }

  return {
    async add(list) {
      try {
        await readList(list);
      } catch (error) {
        // Who may not read it, or can't, still has the leads; but a server that is busy must be left alone.
        if (!(error instanceof CrmApiError) || error.code === 'limited' || error.code === 'failing') throw error;
        gaps.push({ ...everything, of: list.of });
      }
    },
    tell(read, lead, more = []) {
      const byTime = (all: readonly ReadInstant[]): ReadInstant[] => all.toSorted((one, other) => one.at - other.at);
      const touches = byTime([...(known.get(lead)?.touch ?? []), ...more]);
      const [first, last] = [touches.at(0), touches.at(-1)];
      const lastInbound = byTime(known.get(lead)?.inbound ?? []).at(-1);
      read.keep('firstTouchAt', first);
      read.keep('lastTouchAt', last);
      read.keep('lastInboundAt', lastInbound);
      const [untouched, unheard] = (['touch', 'inbound'] as const).map((kind) =>
        gaps.filter(({ of }) => of.includes(kind)),
      ) as [Gap[], Gap[]];
      if (untouched.some(({ after }) => !first || after < first.at)) read.miss('firstTouchAt');
      if (untouched.some(({ before }) => !last || before > last.at)) read.miss('lastTouchAt');
      if (unheard.some(({ before }) => !lastInbound || before > lastInbound.at)) read.miss('lastInboundAt');
    },
  };
}

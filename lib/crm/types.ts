/**
 * The contract of an adapter: how one CRM's pages are read. An adapter is pure: it never mounts, observes, stores or
 * sends. It never throws for what is missing, it lists it; it prefers ids and internal names over visible labels; it
 * never guesses an instant.
 */
import type { FieldName, LeadFields, LeadId, RouteKind, Viewer } from '../lead/lead';
import type { DateOrder } from '../lead/shown-date-locale';

/** One alternative of a selector, with its evidence. Newest first. */
export interface DatedSelector {
  readonly css: string;
  /** Month it was seen, `YYYY-MM`. */
  readonly since: string;
  /** Product and version it was seen on. */
  readonly seenOn: string;
  readonly note?: string;
}

/**
 * Every selector of an adapter, by a name of the adapter's own. Reading and placing take their CSS from here at each use,
 * because a table may be repaired by data when a CRM changes its pages (`repair.ts`).
 */
export type SelectorTable = Readonly<Record<string, readonly DatedSelector[]>>;

export interface Route {
  readonly kind: RouteKind;
  /** The CRM's own name of the record type. */
  readonly object: string;
  readonly recordId?: string;
}

/** What can be said of any page of a CRM, with leads on it or without. */
export interface Site {
  readonly doc: Document;
  readonly url: URL;
}

/** How a CRM shows times to this person, as far as they said so: most pages tell neither. */
export interface SiteDates {
  /** IANA. */
  readonly timeZone?: string;
  readonly order?: DateOrder;
}

/** A page with leads, as an adapter sees it. */
export interface Page extends Site {
  readonly route: Route;
  /** Epoch ms; only for shown dates that count from it ("Today 18:34"). */
  now(): number;
  /** As the person set it for this site, now: it may change while the page is open. */
  dates?(): SiteDates;
}

/**
 * How a row names its record: by its id, or by a handle (something that the row shows, or a client-side key) which the
 * CRM's API or a main-world script turns into an id.
 */
export interface RecordRef {
  readonly by: 'id' | 'handle';
  readonly value: string;
}

export type Reading =
  | {
      readonly ok: true;
      readonly ref: RecordRef;
      readonly fields: LeadFields;
      /** Fields that this row should show and that could not be read. */
      readonly missing: readonly FieldName[];
    }
  | {
      /** Nothing can be said about this row, not even which record it is. No badge; the reason goes to page health. */
      readonly ok: false;
      readonly missing: readonly (FieldName | 'recordId')[];
    };

/** Where the badge goes: as a child of `parent`, before `before` or at its end. */
export interface Placement {
  readonly parent: Element;
  readonly before: Element | null;
}

export interface Surface {
  /** What holds the rows and lives as long as the surface; observed for changes. Default: `document.body`. */
  readonly root?: readonly DatedSelector[];
  /** A row, a card, or the one record of a record page. */
  readonly rows: readonly DatedSelector[];
  read(row: Element, page: Page): Reading;
  place(row: Element, page: Page): Placement | null;
  /** Attributes whose change means that a row shows something else, where the CRM edits in place. */
  readonly attributes?: readonly string[];
  /** Hosts whose open shadow root holds rows. */
  readonly shadow?: readonly DatedSelector[];
}

/** One lead in an answer of the CRM's own API. */
export interface ApiRecord {
  /** The reference that it answers. */
  readonly ref: RecordRef;
  readonly recordId: string;
  /** The CRM's own name of the record type, where it is another than the page's: in a sweep. */
  readonly object?: string;
  readonly fields: LeadFields;
  readonly missing: readonly FieldName[];
}

/**
 * Same-origin requests with the person's session, read-only. Bounds size and time, checks the origin, turns an answer
 * that is no JSON into an error. Throws `CrmApiError`.
 */
export type CrmRequest = (path: string, init?: CrmRequestInit) => Promise<unknown>;

export interface CrmRequestInit {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
}

/**
 * Asks the page's own world which record ids these row handles stand for (`world.ts`). What comes back is the page's word
 * and nothing more: an adapter checks it against what the row shows. Handles without an answer are left out; never rejects.
 */
export type AskWorld = (handles: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** One page of a sweep. */
export interface SweepPage {
  readonly records: readonly ApiRecord[];
  /** What to ask with next; `null` after the last page. */
  readonly next: string | null;
}

/** A lead that a sweep did not meet although it was open. */
export interface SweepLook {
  readonly object: string;
  readonly recordId: string;
}

/** What a sweep says when it ends, and again after the looks that it was answered. */
export interface SweepEnd {
  /** Epoch ms. */
  readonly startedAt: number;
  /** Whether it met every open lead of the person. After the looks: `false`. */
  readonly complete: boolean;
  /** Of the leads that were looked after: those that the CRM, asked for their ids, did not answer. Deleted, merged into another, or hidden from this person. */
  readonly absent?: readonly LeadId[];
}

export interface CrmApi {
  /** Most references that one `fetch` may ask for. */
  readonly batch: number;
  /**
   * All given records of one object in one request, or in the few that the CRM needs however many records there are;
   * records that the CRM does not know are left out.
   */
  fetch(refs: readonly RecordRef[], page: Page, request: CrmRequest, world: AskWorld): Promise<readonly ApiRecord[]>;
  /** Objects of which `fetch` answers every id that there is: one that it leaves out is gone, or hidden from this person. */
  readonly exhaustive?: readonly string[];
  /**
   * What tells one sign-in from the next where the page keeps it (a session key, when it began); `null` if nobody is signed
   * in. It is compared in the tab's memory and goes nowhere: after a refusal, another one means that asking is worth it again.
   */
  session?(site: Site): string | null;
  /**
   * Who is signed in, where the page itself does not say.
   * @param named what the person calls themselves; empty where they have not said it. For a CRM that does not tell, either.
   */
  viewer?(site: Site, request: CrmRequest, named: string): Promise<Viewer | null>;
  /**
   * One page of the open leads of `viewer`, oldest first where the CRM can sort, so that the popup is complete and not only
   * what was looked at. The caller paces, bounds and repeats, and asks only with an id: everybody's are nobody's to work.
   * @param cursor `null` for the first page, then the `next` of the page before.
   */
  sweep?(cursor: string | null, viewer: Viewer | null, site: Site, request: CrmRequest): Promise<SweepPage>;
}

export interface CrmAdapter {
  /** Equal to the file's name. */
  readonly id: string;
  readonly label: string;
  /** Match patterns of the SaaS; self-hosted origins come from the person. */
  readonly hosts: readonly string[];
  /** Whether it also runs on people's own hosts; then the content script holds `detect` and can tell it on any page. */
  readonly selfHosted: boolean;
  readonly selectors: SelectorTable;
  /** How sure this is our CRM: 0 no, 1 certain. Cheap, without side effects. */
  detect(doc: Document, url: URL): number;
  route(url: URL, doc: Document): Route | null;
  readonly surfaces: Readonly<Partial<Record<RouteKind, Surface>>>;
  /** Address of a record's own page, same origin. */
  recordUrl(object: string, recordId: string, site: Site): string | undefined;
  /** The signed-in person, as far as the page tells. */
  viewer?(site: Site): Viewer | null;
  /**
   * Makes the question to the page's own world (`createWorld`), where rows name their records by handles that only
   * `entrypoints/world-<id>.ts` can resolve.
   * @param load asks the worker to run that script.
   */
  world?(doc: Document, load: () => Promise<unknown>): AskWorld;
  readonly api?: CrmApi;
}

/** How a surface was verified: on a running CRM by our tests, after a captured page, or after public evidence alone. */
export type Verification = 'live' | 'capture' | 'public';

export interface SurfaceEvidence {
  readonly kind: RouteKind;
  /** The CRM's own names of the record types. */
  readonly objects: readonly string[];
  /** Month of the newest evidence, `YYYY-MM`. */
  readonly seen: string;
  readonly verified: Verification;
  /** Fields that the page itself shows: exactly those that the saved pages hold (a test compares). */
  readonly page: readonly FieldName[];
}

export interface ApiEvidence {
  readonly how: string;
  readonly verified: Verification;
  /** Month of the newest evidence, `YYYY-MM`. */
  readonly seen: string;
  /** Requests that a screen of 100 rows takes. */
  readonly requests: number;
  readonly fields: readonly FieldName[];
}

/** Said to people, in our languages. */
export interface Said {
  readonly en: string;
  readonly es: string;
}

/** What is known about an adapter, for the README's table and the options page; ships in no script of a page. */
export interface AdapterEvidence {
  /** Product and versions. */
  readonly product: string;
  readonly surfaces: readonly SurfaceEvidence[];
  /** Surfaces without evidence, left out and not guessed, with the reason. */
  readonly leftOut: readonly { readonly surface: string; readonly why: string }[];
  /** What is asked with the person's session; `null` where nothing is known that could be. */
  readonly api: ApiEvidence | null;
  /** What counts as a touch by a human, and what does not. */
  readonly touches: { readonly counts: readonly Said[]; readonly ignored: readonly Said[] };
}

/**
 * The contract of an adapter: how one CRM's pages are read. An adapter is pure: it never mounts, observes, stores or
 * sends. It never throws for what is missing, it lists it; it prefers ids and internal names over visible labels; it
 * never guesses an instant.
 */
import type { FieldName, LeadFields, RouteKind, Viewer } from '../lead/lead';

/** One alternative of a selector, with its evidence. Newest first. */
export interface DatedSelector {
  readonly css: string;
  /** Month it was seen, `YYYY-MM`. */
  readonly since: string;
  /** Product and version it was seen on. */
  readonly seenOn: string;
  readonly note?: string;
}

export interface Route {
  readonly kind: RouteKind;
  /** The CRM's own name of the record type. */
  readonly object: string;
  readonly recordId?: string;
}

/** The page as an adapter sees it. */
export interface Page {
  readonly doc: Document;
  readonly url: URL;
  readonly route: Route;
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
  /** Host selectors whose open shadow root holds rows. */
  readonly shadow?: readonly string[];
}

/** One lead in an answer of the CRM's own API. */
export interface ApiRecord {
  /** The reference that it answers. */
  readonly ref: RecordRef;
  readonly recordId: string;
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

export interface CrmApi {
  /** Most references that one request may ask for. */
  readonly batch: number;
  /** One request for all given records of one object; records that the CRM does not know are left out. */
  fetch(refs: readonly RecordRef[], page: Page, request: CrmRequest): Promise<readonly ApiRecord[]>;
  /** Who is signed in, where the page itself does not say. */
  viewer?(page: Page, request: CrmRequest): Promise<Viewer | null>;
}

export interface CrmAdapter {
  /** Equal to the file's name. */
  readonly id: string;
  readonly label: string;
  /** Match patterns of the SaaS; self-hosted origins come from the person. */
  readonly hosts: readonly string[];
  /** How sure this is our CRM: 0 no, 1 certain. Cheap, without side effects. */
  detect(doc: Document, url: URL): number;
  route(url: URL, doc: Document): Route | null;
  readonly surfaces: Readonly<Partial<Record<RouteKind, Surface>>>;
  /** Address of a record's own page, same origin. */
  recordUrl(object: string, recordId: string, page: Page): string | undefined;
  /** The signed-in person, as far as the page tells. */
  viewer?(page: Page): Viewer | null;
  readonly api?: CrmApi;
}

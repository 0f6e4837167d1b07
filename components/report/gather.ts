/**
 * What a report is about: every lead as a row. Rows of days that the ledger keeps are taken as they are; the others are computed
 * from facts that the worker hands over page by page: the browser breathes between two pages, and whoever waits sees how far it
 * is and can stop it.
 */
import { teamFinder } from '../../lib/agreement/teams';
import { createCalendarCache } from '../../lib/calendar';
import type { CalendarSource, CalendarSpec } from '../../lib/calendar/types';
import type { LeadKey } from '../../lib/lead/lead';
import type { StoredDays } from '../../lib/ledger/read-days';
import type { ExportPage } from '../../lib/messages/ledger';
import type { ReportTerms } from '../../lib/messages/report';
import { columnsOf, joinRows, rowsOf, withTeams, type Columns } from '../../lib/report';
import { digestLeads, entriesOf, type Digesting, type Entries } from './digest-leads';
import { createFaces, type Faces } from './faces';
import { basisOf, heldRows, keepRows, type Changed, type Held } from './kept-days';
import { otherDays } from './places';
import type { DayServices, ReportServices } from './services';

export interface Gathered {
  readonly terms: ReportTerms;
  readonly columns: Columns;
  readonly faces: Faces;
  /** Whose working time carries a promised number; `null` where the agreement has no calendar. */
  readonly spec: CalendarSpec | null;
  readonly calendars: CalendarSource;
  /** Leads of which a file brought facts only: they can't be judged and are in no figure. */
  readonly withoutLead: number;
  /** Has the ledger keep what was computed, so that the next report need not. Call it once the figures are shown. */
  readonly keep: (signal: AbortSignal) => Promise<void>;
}

/** All pages in order; the next one is on its way while this one is read. */
export async function* pagesOf(
  services: Pick<ReportServices, 'page'>,
  signal?: AbortSignal,
): AsyncGenerator<Entries, void> {
  let coming: ReturnType<ReportServices['page']> | null = services.page();
  while (coming !== null) {
    const page: ExportPage = await coming;
    signal?.throwIfAborted();
    coming = page.next === undefined ? null : services.page(page.next);
    // Whoever stops reading leaves a question open; its answer interests nobody.
    coming?.catch(() => {});
    yield entriesOf(page);
  }
}

/** Leads of one message, as many as of a page. */
const leadsAtOnce = 200;

/** These leads only; as {@link pagesOf}. */
export async function* pagesWith(
  services: Pick<DayServices, 'leads'>,
  leads: readonly LeadKey[],
  signal?: AbortSignal,
): AsyncGenerator<Entries, void> {
  for (let from = 0; from < leads.length; from += leadsAtOnce) {
    const page = await services.leads(leads.slice(from, from + leadsAtOnce));
    signal?.throwIfAborted();
    yield entriesOf(page);
  }
}

/** The hours that most of the agreement runs on: those of the calendar that stands first. */
const specOf = ({ agreement }: ReportTerms): CalendarSpec | null => Object.values(agreement.calendars)[0] ?? null;

const zoneHere = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

export type GatherServices = Pick<ReportServices, 'terms' | 'page' | 'days'>;

export interface GatherOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (leads: number, of: number | null) => void;
}

/** What the ledger keeps, as far as it holds. */
interface Known {
  readonly session: number | null;
  readonly basis: string;
  readonly stored: StoredDays | null;
  readonly held: Held | null;
}

/** Of that many stale leads in one of these it is quicker to read all of them in order than each by its name. */
const mostlyStale = 4;

async function known({ days }: GatherServices, terms: ReportTerms, session: number | null): Promise<Known> {
  if (days === null || session === null) return { session: null, basis: '', stored: null, held: null };
  const [basis, stored] = await Promise.all([basisOf(terms, days.build), days.read(session)]);
  const held = stored && heldRows(stored, basis, terms.asOf);
  const isWorthIt = held !== null && held.stale.length * mostlyStale <= (terms.leads ?? 0);
  return { session, basis, stored, held: isWorthIt ? held : null };
}

export async function gather(services: GatherServices, { signal, onProgress }: GatherOptions): Promise<Gathered> {
  const { days } = services;
  const [terms, session] = await Promise.all([services.terms(), days?.begin().catch(() => null) ?? null]);
  const { held, ...kept } = await known(services, terms, session);
  signal.throwIfAborted();
  const [spec, calendars] = [specOf(terms), createCalendarCache()];
  const digesting: Digesting = { terms, spec, calendars, digests: [], faces: new Map(), factsOnly: new Set() };
  const pages = held && days ? pagesWith(days, held.stale, signal) : pagesOf(services, signal);
  const toRead = held ? held.stale.length : terms.leads;
  for await (const entries of pages) {
    digestLeads(entries, digesting);
    onProgress(digesting.digests.length, toRead);
  }
  const fresh = rowsOf(digesting.digests);
  digesting.digests.length = 0;
  const rows = held ? joinRows([...held.parts, { rows: fresh }]) : fresh;
  const columns = columnsOf(rows, { timeZone: spec?.timeZone ?? zoneHere(), now: terms.asOf });
  const factsOnly = [...(held?.factsOnly ?? []), ...digesting.factsOnly];
  // Without their rows, which are in the columns now.
  const stored = (held && kept.stored?.days) ?? [];
  const places = stored.map(({ day, part }) => ({ day, part }));
  const faces = createFaces(
    stored.map(({ leads, faces: text }) => ({ leads, faces: text })),
    digesting.faces,
  );
  const { session: keeper, basis } = kept;
  const changed = held && changedOf(held, digesting);
  const isSettled = changed?.places.size === 0 && changed.leads.size === 0 && kept.stored?.touched.size === 0;
  const keep = async (keepSignal: AbortSignal): Promise<void> => {
    if (days === null || keeper === null || isSettled) return;
    const about = { session: keeper, basis, asOf: terms.asOf, factsOnly, stored: places, changed };
    await keepRows(days, { ...about, rows, faces }, keepSignal);
  };
  return {
    terms,
    columns: withTeams(columns, teamFinder(terms.agreement.teams)),
    faces,
    spec,
    calendars,
    withoutLead: factsOnly.length,
    keep,
  };
}

function changedOf(held: Held, { faces, factsOnly }: Digesting): Changed {
  const places = new Set(held.changedPlaces);
  if (factsOnly.size > 0) places.add(otherDays.factsOnly);
  return { places, leads: new Set(faces.keys()) };
}

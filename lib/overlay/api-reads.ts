/**
 * Reads of the CRM's own API for the leads of a page: few, batched, remembered, and polite. It only decides when to ask;
 * how to ask is the adapter's. One request is under way at a time.
 *
 *            want                     answer
 *   idle ───────────▶ gathering ─▶ asking ───────▶ idle (or gathering, if more is wanted)
 *                         ▲          │ limited · failing · unreadable
 *                         └─ after ──┤
 *                         Retry-After│ unauthorised
 *                         or back-off└──────────────▶ stopped, until the page is loaded again, or shows that
 *                                                     somebody has signed in again (look); never by asking
 */
import type { ApiRecord, AskWorld, CrmApi, CrmRequest, Page, RecordRef } from '../crm/types';
import type { Problem, ProblemCode } from '../messages/problems';
import { logOnce } from './log';
import { remember } from './remember';

/** Answers younger than this are not asked for again, ms. */
export const freshMs = 60_000;
/** A change that the page shows, or a list that it loaded again, is asked for, but not more
 * often than this for one lead, ms. */
export const changedFreshMs = 5_000;
/** Wants gather this long, ms: one sweep's rows make one request. */
const gatherMs = 50;
/** Longer only as often as more have come meanwhile: a busy page is read in slices with its own work in between. */
const gatherTimes = 10;
/** Between two requests, ms: a long list is many pages of answers, and the CRM has other users. */
const paceMs = 250;
/** First wait after a failure; it doubles up to the longest. ms. */
const firstWaitMs = 5_000;
const longestWaitMs = 300_000;

export interface ApiAnswer {
  readonly at: number;
  /** `null` where the CRM knows no such record. */
  readonly recordId: string | null;
  readonly missing: ApiRecord['missing'];
}

export interface ApiReads {
  /** Asks for what is not known or older than {@link freshMs}. */
  want(refs: readonly RecordRef[], page: Page): void;
  /** Something has changed: asks for all of it, as soon as the last answer is older than {@link changedFreshMs}. */
  wantAnew(refs: readonly RecordRef[], page: Page): void;
  /** What a reference was answered with last; `undefined` before the first answer. */
  answer(ref: RecordRef, page: Page): ApiAnswer | undefined;
  /**
   * Asks something else of the CRM under the same manners: alone, not before the back-off has passed, not after a refusal.
   * Being refused this is no refusal of the reads, but no such question is asked again until somebody has signed in again.
   * `null` where it was not asked or not answered.
   */
  readonly politely: <T>(question: () => Promise<T>) => Promise<T | null>;
  /** Forgets what is asked for but not yet under way, and handles, which mean something only on their page. */
  leavePage(): void;
  /**
   * After a change of the page: has somebody signed in again since the CRM refused? Asks nobody. `true` if reads go on; what
   * was wanted must be wanted again.
   */
  look(): boolean;
  readonly problem: Problem | null;
}

export interface ApiReadsOptions {
  readonly api: CrmApi;
  readonly request: CrmRequest;
  readonly world: AskWorld;
  /** What tells one sign-in from the next, as far as the page shows it; `null` for nobody. */
  readonly session: () => string | null;
  readonly now: () => number;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onRecords: (records: readonly ApiRecord[], arrivedAt: number, page: Page) => void;
  readonly onProblem: () => void;
}

type Failure = 'unauthorised' | 'limited' | 'failing' | 'unreadable';

const problemOf: Readonly<Record<Failure, ProblemCode>> = {
  unauthorised: 'api-unauthorised',
  limited: 'api-limited',
  failing: 'api-failing',
  unreadable: 'api-unreadable',
};

/** By its shape, not its class: the adapter's bundle and ours may not share one. What is no `CrmApiError` is unreadable. */
function failureOf(error: unknown): { code: Failure; retryAfterMs: number | null } {
  const { code, retryAfterMs } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const known = typeof code === 'string' && Object.hasOwn(problemOf, code) ? (code as Failure) : 'unreadable';
  const wait =
    typeof retryAfterMs === 'number' && Number.isFinite(retryAfterMs) && retryAfterMs >= 0 ? retryAfterMs : null;
  return { code: known, retryAfterMs: wait };
}

const refKey = (ref: RecordRef, object: string): string => `${ref.by}|${object}|${ref.value}`;

/** Which sign-in the CRM refused; `null` stands for nobody, and is the same refusal once somebody is there. */
interface Refusal {
  readonly session: string | null;
}

export function createApiReads(options: ApiReadsOptions): ApiReads {
  const { api, now, signal } = options;
  const known = new Map<string, ApiAnswer>();
  const wanted = new Map<string, { readonly ref: RecordRef; readonly page: Page }>();
  const asking = new Set<string>();
  /** Changed again while the last answer is still young. */
  const postponed = new Map<string, { readonly ref: RecordRef; readonly page: Page }>();
  let postponing: ReturnType<typeof setTimeout> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** A question of somebody else's is under way. */
  let aside = false;
  /** Who waits for the request under way to end. */
  const idle: (() => void)[] = [];
  let failures = 0;
  let notBefore = 0;
  /** The CRM refused to answer this sign-in. */
  let refused: Refusal | null = null;
  /** It refused to answer something else than a read. */
  let refusedAside: Refusal | null = null;
  let problem: Problem | null = null;

  /** One request at a time. */
  const busy = (): boolean => asking.size > 0 || aside;

  /** The refusal as far as it still stands: it ends when the page shows another sign-in. */
  function standing(refusal: Refusal): Refusal | null {
    const session = options.session();
    // Nobody is there; whoever comes next has signed in.
    if (session === null) return { session };
    return session === refusal.session ? refusal : null;
  }

  async function politely<T>(question: () => Promise<T>): Promise<T | null> {
    if (busy()) await new Promise<void>((resolve) => idle.push(resolve));
    refusedAside &&= standing(refusedAside);
    if (refused || refusedAside || signal.aborted || now() < notBefore) return null;
    aside = true;
    const session = options.session();
    try {
      return await question();
    } catch (error) {
      const { code } = failureOf(error);
      if (signal.aborted) return null;
      if (code === 'unauthorised') refusedAside = { session };
      else if (code !== 'unreadable') fail(error, session);
      logOnce(`api ${code}`, error);
      return null;
    } finally {
      aside = false;
      plan(0);
      idle.shift()?.();
    }
  }

  function plan(wait: number, times = gatherTimes): void {
    if (timer !== undefined || refused || signal.aborted || busy() || wanted.size === 0) return;
    const before = wanted.size;
    timer = setTimeout(
      () => {
        timer = undefined;
        if (times > 1 && wanted.size > before && wanted.size < api.batch) plan(gatherMs, times - 1);
        else void ask();
      },
      Math.max(wait, notBefore - now()),
    );
  }

  /** The next batch: wants of one page, in the order they came. */
  function take(): { refs: RecordRef[]; keys: string[]; page: Page } | null {
    const first = wanted.values().next().value;
    if (!first) return null;
    const refs: RecordRef[] = [];
    const keys: string[] = [];
    for (const [key, want] of wanted) {
      if (refs.length >= Math.max(1, api.batch)) break;
      if (want.page !== first.page) continue;
      refs.push(want.ref);
      keys.push(key);
      wanted.delete(key);
    }
    return { refs, keys, page: first.page };
  }

  async function ask(): Promise<void> {
    const batch = take();
    if (!batch || signal.aborted) return;
    const { refs, keys, page } = batch;
    for (const key of keys) asking.add(key);
    // Of the time of asking: who signs in before the refusal arrives is not the one it refuses.
    const session = options.session();
    try {
      const records = await api.fetch(refs, page, options.request, options.world);
      if (signal.aborted) return;
      succeed(records, keys, page);
    } catch (error) {
      if (signal.aborted) return;
      fail(error, session);
      if (!refused) refs.forEach((ref, index) => wanted.set(keys[index] as string, { ref, page }));
    } finally {
      asking.clear();
      idle.shift()?.();
    }
    plan(paceMs);
  }

  function succeed(records: readonly ApiRecord[], keys: readonly string[], page: Page): void {
    const at = now();
    failures = 0;
    notBefore = 0;
    for (const key of keys) remember(known, key, { at, recordId: null, missing: [] });
    for (const { ref, recordId, missing } of records)
      remember(known, refKey(ref, page.route.object), { at, recordId, missing });
    if (problem) {
      problem = null;
      options.onProblem();
    }
    options.onRecords(records, at, page);
  }

  function fail(error: unknown, session: string | null): void {
    const { code, retryAfterMs } = failureOf(error);
    logOnce(`api ${code}`, error);
    failures += 1;
    if (code === 'unauthorised') {
      refused = { session };
      wanted.clear();
    }
    // Half to one and a half times: tabs that failed together should not come back together.
    const backOff = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1)) * (0.5 + options.random());
    notBefore = now() + Math.max(retryAfterMs ?? 0, backOff);
    if (problem?.code !== problemOf[code]) problem = { code: problemOf[code], since: now() };
    options.onProblem();
  }

  /** @returns what is under way, or was answered so lately that it isn't asked for now. */
  function wantOlderThan(maxAge: number, refs: readonly RecordRef[], page: Page): readonly RecordRef[] {
    if (refused || signal.aborted) return [];
    const fresh = refs.filter((ref) => {
      const key = refKey(ref, page.route.object);
      const last = known.get(key);
      if (asking.has(key) || (last && now() - last.at < maxAge)) return true;
      wanted.set(key, { ref, page });
      return false;
    });
    plan(gatherMs);
    return fresh;
  }

  function wantAnew(refs: readonly RecordRef[], page: Page): void {
    const fresh = wantOlderThan(changedFreshMs, refs, page);
    for (const ref of fresh) postponed.set(refKey(ref, page.route.object), { ref, page });
    if (postponed.size > 0) postponing ??= setTimeout(wantPostponed, changedFreshMs);
  }

  function wantPostponed(): void {
    postponing = undefined;
    const due = [...postponed.values()];
    postponed.clear();
    for (const want of due) wantAnew([want.ref], want.page);
  }

  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    clearTimeout(postponing);
    wanted.clear();
    for (const release of idle.splice(0)) release();
  });

  return {
    want(refs, page) {
      wantOlderThan(freshMs, refs, page);
    },
    wantAnew,
    answer: (ref, page) => known.get(refKey(ref, page.route.object)),
    leavePage() {
      wanted.clear();
      postponed.clear();
      for (const key of known.keys()) if (key.startsWith('handle|')) known.delete(key);
    },
    politely,
    look() {
      if (!refused) return false;
      // The back-off stays, so that a page whose sign-in seems to change all the time is asked ever more rarely.
      refused = standing(refused);
      return !refused;
    },
    get problem() {
      return problem;
    },
  };
}

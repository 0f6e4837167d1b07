/**
 * What the services share: the agreement in force, the ledger, the calendars. All of it is a cache: the worker may be
 * stopped at any moment and makes it again from storage when next asked.
 */
import { createCalendarCache } from '../calendar';
import type { CalendarSource } from '../calendar/types';
import { openLedger } from '../ledger/database';
import { createMemoryLedger } from '../ledger/memory';
import { LedgerFullError, type Ledger } from '../ledger/types';
import type { Problem } from '../messages/problems';
import { readEffectiveAgreement, toKeep, type EffectiveAgreement } from '../settings/agreement';
import { readOnce } from '../settings/agreement-memo';
import { keepVersions } from '../settings/agreement-shelf';
import { createIntake, type Intake } from './intake';
import { createQueue } from './queue';

export interface AgreementInForce extends EffectiveAgreement {
  /** Names the content of all versions in the projections. */
  readonly projection: string;
}

export interface WorkerContext {
  readonly calendars: CalendarSource;
  now(): number;
  agreement(): Promise<AgreementInForce>;
  /** Forgets the agreement: it changed in storage. */
  agreementChanged(): void;
  ledger(): Promise<Ledger>;
  /**
   * Does something with the ledger; if the database was closed under us, once more with a fresh one. A full ledger is no
   * such case. @throws what the second try says.
   */
  withLedger<T>(job: (ledger: Ledger) => Promise<T>): Promise<T>;
  /** What does not work right now, for the person. */
  problems(): Promise<readonly Problem[]>;
  report(problem: Problem): void;
  settle(code: Problem['code']): void;
  /** Runs a read-modify-write of the ledger alone. */
  alone<T>(job: () => Promise<T>): Promise<T>;
  /** The file that is taken in. */
  readonly intake: Intake;
}

/** A database that did not open is tried again this much later, ms: what people say is refused until then. */
const openAgainMs = 30_000;

/** Named in every projection: what is computed in another way is another projection. */
const computedAs = 2;

async function contentHash(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The zone of this browser. */
export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function createContext(now: () => number): WorkerContext {
  const standing = new Map<Problem['code'], Problem>();
  let agreement: Promise<AgreementInForce> | undefined;
  /** When a coming version takes effect and the agreement has to be read again. */
  let nextAt = Number.POSITIVE_INFINITY;
  let ledger: Promise<Ledger> | undefined;
  /** When the database last did not open; `null` while it is open. */
  let failedAt: number | null = null;
  let wasOpen = false;

  const readAgreement = async (): Promise<AgreementInForce> => {
    const zone = browserZone();
    const read = await readOnce(zone, now(), async (): Promise<AgreementInForce> => {
      const effective = await readEffectiveAgreement(zone, now());
      // Leads stay bound to what was in force at their hand-off, also when it is no longer anywhere else.
      await keepVersions(await toKeep(effective), now()).catch(() => {});
      return { ...effective, projection: await contentHash(JSON.stringify([computedAs, effective.versions])) };
    });
    nextAt = read.nextAt ?? Number.POSITIVE_INFINITY;
    return read;
  };
  const inForce = (): Promise<AgreementInForce> => {
    // Alarms come late after sleep: the instant itself counts.
    if (now() >= nextAt) agreement = undefined;
    if (agreement === undefined) nextAt = Number.POSITIVE_INFINITY;
    return (agreement ??= readAgreement());
  };
  const isOpen = (opened: Ledger): Ledger => {
    failedAt = null;
    if (wasOpen && opened.isNew) standing.set('ledger-lost', { code: 'ledger-lost', since: now() });
    wasOpen = true;
    standing.delete('ledger-unavailable');
    return opened;
  };
  const open = (): Promise<Ledger> => {
    // By the time that it is lost, or that it opens after all, we may work with another one.
    const opening: Promise<Ledger> = openLedger(() => drop(opening)).then(isOpen, (error: unknown) => {
      failedAt = now();
      const detail = error instanceof Error ? error.name : 'unknown';
      standing.set('ledger-unavailable', { code: 'ledger-unavailable', since: now(), detail });
      return createMemoryLedger();
    });
    return opening;
  };
  const drop = (which: Promise<Ledger>): void => {
    if (ledger === which) ledger = undefined;
  };
  /** Nobody waits for it: until it opens, memory does. */
  const openAfterAll = (): void => {
    const memory = ledger;
    failedAt = now();
    const opening: Promise<Ledger> = openLedger(() => drop(opening)).then((opened) => {
      if (ledger === memory) ledger = opening;
      else opened.close();
      return isOpen(opened);
    });
    opening.catch(() => {});
  };
  const held = (): Promise<Ledger> => {
    // A clock that was set back must not make us wait until it has caught up.
    if (ledger && failedAt !== null && Math.abs(now() - failedAt) >= openAgainMs) openAfterAll();
    return (ledger ??= open());
  };

  return {
    calendars: createCalendarCache(),
    now,
    agreement: inForce,
    agreementChanged() {
      agreement = undefined;
    },
    ledger: held,
    async withLedger(job) {
      const opening = held();
      const first = await opening;
      try {
        return await job(first);
      } catch (error) {
        if (error instanceof LedgerFullError) throw error;
        first.close();
        drop(opening);
        return job(await held());
      }
    },
    async problems() {
      return [...(await inForce()).problems, ...standing.values()];
    },
    report(problem) {
      if (!standing.has(problem.code)) standing.set(problem.code, problem);
    },
    settle(code) {
      standing.delete(code);
    },
    alone: createQueue(),
    intake: createIntake(),
  };
}

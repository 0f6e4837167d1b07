/** A worker on a fake browser and an in-memory IndexedDB, with a clock that the test turns. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { LeadFields, Observation } from '../../../lib/lead/lead';
import type { Sender } from '../../../lib/messages/router';
import { createContext, type WorkerContext } from '../../../lib/worker/context';

export const origin = 'https://crm.example';
export const page: Sender = { kind: 'page', origin, tabId: 3, frameId: 0 };
export const minute = 60_000;
export const hour = 60 * minute;
/** A Monday, 09:00 in UTC: the agreement of these tests is open around the clock unless it says otherwise. */
export const monday = Date.UTC(2026, 10, 23, 9);

export interface TestWorker {
  readonly context: WorkerContext;
  /** Moves the worker's clock. */
  at(instant: number): void;
}

const day = [['00:00', '24:00']];
const always = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };

/** First touch within 60 minutes, around the clock, so that the arithmetic of a test can be read. */
export const alwaysOpen = {
  schema: 1,
  id: 'test',
  version: 1,
  atRisk: { share: 0.75, floorMinutes: 5 },
  calendars: { always: { timeZone: 'UTC', weekly: always } },
  commitments: [
    {
      id: 'first-touch',
      owedBy: 'sales',
      clause: '3.2',
      rules: [{ target: { workingMinutes: 60, calendar: 'always' } }],
    },
  ],
};

/** Resets browser and database and starts a worker. */
export async function startWorker(agreement: unknown = alwaysOpen): Promise<TestWorker> {
  fakeBrowser.reset();
  globalThis.indexedDB = new IDBFactory();
  vi.spyOn(browser.storage.managed, 'get').mockResolvedValue({} as never);
  await browser.storage.sync.set({ agreement });
  return restartWorker(monday);
}

/** The same storage under a fresh worker, as after the browser stopped it. */
export function restartWorker(instant: number): TestWorker {
  let now = instant;
  return {
    context: createContext(() => now),
    at(moved) {
      now = moved;
    },
  };
}

export const exactly = (at: number) => ({ at, precision: 1_000 });

export function seen(
  recordId: string,
  seenAt: number,
  fields: LeadFields,
  more: Partial<Observation> = {},
): Observation {
  return {
    id: { crm: 'demo', origin, object: 'lead', recordId },
    seenAt,
    source: 'api',
    surface: 'list',
    url: `${origin}/leads/${recordId}`,
    fields,
    missing: [],
    ...more,
  };
}

export const keyOf = (recordId: string): string => `demo|${origin}|lead|${recordId}`;

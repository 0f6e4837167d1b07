/** The report's days: read from the database, kept through the worker. */
import { browser } from 'wxt/browser';
import type { DayServices } from '../../components/report/services';
import type { KeptDay } from '../../lib/ledger/kept-days';
import { readDays } from '../../lib/ledger/read-days';
import { askWorker } from '../../lib/messages/client';
import type { SentDay } from '../../lib/messages/report-days';

/** A call takes only so many arguments. */
const bytesAtOnce = 8_192;

function textOf(bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += bytesAtOnce)
    binary += String.fromCharCode(...bytes.subarray(from, from + bytesAtOnce));
  return btoa(binary);
}

const sent = ({ rows, ...day }: KeptDay): SentDay => ({ ...day, rows: textOf(rows) });

export const createDayServices = (): DayServices => ({
  build: browser.runtime.getManifest().version,
  begin: async () => (await askWorker('beginDays', {})).session,
  read: readDays,
  leads: (leads) => askWorker('dayLeads', { leads }),
  keep: async ({ put, ...change }) => (await askWorker('keepDays', { ...change, put: put.map(sent) })).ok,
  settle: async (session) => (await askWorker('settleDays', { session })).ok,
});

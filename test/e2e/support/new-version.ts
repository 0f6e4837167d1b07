/**
 * The change that the tests of both browsers write into the editor, and a lead that is handed over once it holds. What the lead's clock
 * should say then comes from the demo's own count of working minutes.
 */
import { instantText } from '../../demo-crm/leads.ts';
import type { DemoCrm } from '../../demo-crm/server.ts';
import { minuteMs, officeHours, workingMinutes } from '../../demo-crm/working-minutes.ts';

/** Working minutes of the first touch; the preset has 60. */
export const newTarget = 30;

export const signatories = { Marketing: 'Lucía Gil', Sales: 'Luis Ortega' } as const;

/** As a field for date and time holds it, in this machine's zone. */
export function localInstant(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * minuteMs).toISOString().slice(0, 19);
}

export interface HandedOver {
  readonly recordId: string;
  /** When its first touch is due under the new version, epoch ms. */
  readonly dueAt: number;
}

/** Hands one over in the CRM right now that nobody had handed over. */
export function handOver(crm: DemoCrm): HandedOver {
  const record = crm.leads.find(({ story }) => story === 'unknown')?.record;
  if (!record) throw new Error('The demo has no lead without a hand-off');
  const at = Math.floor(Date.now() / 1_000) * 1_000;
  const minute = Math.floor(at / minuteMs) * minuteMs;
  record.handedOverAt = record.assignedAt = record.modifiedAt = instantText(at);
  const walk = workingMinutes(at, officeHours());
  // Out of hours it starts at the next opening, and the seconds of its hand-off do not count.
  const seconds = walk.forward(minute, 1) === minute + minuteMs ? at - minute : 0;
  return { recordId: record.id, dueAt: walk.forward(minute, newTarget) + seconds };
}

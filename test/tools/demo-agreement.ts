/**
 * The agreement that the demo runs on: the built-in promises, and one more calendar for leads from overseas that is
 * closed at the moment, so that a clock that has not started yet is on screen whenever the demo runs.
 */
import { overseas } from '../demo-crm/names.ts';

const zones = [
  'Asia/Tokyo',
  'Australia/Sydney',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Europe/London',
];
const week = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

function hourIn(timeZone: string, now: number): number {
  return Number(new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now));
}

/** A zone where it is evening or night now: each hour of the day has one among the six. */
export function closedZone(now: number): string {
  const closed = zones.find((zone) => hourIn(zone, now) >= 19 || hourIn(zone, now) < 6);
  if (!closed) throw new Error('No zone is closed at this hour: add one to the list.');
  return closed;
}

const hours = (open: string, close: string) => Object.fromEntries(week.map((day) => [day, [[open, close]]]));

/** JSON for `storage.sync`, by the agreement's schema. */
export function demoAgreement(now: number): Record<string, unknown> {
  const promise = (id: string, clause: string, workingMinutes: number) => ({
    id,
    owedBy: 'sales',
    clause,
    rules: [
      {
        when: [{ field: 'region', operator: 'is', value: overseas }],
        target: { workingMinutes, calendar: 'overseas' },
      },
      { target: { workingMinutes, calendar: 'office' } },
    ],
  });
  return {
    schema: 1,
    id: 'demo',
    version: 1,
    title: 'Demo agreement',
    atRisk: { share: 0.75, floorMinutes: 5 },
    calendars: {
      office: { timeZone: 'local', weekly: hours('09:00', '18:00') },
      overseas: { label: 'Overseas desk', timeZone: closedZone(now), weekly: hours('09:00', '17:00') },
    },
    commitments: [promise('accept', '3.1', 240), promise('first-touch', '3.2', 60)],
  };
}

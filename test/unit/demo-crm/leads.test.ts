import { describe, expect, test } from 'vitest';
import { demoLeads, type DemoLead, type DemoState } from '../../demo-crm/leads.ts';
import { minuteMs, officeHours, workingMinutes } from '../../demo-crm/working-minutes.ts';

const madrid = officeHours('Europe/Madrid');

const moments = [
  { title: 'a weekday at noon', now: '2026-11-25T11:00:20Z', openHours: madrid },
  { title: 'Friday 17:59', now: '2026-11-27T16:59:00Z', openHours: madrid },
  { title: 'Sunday 03:00', now: '2026-11-29T02:00:00Z', openHours: madrid },
  { title: 'Monday at opening', now: '2026-11-30T08:00:00Z', openHours: madrid },
  { title: 'closing time', now: '2026-11-26T17:00:00Z', openHours: madrid },
  { title: 'the day the clocks go back', now: '2026-10-25T11:00:00Z', openHours: madrid },
  { title: 'the Monday after the clocks went forward', now: '2027-03-29T08:30:00Z', openHours: madrid },
  {
    title: 'the day the clocks go back in New York',
    now: '2026-11-01T15:00:00Z',
    openHours: officeHours('America/New_York'),
  },
  { title: 'a zone off by 45 minutes', now: '2026-11-24T06:20:10Z', openHours: officeHours('Asia/Kathmandu') },
];

const allStates: readonly DemoState[] = [
  'scheduled',
  'running',
  'at-risk',
  'overdue',
  'paused',
  'met',
  'missed',
  'ended',
  'unknown',
];

function story(leads: readonly DemoLead[], id: string): DemoLead {
  const found = leads.find((lead) => lead.story === id);
  if (!found) throw new Error(`no story ${id}`);
  return found;
}

describe.each(moments)('demo leads made on $title', ({ now: instant, openHours }) => {
  const now = Date.parse(instant);
  const leads = demoLeads({ now, openHours });

  test('every clock state is there, and a story named after a state is in it', () => {
    expect(new Set(leads.map(({ state }) => state))).toEqual(new Set(allStates));
    for (const state of allStates) expect(story(leads, state).state).toBe(state);
  });

  test('nothing happens after now or before the hand-off, and all instants are whole minutes', () => {
    for (const { record } of leads) {
      const { createdAt, handedOverAt, ...rest } = record;
      const later = Object.entries(rest).flatMap(([name, value]) =>
        name.endsWith('At') && typeof value === 'string' ? [Date.parse(value)] : [],
      );
      for (const at of later) {
        expect(at).toBeLessThanOrEqual(now);
        expect(at % minuteMs).toBe(0);
        if (handedOverAt !== null) expect(at).toBeGreaterThanOrEqual(Date.parse(handedOverAt));
      }
      if (createdAt !== null) expect(Date.parse(createdAt)).toBeLessThan(Date.parse(handedOverAt ?? ''));
    }
  });

  test('the same moment gives the same leads', () => {
    expect(demoLeads({ now, openHours })).toEqual(leads);
  });
});

test('working minutes reach over the weekend, and a deadline on closing time stays there', () => {
  const leads = demoLeads({ now: Date.parse('2026-11-27T16:59:00Z'), openHours: madrid });
  const running = story(leads, 'running');
  expect(running.record.handedOverAt).toBe('2026-11-27T16:51:00Z');
  expect(running.expected['first-touch'].dueAt).toBe('2026-11-30T08:51:00Z');
  const walk = workingMinutes(Date.parse('2026-11-27T16:59:00Z'), madrid);
  expect(new Date(walk.forward(Date.parse('2026-11-27T16:00:00Z'), 60)).toISOString()).toBe('2026-11-27T17:00:00.000Z');
  expect(new Date(walk.back(540)).toISOString()).toBe('2026-11-26T16:59:00.000Z');
});

test('an hour that the clocks repeat counts twice', () => {
  const night = { zone: 'Europe/Madrid', days: [0], from: 0, to: 4 * 60 };
  const walk = workingMinutes(Date.parse('2026-10-25T12:00:00Z'), night);
  const midnight = Date.parse('2026-10-24T22:00:00Z');
  expect(walk.forward(midnight, 300)).toBe(Date.parse('2026-10-25T03:00:00Z'));
  expect(walk.back(300)).toBe(midnight);
});

test('a walk ends with an error rather than running without bound', () => {
  const never = { zone: 'UTC', days: [], from: 540, to: 1080 };
  const walk = workingMinutes(Date.parse('2026-11-25T12:00:00Z'), never);
  expect(() => walk.back(1)).toThrow(RangeError);
  expect(() => walk.forward(Date.parse('2026-11-25T12:00:00Z'), 1)).toThrow(RangeError);
});

test('names try the page: accents, right to left, markup, 120 characters', () => {
  const leads = demoLeads({ now: Date.parse('2026-11-25T11:00:00Z'), openHours: madrid });
  expect(story(leads, 'long-name').record.name).toHaveLength(120);
  expect(story(leads, 'right-to-left').record.name).toMatch(/\p{Script=Arabic}/u);
  expect(story(leads, 'markup').record.name).toMatch(/<b>.*&.*".*'.*<\/b>/);
});

test('ten thousand leads have ten thousand ids', () => {
  const leads = demoLeads({ now: Date.parse('2026-11-25T11:00:00Z'), openHours: madrid, count: 10_000 });
  expect(new Set(leads.map(({ record }) => record.id)).size).toBe(10_000);
});

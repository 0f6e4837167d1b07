/**
 * The leads of the demo CRM, dated around now so that each clock state is on screen: some stories told one by one, and
 * filler. Pure and deterministic. What a lead's clocks should say (`expected`) is worked out here by the naive walk, for
 * tests only; it never goes to the page or the API.
 */
import {
  campaigns,
  companies,
  firstNames,
  lastNames,
  overseas,
  regions,
  reps,
  sources,
  tiers,
  type Rep,
} from './names.ts';
import { stories, type Story } from './stories.ts';
import { minuteMs, workingMinutes, type OpenHours, type WorkingMinutes } from './working-minutes.ts';

export const demoStatuses = ['new', 'accepted', 'working', 'on-hold', 'won', 'lost'] as const;
export type DemoStatus = (typeof demoStatuses)[number];

/** A lead as the API answers it. Instants are UTC, `2026-11-23T17:34:00Z`. */
export interface ApiLead {
  readonly id: string;
  name: string;
  company: string;
  status: DemoStatus;
  owner: Rep | null;
  source: string;
  campaign: string;
  region: string;
  tier: string;
  email: string;
  phone: string;
  /** `null` for a lead that was brought over from an older system, which kept no dates. */
  createdAt: string | null;
  handedOverAt: string | null;
  assignedAt: string | null;
  firstTouchAt: string | null;
  lastTouchAt: string | null;
  lastInboundAt: string | null;
  heldAt: string | null;
  closedAt: string | null;
  modifiedAt: string;
}

export type DemoState =
  | 'scheduled'
  | 'running'
  | 'at-risk'
  | 'overdue'
  | 'paused'
  | 'met'
  | 'missed'
  | 'ended'
  | 'unknown';

/** What one clock should say at the `now` the leads were made for. `null`: not claimed here. */
export interface ExpectedClock {
  readonly state: DemoState | null;
  /** UTC, as in the API. */
  readonly dueAt: string | null;
}

export interface DemoLead {
  readonly record: ApiLead;
  /** Name of its story; `null` for filler. */
  readonly story: string | null;
  /** The state that a glance at the lead should give: the most urgent of its clocks. */
  readonly state: DemoState | null;
  readonly expected: { readonly accept: ExpectedClock; readonly 'first-touch': ExpectedClock };
}

/** The built-in agreement, in working minutes. */
const targets = { accept: 240, 'first-touch': 60 } as const;
const atRiskShare = 0.75;

/** Most urgent first. */
const urgency: readonly (DemoState | null)[] = [
  'overdue',
  'at-risk',
  'running',
  'scheduled',
  'paused',
  'unknown',
  'missed',
  'ended',
  'met',
];

export const instantText = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
const parse = (text: string | null): number | null => (text === null ? null : Date.parse(text));

export interface DemoLeadsOptions {
  /** Epoch ms. */
  readonly now: number;
  readonly openHours: OpenHours;
  /** How many in all; the stories come first. */
  readonly count?: number;
}

export function demoLeads({ now, openHours, count = 48 }: DemoLeadsOptions): DemoLead[] {
  const walk = workingMinutes(now, openHours);
  const random = seededRandom(20_261_123);
  const leads = stories.map((story, index) => finish(fromStory(story, index, now, walk), story.id, now, walk));
  for (let index = stories.length; index < count; index += 1) {
    const story = filler(random);
    leads.push(finish(fromStory(story, index, now, walk), null, now, walk));
  }
  return leads;
}

/** Mulberry32: small, and the same numbers on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An ordinary lead of the last week: most are contacted in time, a few are not. */
function filler(random: () => number): Story {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const person = {
    id: 'filler',
    name: `${pick(firstNames)} ${pick(lastNames)}`,
    company: pick(companies),
    owner: pick(reps).id,
    source: pick(sources),
    campaign: pick(campaigns),
    region: pick(regions),
    tier: pick(tiers),
  };
  const age = between(12, 2_400);
  const share = random();
  const touch = between(4, 55);
  if (age < 58 && share < 0.6) return { ...person, age, status: 'new' };
  if (age < 58) return { ...person, age, status: 'accepted', acceptedAfter: 6 };
  if (share < 0.04) return { ...person, age, status: 'new' };
  if (share < 0.08) return { ...person, age, status: 'on-hold', heldAfter: touch };
  if (share < 0.14) return { ...person, age, status: 'lost', closedAfter: touch };
  if (share < 0.24 && age > 240) return { ...person, age, status: 'working', touchAfter: between(64, 200) };
  if (share < 0.36 && age > 400)
    return { ...person, age, status: 'won', touchAfter: touch, closedAfter: between(300, 400) };
  return { ...person, age, status: 'working', touchAfter: touch };
}

function fromStory(story: Story, index: number, now: number, walk: WorkingMinutes): ApiLead {
  const handedOver =
    story.age === null ? null : story.elapsed ? floorMinute(now - story.age * minuteMs) : walk.back(story.age);
  const after = (minutes: number | undefined): number | null =>
    minutes === undefined || handedOver === null ? null : walk.forward(handedOver, minutes);
  const [accepted, held, closed, touched] = [
    story.acceptedAfter,
    story.heldAfter,
    story.closedAfter,
    story.touchAfter,
  ].map(after);
  const lastTouch = after(story.lastTouchAfter) ?? touched ?? null;
  const inbound = after(story.inboundAfter);
  const created = handedOver === null ? null : handedOver - (7 + ((index * 37) % 600)) * minuteMs;
  const known = [handedOver, accepted, held, closed, lastTouch].filter((at) => typeof at === 'number');
  // A lead that came over without dates has at least been touched by the import, today or on the last working day.
  const modified = known.length === 0 ? walk.back(135) : Math.max(...known);
  const text = (at: number | null | undefined): string | null =>
    at === null || at === undefined ? null : instantText(at);
  const owner = story.owner === null ? null : (reps.find((rep) => rep.id === story.owner) ?? null);
  return {
    id: `L-${1001 + index}`,
    name: story.name,
    company: story.company,
    status: story.status,
    owner,
    source: story.source,
    campaign: story.campaign,
    region: story.region,
    tier: story.tier,
    email: `${mailName(story.name, index)}@${slug(story.company)}.example`,
    phone: `+1 202 555 ${String(100 + ((index * 7) % 100)).padStart(4, '0')}`,
    createdAt: text(created),
    handedOverAt: text(handedOver),
    assignedAt: owner === null ? null : text(handedOver),
    firstTouchAt: text(touched),
    lastTouchAt: text(lastTouch),
    lastInboundAt: text(inbound),
    heldAt: text(held),
    closedAt: text(closed),
    modifiedAt: instantText(modified),
  };
}

const floorMinute = (at: number): number => Math.floor(at / minuteMs) * minuteMs;

function slug(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .trim()
    .replace(/ +/g, '-')
    .slice(0, 40);
}

function mailName(name: string, index: number): string {
  return slug(name).replaceAll('-', '.') || `contact.${index}`;
}

function finish(record: ApiLead, story: string | null, now: number, walk: WorkingMinutes): DemoLead {
  const expected = {
    accept: expectedClock(record, 'accept', now, walk),
    'first-touch': expectedClock(record, 'first-touch', now, walk),
  };
  const states = new Set([expected.accept.state, expected['first-touch'].state]);
  return { record, story, state: urgency.find((state) => states.has(state)) ?? null, expected };
}

function expectedClock(
  record: ApiLead,
  commitment: keyof typeof targets,
  now: number,
  walk: WorkingMinutes,
): ExpectedClock {
  const start = parse(record.handedOverAt);
  if (start === null) return { state: record.closedAt === null ? 'unknown' : 'ended', dueAt: null };
  if (record.region === overseas) return { state: 'scheduled', dueAt: null };
  const target = targets[commitment];
  const due = walk.forward(start, target);
  const dueAt = instantText(due);
  const touched = parse(record.firstTouchAt);
  if (commitment === 'first-touch' && touched !== null) return { state: touched <= due ? 'met' : 'missed', dueAt };
  if (commitment === 'accept' && (record.status === 'accepted' || record.status === 'working'))
    // The CRM keeps no instant of the acceptance: it is known only to lie before the last change.
    return { state: Date.parse(record.modifiedAt) < due ? 'met' : null, dueAt };
  const closed = parse(record.closedAt);
  if (closed !== null) {
    // Whether closing a lead also answers for its acceptance is the agreement's business, not ours.
    const claimed = commitment === 'first-touch' && closed <= due;
    return { state: claimed ? 'ended' : null, dueAt };
  }
  const held = parse(record.heldAt);
  if (held !== null) return { state: held <= due ? 'paused' : null, dueAt: null };
  if (now > due) return { state: 'overdue', dueAt };
  return { state: now >= walk.forward(start, target * atRiskShare) ? 'at-risk' : 'running', dueAt };
}

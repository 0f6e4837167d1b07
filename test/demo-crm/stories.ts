/** The leads that tell a story, one for each thing that a clock can say and each text that a page must survive. */
import type { DemoStatus } from './leads.ts';
import { overseas } from './names.ts';

/** All times are working minutes; `…After` counts from the hand-off. */
export interface Story {
  readonly id: string;
  readonly name: string;
  readonly company: string;
  readonly owner: string | null;
  readonly source: string;
  readonly campaign: string;
  readonly region: string;
  readonly tier: string;
  readonly status: DemoStatus;
  /** How long ago it was handed over; `null`: nobody knows. */
  readonly age: number | null;
  /** `age` is plain elapsed minutes. */
  readonly elapsed?: boolean;
  readonly acceptedAfter?: number;
  readonly touchAfter?: number;
  readonly lastTouchAfter?: number;
  readonly inboundAfter?: number;
  readonly heldAfter?: number;
  readonly closedAfter?: number;
}

/** 120 characters, as imports bring them. */
const longName =
  'Maximiliana Wolfeschlegelsteinhausen-Featherstonehaugh de la Concepción y Montenegro, Head of Purchasing (Group) – North';

export const stories: readonly Story[] = [
  {
    id: 'scheduled',
    name: 'Aiko Tanabe',
    company: 'Shiosai Robotics',
    owner: 'lucia',
    source: 'Web form',
    campaign: 'Live demo day',
    region: overseas,
    tier: 'A',
    status: 'new',
    age: 4,
    elapsed: true,
  },
  {
    id: 'running',
    name: 'Nora Lindqvist',
    company: 'Fjord Seafood',
    owner: 'lucia',
    source: 'Web form',
    campaign: 'Pricing page',
    region: 'Nordics',
    tier: 'A',
    status: 'new',
    age: 8,
  },
  {
    id: 'running-accepted',
    name: 'Óscar Peñalver Ibáñez',
    company: 'Olivar Foods',
    owner: 'lucia',
    source: 'Referral',
    campaign: 'Customer stories',
    region: 'Iberia',
    tier: 'B',
    status: 'accepted',
    age: 25,
    acceptedAfter: 10,
  },
  {
    id: 'right-to-left',
    name: 'نور الهاشمي',
    company: 'Lumen Optics',
    owner: 'dev',
    source: 'Webinar',
    campaign: 'Buyer guide',
    region: 'DACH',
    tier: 'B',
    status: 'new',
    age: 31,
  },
  {
    id: 'unassigned',
    name: 'Daniel Weiss',
    company: 'Granite Legal',
    owner: null,
    source: 'Partner portal',
    campaign: 'Autumn launch',
    region: 'DACH',
    tier: 'C',
    status: 'new',
    age: 37,
  },
  {
    id: 'at-risk',
    name: 'Hannah O’Brien',
    company: 'Elmwood Dental',
    owner: 'lucia',
    source: 'Webinar',
    campaign: 'Live demo day',
    region: 'UK',
    tier: 'A',
    status: 'new',
    age: 49,
  },
  {
    id: 'overdue',
    name: 'Tomasz Zieliński',
    company: 'Cobalt Foundry',
    owner: 'lucia',
    source: 'Trade show',
    campaign: 'Autumn launch',
    region: 'DACH',
    tier: 'A',
    status: 'new',
    age: 95,
  },
  {
    id: 'long-name',
    name: longName,
    company: 'Northgate Insurance',
    owner: 'marcus',
    source: 'Trade show',
    campaign: 'Autumn launch',
    region: 'DACH',
    tier: 'B',
    status: 'working',
    age: 104,
    touchAfter: 18,
  },
  {
    id: 'met',
    name: 'Samuel Whitaker',
    company: 'Ironbridge Tools',
    owner: 'lucia',
    source: 'Web form',
    campaign: 'Pricing page',
    region: 'UK',
    tier: 'B',
    status: 'working',
    age: 120,
    touchAfter: 22,
  },
  {
    id: 'markup',
    name: `<b>Zoë & "Rémy" O'Hara</b>`,
    company: `Alder & Finch <Ltd>`,
    owner: 'ingrid',
    source: 'Web form',
    campaign: 'Buyer guide',
    region: 'France',
    tier: 'C',
    status: 'new',
    age: 41,
  },
  {
    id: 'paused',
    name: 'Élodie Marchand',
    company: 'Mistral Energy',
    owner: 'lucia',
    source: 'Partner portal',
    campaign: 'Customer stories',
    region: 'France',
    tier: 'B',
    status: 'on-hold',
    age: 150,
    heldAfter: 30,
  },
  {
    id: 'ended',
    name: 'Viktor Halvorsen',
    company: 'Dunes Hotels',
    owner: 'ingrid',
    source: 'Webinar',
    campaign: 'Buyer guide',
    region: 'Nordics',
    tier: 'C',
    status: 'lost',
    age: 180,
    closedAfter: 35,
  },
  {
    id: 'missed',
    name: 'Beatriz Carvalho',
    company: 'Tamarind Retail',
    owner: 'marcus',
    source: 'Trade show',
    campaign: 'Autumn launch',
    region: 'Iberia',
    tier: 'A',
    status: 'working',
    age: 200,
    touchAfter: 85,
  },
  {
    id: 'unanswered',
    name: 'Jonas Keller',
    company: 'Helix Diagnostics',
    owner: 'dev',
    source: 'Referral',
    campaign: 'Customer stories',
    region: 'DACH',
    tier: 'A',
    status: 'working',
    age: 230,
    touchAfter: 12,
    lastTouchAfter: 90,
    inboundAfter: 200,
  },
  {
    id: 'overdue-both',
    name: 'Grace Mwangi',
    company: 'Juniper Schools',
    owner: 'marcus',
    source: 'Web form',
    campaign: 'Pricing page',
    region: 'UK',
    tier: 'B',
    status: 'new',
    age: 300,
  },
  {
    id: 'won',
    name: 'Chiara Bellini',
    company: 'Quarry Lane Homes',
    owner: 'lucia',
    source: 'Referral',
    campaign: 'Customer stories',
    region: 'Italy',
    tier: 'A',
    status: 'won',
    age: 620,
    touchAfter: 9,
    closedAfter: 410,
  },
  {
    id: 'unknown',
    name: 'Priya Raman',
    company: 'Kestrel Air Freight',
    owner: 'dev',
    source: 'Partner portal',
    campaign: 'Customer stories',
    region: 'UK',
    tier: 'C',
    status: 'new',
    age: null,
  },
];

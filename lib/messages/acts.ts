/**
 * What a person does with a lead, and what the panel shows of it. Types only, as `contract.ts`; the worker validates, and
 * identity comes from the sender and the person's settings, never from a payload.
 */
import type { Agreement } from '../agreement/schema';
import type { Escalated } from '../clock/escalation';
import type { Channel, Fact, Party, Readiness } from '../lead/facts';
import type { FieldName, LeadKey } from '../lead/lead';
import type { QualityFlag } from '../lead/quality-rules';

/** Each becomes one fact of each lead. Reasons are ids of the agreement's taxonomy; instants epoch ms. */
export type Act =
  | { readonly do: 'accept' }
  | { readonly do: 'reject'; readonly reason: string; readonly detail?: string }
  | { readonly do: 'recycle'; readonly until: number; readonly reason?: string }
  | {
      readonly do: 'touch';
      readonly channel: Channel;
      readonly direction?: 'outbound' | 'inbound';
      /** When it was; absent: now. */
      readonly at?: number;
    }
  | { readonly do: 'pause'; readonly reason: string; readonly until?: number }
  | { readonly do: 'resume' }
  | { readonly do: 'block'; readonly needs: string }
  | { readonly do: 'unblock'; readonly answer?: string }
  | { readonly do: 'flag'; readonly axis: 'fit' | 'readiness'; readonly reason: string; readonly detail?: string }
  | {
      readonly do: 'answer';
      /** Id of the flag or rejection. */
      readonly fact: string;
      readonly answer: 'fixed' | 'disputed' | 'agreed';
      readonly reason?: string;
    }
  | { readonly do: 'readiness'; readonly value: Readiness }
  | { readonly do: 'note'; readonly text: string }
  | { readonly do: 'dismiss'; readonly rule: string; readonly reason: string }
  /** Takes back facts that this person stated, within `undoMs`: at most `leadsAtOnce`, one of each lead. */
  | { readonly do: 'undo'; readonly facts: readonly string[] };

export type ActName = Act['do'];

/** How long an act can be taken back, ms. */
export const undoMs = 10_000;

/** Why an act is not done; said to the person in words from the catalogue (`refused_<code>`). */
export type ActRefusal =
  /** The panel may not speak for this lead. */
  | 'not-allowed'
  | 'no-such-lead'
  /** A person erased this lead, and it is not recorded. */
  | 'erased'
  /** It is said to have been in a time of this lead that retention has made counts of. */
  | 'forgotten'
  /** The person has not said which side they are on. */
  | 'side-unknown'
  /** Neither the CRM's page nor the settings say who acts. */
  | 'name-unknown'
  /** This is the other side's to do. */
  | 'other-side'
  | 'reason-unknown'
  /** The reason was taken out of the agreement meanwhile. */
  | 'reason-retired'
  | 'detail-missing'
  /** *Unreachable* only after the agreed attempts. */
  | 'attempts-missing'
  | 'recycled-too-often'
  /** What is said to last until then must lie ahead. */
  | 'not-in-the-past'
  /** What has happened can't lie ahead. */
  | 'not-in-the-future'
  /** A touch from before the lead was handed over is none of this hand-off. */
  | 'before-hand-off'
  | 'already'
  | 'nothing-to-answer'
  | 'closed'
  | 'too-late-to-undo'
  | 'ledger-unavailable'
  | 'ledger-full';

export interface ActRequest {
  /** At most `leadsAtOnce`. */
  readonly leads: readonly LeadKey[];
  readonly act: Act;
  /**
   * When the person did it, epoch ms, at most a minute ago; absent: when it arrives. Whoever got no answer asks again with
   * the same instant, and what was kept already is not kept twice.
   */
  readonly askedAt?: number;
}

export const leadsAtOnce = 200;

export type ActReply =
  | {
      readonly ok: true;
      /** Ids of the facts that were written, one for each lead that took it. */
      readonly facts: readonly string[];
      readonly undoUntil: number;
      /** Leads of several that did not take it, and why. */
      readonly refused: Readonly<Record<LeadKey, ActRefusal>>;
    }
  | {
      readonly ok: false;
      readonly code: ActRefusal;
      /** Id of the reason that took the place of a retired one. */
      readonly successor?: string;
    };

/** An act as the panel offers it. */
export interface Offer {
  readonly do: ActName;
  /** `null`: it can be done now. */
  readonly refusal: ActRefusal | null;
}

export interface HandOff {
  readonly at: number | null;
  readonly source: string | null;
  readonly campaign: string | null;
  /** What the CRM's status means. */
  readonly stage: string | null;
  readonly statusLabel: string | null;
  readonly persona: string | null;
  /** The last note or readiness that marketing stated before sales' first touch or verdict since the hand-off. */
  readonly why: string | null;
  /** Fields that this lead should have at its stage and has not. */
  readonly missing: readonly FieldName[];
}

/** Another lead that may be the same. */
export interface AlikeLead {
  readonly lead: LeadKey;
  readonly name: string;
  /** Its page, on its CRM's own origin; `null` where none is known. */
  readonly url: string | null;
}

/** What the panel works with, beside the clocks. */
export interface PanelWork {
  readonly side: Party | null;
  /** Who acts: a display name; `null` where nobody is known yet. */
  readonly me: string | null;
  readonly handOff: HandOff;
  /** Standing facts, newest first. */
  readonly facts: readonly Fact[];
  /** Older ones that are not listed. */
  readonly olderFacts: number;
  /** Automatic flags that nobody has dismissed. */
  readonly flags: readonly QualityFlag[];
  /** The other leads that those flags name, as far as they are known. */
  readonly alike: readonly AlikeLead[];
  readonly reasons: Agreement['taxonomy']['reasons'];
  readonly parties: Agreement['parties'];
  readonly offers: readonly Offer[];
  readonly attempts: { readonly made: number; readonly agreed: number };
  readonly recycles: { readonly done: number; readonly agreed: number };
  /** What this person stated last of it, here or elsewhere, and can take back until then (epoch ms); `null`: nothing. */
  readonly undoable: { readonly fact: Fact; readonly until: number } | null;
  /** Until when this person's reminders of this lead are silent. */
  readonly snoozedUntil: number | null;
  /** Who else knows of it by now; absent where nobody does. */
  readonly escalated?: Escalated;
}

export type { Escalated };

/** What the bar over a page works with. */
export interface PageWork {
  readonly side: Party | null;
  readonly reasons: Agreement['taxonomy']['reasons'];
}

export type WorkReply =
  | (PageWork & {
      readonly ok: true;
      /** The leads that the token stands for now. */
      readonly leads: readonly LeadKey[];
    })
  | { readonly ok: false; readonly code: ActRefusal };

/** Panel, sidebar, popup, options → worker. A content script shares its process with the page and says nothing for a person. */
export interface ActProtocol {
  /** Panel, sidebar, popup, options: a person does something with leads. Answered once it is on disk. */
  act(data: ActRequest): ActReply;
  /** Silences this person's reminders of these leads; `null` ends it. Never touches a clock. */
  snooze(data: { readonly leads: readonly LeadKey[]; readonly until: number | null }): { readonly ok: boolean };
}

/** What an act on a lead is judged by, and how it is refused. Types only. */
import type { Agreement } from '../agreement/schema';
import type { Fact, Party } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import type { Act, ActRefusal } from '../messages/acts';
import type { Situation } from './situation';

/** An act as one lead takes it: of several facts that are taken back, its own. */
export type LeadAct = Exclude<Act, { readonly do: 'undo' }> | { readonly do: 'undo'; readonly fact: string };

/** Who acts: by the CRM's page or the settings, never by what a message says. */
export interface Actor {
  /** `null` where nobody knows it. */
  readonly name: string | null;
  readonly side: Party | null;
}

export interface Acting {
  readonly lead: LeadKey;
  /** All facts of the lead, also those that stand no more. */
  readonly facts: readonly Fact[];
  readonly situation: Situation;
  readonly agreement: Pick<Agreement, 'taxonomy' | 'attempts' | 'recycles' | 'quality'>;
  readonly actor: Actor;
  /** When the person did it, epoch ms; not after `now`. */
  readonly at: number;
  /** Epoch ms. */
  readonly now: number;
}

export interface Refused {
  readonly ok: false;
  readonly refusal: ActRefusal;
  /** Id of the reason to take instead. */
  readonly successor?: string;
}

/** Steps of an explanation: why a clock is due when it is due (rule 17). Plain JSON. Instants epoch ms, lengths ms. */

import type { GapReason } from '../calendar/types';

export type { GapReason };

export type ExplainStep =
  | { readonly kind: 'start'; readonly at: number; readonly event: string }
  /** The clock started while closed and waits for the next opening. */
  | { readonly kind: 'gap'; readonly from: number; readonly to: number; readonly reason: GapReason }
  | {
      readonly kind: 'open';
      readonly from: number;
      readonly to: number;
      readonly countedMs: number;
      readonly leftMs: number;
    }
  | {
      readonly kind: 'pause';
      readonly from: number;
      readonly to: number | null;
      readonly reason: string;
      readonly author: string;
    }
  /** A change of tier added this to the target (rule 9). */
  | { readonly kind: 'extension'; readonly at: number; readonly extraMs: number }
  | { readonly kind: 'due'; readonly at: number; readonly clause: string | null; readonly targetMs: number }
  | { readonly kind: 'no-due'; readonly reason: 'paused' | 'no-start' | 'never-opens' }
  /** The steps in between were left out because there are too many; their open stretches count `countedMs` together. */
  | { readonly kind: 'more'; readonly count: number; readonly countedMs: number };

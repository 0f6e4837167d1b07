/** Other selectors for a CRM that changed its pages. Types only, as `contract.ts`. */
import type { SelectorRepairs } from '../crm/repair';
import type { Nothing } from './nothing';

/** Other selectors for one CRM, signed off by somebody who answers for them. */
export interface Repair {
  readonly schema: 1;
  /** Adapter id. */
  readonly adapter: string;
  readonly version: number;
  readonly signedOffBy: string;
  /** ISO date, or instant with its offset. */
  readonly signedOffAt: string;
  readonly note?: string;
  /** Selector name → its alternatives, newest first. */
  readonly selectors: SelectorRepairs;
}

export interface StandingRepair {
  readonly repair: Repair;
  readonly source: 'policy' | 'local';
  /** `false` where the organisation has set another one for this CRM. */
  readonly used: boolean;
}

/** What is wrong with a repair: where, and what should stand there (`options_repair_hint_<hint>`). */
export interface RepairFault {
  /** Such as `[0].selectors.row[1].since`. */
  readonly path: string;
  readonly hint: RepairHint;
}

export type RepairHint =
  | 'json'
  | 'too-long'
  | 'list'
  | 'repair'
  | 'schema'
  | 'adapter'
  | 'adapter-twice'
  | 'version'
  | 'signed-off-by'
  | 'signed-off-at'
  | 'note'
  | 'selectors'
  | 'selector-name'
  | 'alternatives'
  | 'alternative'
  | 'css'
  | 'since'
  | 'seen-on'
  | 'unknown-key';

export interface RepairList {
  readonly standing: readonly StandingRepair[];
  /** What can't be read, by where it came from. */
  readonly faults: readonly { readonly source: 'policy' | 'local'; readonly faults: readonly RepairFault[] }[];
}

export type RepairReading =
  | { readonly ok: true; readonly repairs: readonly Repair[] }
  | { readonly ok: false; readonly faults: readonly RepairFault[] };

/** Options → worker. */
export interface RepairProtocol {
  /** Options: the repairs in force, and those that are not. */
  repairList(data: Nothing): RepairList;
  /** Options: is this text a list of repairs? Nothing is kept. */
  readRepairs(data: { readonly text: string }): RepairReading;
  /** Options: keep these; one for the same CRM is replaced. `false` where the storage refused. */
  keepRepairs(data: { readonly repairs: readonly Repair[] }): { readonly ok: boolean };
  removeRepair(data: { readonly adapter: string }): { readonly ok: boolean };
}

/**
 * What the options page may ask about agreements. Types only, as `contract.ts`. Documents cross as JSON: the page that shows
 * one parses it by the same schema, and the worker trusts no text that comes back.
 */
import type { AgreementDocument, Signature } from '../agreement/document';
import type { DryRunReport, DryRunRow } from '../agreement/dry-run';
import type { Issue } from '../agreement/integrity';
import type { LifecycleRefusal, LifecycleStage } from '../agreement/lifecycle';
import type { PresetId } from '../agreement/presets';
import type { Condition } from '../agreement/schema';
import type { Party } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import type { Nothing } from './nothing';
import type { Problem } from './problems';
import type { TeamState } from './team';

export type AgreementSource = 'policy' | 'team' | 'sync' | 'built-in';

/** A person's word on one version of an agreement. */
export interface Acknowledged {
  readonly by: string;
  readonly party: Party | null;
  /** Epoch ms. */
  readonly at: number;
}

/** One version that is known here. */
export interface VersionRow {
  readonly document: AgreementDocument;
  readonly source: AgreementSource;
  readonly stage: Extract<LifecycleStage, 'approved' | 'effective' | 'superseded'>;
  /** Whether both sides have signed this very text. */
  readonly isSigned: boolean;
  readonly acknowledged: readonly Acknowledged[];
}

export interface DraftState {
  /** JSON as the editor holds it; need not be a whole agreement. */
  readonly text: string;
  readonly savedAt: number;
  /** `null` where it is no whole agreement yet: then `issues` say why. */
  readonly document: AgreementDocument | null;
  readonly stage: Extract<LifecycleStage, 'draft' | 'proposed' | 'approved'>;
  /** It was proposed or signed, and its instant went by before it was put into force: it has to be withdrawn. */
  readonly hasPassed: boolean;
  readonly issues: readonly Issue[];
  /** Signatures over this very text by people who are named in it. */
  readonly signatures: readonly Signature[];
}

export interface AgreementState {
  readonly asOf: number;
  /** In force, as it was written. */
  readonly document: AgreementDocument;
  readonly source: AgreementSource;
  /** Where each field's value comes from: the document's source, or the built-in default where it leaves the field out. */
  readonly sources: Readonly<Record<string, AgreementSource>>;
  /** Newest first: coming ones, the one in force, those before. */
  readonly versions: readonly VersionRow[];
  readonly draft: DraftState | null;
  /** The draft that an import or a preset took the place of. */
  readonly hasDraftBefore: boolean;
  readonly conflict: { readonly mine: AgreementDocument; readonly theirs: AgreementDocument } | null;
  readonly problems: readonly Problem[];
  /** Versions that this person has not confirmed to have read. */
  readonly toAcknowledge: readonly { readonly id: string; readonly version: number; readonly effectiveFrom?: string }[];
  /** Set by the organisation: nothing that is written here takes effect. */
  readonly isLocked: boolean;
  /** The address at which the team keeps its agreement. */
  readonly team: TeamState;
  /** Ids of the reasons that facts name. */
  readonly reasonsInUse: readonly string[];
}

export type AgreementRefusal =
  | LifecycleRefusal
  | 'no-draft'
  /** The draft is no agreement yet, or one that can't work; `issues` say why. */
  | 'invalid'
  /** The organisation's policy says which agreement holds. */
  | 'set-by-policy'
  /** The team's address says which agreement holds: it is published there. */
  | 'set-by-team'
  | 'not-approved'
  /** The settings do not say who the person is. */
  | 'name-unknown'
  | 'side-unknown'
  | 'no-such-version'
  | 'already-acknowledged'
  /** An agreement of people's own is in force already: it is changed by a draft. */
  | 'has-agreement'
  | 'no-conflict'
  /** The storage refused. */
  | 'not-kept'
  | 'ledger-unavailable';

export type AgreementReply =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: AgreementRefusal;
      readonly party?: Party;
      readonly issues?: readonly Issue[];
    };

export type DraftSaved =
  | {
      readonly ok: true;
      readonly at: number;
      /** Signatures that this edit voided. */
      readonly voided: number;
      /** It is still before both sides; an edit takes a proposal back. */
      readonly isProposed: boolean;
    }
  | {
      readonly ok: false;
      readonly code:
        | 'full'
        | 'set-by-policy'
        /** Another tab has written, signed, replaced or thrown away the draft since. */
        | 'changed-elsewhere';
    };

export interface DraftToSave {
  readonly text: string;
  /** `savedAt` of the draft that this text grew from; `null`: there was none. */
  readonly base: number | null;
  /** Whatever is there now: it becomes the draft before. */
  readonly keepBoth?: boolean;
}

/** What is tried: the draft, or the version in force on leads that are bound to an older one. */
export type TrialOf = 'draft' | 'in-force';

export type TrialRefusal = Extract<AgreementRefusal, 'no-draft' | 'invalid' | 'ledger-unavailable'>;

export type TrialReply =
  | { readonly state: 'running'; readonly run: string; readonly done: number; readonly total: number }
  | {
      readonly state: 'done';
      readonly run: string;
      /** Names exactly the leads and changes of the list; applying asks for it again. */
      readonly list: string;
      /** Without its rows: those come by page. */
      readonly report: Omit<DryRunReport, 'rows'>;
      readonly rows: number;
      /** Leads that the list has. */
      readonly leads: number;
    }
  /** It was stopped, or the browser stopped the worker: begin anew. */
  | { readonly state: 'gone' }
  | { readonly state: 'refused'; readonly code: TrialRefusal };

export interface TrialRows {
  readonly rows: readonly DryRunRow[];
  readonly names: Readonly<Record<LeadKey, string>>;
  /** Where the next page begins; absent on the last one. */
  readonly next?: number;
}

export type ApplyReply =
  | { readonly ok: true; readonly leads: number }
  | {
      readonly ok: false;
      readonly code:
        | 'list-changed'
        | 'too-many'
        | 'nothing'
        | 'name-unknown'
        | 'ledger-unavailable'
        | 'ledger-full'
        | 'built-in';
    };

/** A signature that came with a file and does not count. */
export interface DroppedSignature {
  readonly by: string;
  readonly party: Party;
  readonly why: 'not-named' | 'other-content';
}

export type ImportReply =
  | {
      readonly ok: true;
      readonly document: AgreementDocument;
      /** It is the same text as the draft: signatures of both were joined. */
      readonly isSame: boolean;
      readonly dropped: readonly DroppedSignature[];
    }
  | { readonly ok: false; readonly code: 'newer'; readonly schema: number }
  | { readonly ok: false; readonly code: 'unreadable'; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly code: 'not-a-link' | 'not-kept' | 'set-by-policy' };

export type ExportOf = 'draft' | 'in-force' | 'coming';

export type ExportReply =
  | {
      readonly ok: true;
      readonly name: string;
      readonly text: string;
      /** Opens the options page with this agreement; `null` where it is too long for an address. */
      readonly link: string | null;
    }
  | { readonly ok: false; readonly code: 'no-draft' | 'no-such-version' | 'invalid' };

/** A file that an administrator puts in place. */
export interface PolicyFile {
  readonly name: string;
  readonly browser: 'chrome' | 'edge' | 'chromium' | 'firefox';
  readonly system: 'windows' | 'macos' | 'linux' | 'all';
  /** Where it belongs, as a path or a place that an administrator knows. */
  readonly where: string;
  readonly text: string;
}

export interface PolicyFilesRequest {
  readonly of: ExportOf;
  /** Where the organisation keeps the agreement; without one it stands in the policy itself. */
  readonly url?: string;
  /** With `url`: nothing but this very file is believed there, so each new version needs another policy. */
  readonly pinned?: boolean;
  /** Where the team keeps it, instead: the policy then says nothing of which agreement that is. */
  readonly team?: string;
  readonly origins?: readonly string[];
  /** Each with the value that this person has set; what they have not set is not locked. */
  readonly locked?: readonly string[];
}

export type PolicyFilesReply =
  | {
      readonly ok: true;
      readonly files: readonly PolicyFile[];
      /** What belongs at the address, to the byte: with the version in force until then, where another is to come. */
      readonly hosted: { readonly name: string; readonly text: string } | null;
    }
  | { readonly ok: false; readonly code: 'no-draft' | 'no-such-version' | 'invalid' };

/** How many of the leads that are known here meet conditions. */
export interface LeadCount {
  readonly matching: number;
  readonly known: number;
}

/** A status that leads were seen with. */
export interface SeenStatus {
  readonly crm: string;
  readonly object: string;
  /** The CRM's internal value; its label where nothing else is known. */
  readonly status: string;
  readonly label?: string;
  readonly leads: number;
}

/** Options → worker. */
export interface AgreementProtocol {
  agreementState(data: Nothing): AgreementState;
  /** Keeps a draft, whole or not. An edit voids the signatures under it. */
  saveDraft(data: DraftToSave): DraftSaved;
  /** Begins a draft from what is in force, or a preset; the draft before is kept aside. */
  startDraft(data: { readonly from: 'in-force' | PresetId }): AgreementReply;
  /** Throws the draft away, or brings the one back that was replaced. */
  dropDraft(data: { readonly restore: boolean }): AgreementReply;
  /** First run: a preset is in force from now on, unsigned; only where nothing but the built-in agreement is. */
  adoptPreset(data: { readonly preset: PresetId }): AgreementReply;
  propose(data: Nothing): AgreementReply;
  /** Without `as` for the person of the settings; at one desk the other side types its name. */
  sign(data: { readonly as?: { readonly party: Party; readonly by: string } }): AgreementReply;
  withdraw(data: Nothing): AgreementReply;
  /** What both sides signed is kept as the next version, in this browser and the person's others. */
  publish(data: Nothing): AgreementReply;
  chooseVersion(data: { readonly choice: 'mine' | 'theirs' }): AgreementReply;
  /** Popup: versions in force or coming that this person has not confirmed to have read. */
  unread(data: Nothing): AgreementState['toAcknowledge'];
  acknowledge(data: { readonly id: string; readonly version: number }): AgreementReply;
  /** A stretch of work; asked again with its `run` until it is done. Nothing is written. */
  dryRun(data: { readonly of: TrialOf; readonly run?: string }): TrialReply;
  dryRunRows(data: { readonly run: string; readonly from: number }): TrialRows;
  cancelDryRun(data: { readonly run: string }): void;
  /** Applies the version in force to exactly the leads of this list; refused where it would be another one now. */
  applyToOpen(data: { readonly list: string }): ApplyReply;
  /** Reads an agreement from a file or a link; with `keep` it becomes the draft. */
  importDocument(data: { readonly text: string; readonly keep: boolean }): ImportReply;
  exportDocument(data: { readonly of: ExportOf }): ExportReply;
  policyFiles(data: PolicyFilesRequest): PolicyFilesReply;
  /** Leads that meet one of the groups; no group at all is every lead. */
  countLeads(data: { readonly groups: readonly (readonly Condition[])[] }): LeadCount;
  seenStatuses(data: Nothing): readonly SeenStatus[];
}

/** The services of `messages/agreements.ts`, and what follows when another agreement is in force after one of them. */
import type { AgreementProtocol, AgreementReply } from '../messages/agreements';
import type { Services } from '../messages/router';
import type { TeamProtocol } from '../messages/team';
import { readPolicyNow } from '../settings/policy';
import { dropDraft, saveDraft } from './agreement-draft';
import { exportDocument, importDocument, policyFiles } from './agreement-files';
import { countLeads, seenStatuses } from './agreement-leads';
import { applyToOpen, cancelTrial, tryAgreement, trialRows } from './agreement-trial';
import { unreadVersions } from './agreement-unread';
import {
  acknowledge,
  adoptPreset,
  agreementState,
  chooseVersion,
  proposeDraft,
  publishDraft,
  signDraft,
  startDraft,
  withdrawDraft,
} from './agreements';
import type { WorkerContext } from './context';
import { createQueue } from './queue';
import { publishToTeam, readTeamAddress, saveTeamAddress } from './team';

const setByPolicy = { ok: false, code: 'set-by-policy' } as const;

/** @param inForceChanged computes what was computed with the agreement before, and tells whoever shows it. */
export function createAgreementServices(
  context: WorkerContext,
  inForceChanged: () => void,
): Pick<Services, keyof AgreementProtocol | keyof TeamProtocol> {
  /** What reads the draft and writes it: an autosave must not come in between. */
  const inTurn = createQueue();
  /** A step on the way to another agreement, where the organisation lets one be written here at all. */
  const step = <Reply>(job: () => Promise<Reply>): Promise<Reply | typeof setByPolicy> =>
    inTurn(async () => ((await readPolicyNow()).locked.includes('agreement') ? setByPolicy : job()));
  const thenTell = async <Reply extends { readonly ok: boolean }>(job: Promise<Reply>): Promise<Reply> => {
    const reply = await job;
    if (reply.ok) inForceChanged();
    return reply;
  };
  return {
    // Whoever leaves the editor sees in the procedure what they wrote last: it is saved first.
    agreementState: () => inTurn(() => agreementState(context)),
    saveDraft: (data) => step(() => saveDraft(data, context)),
    startDraft: ({ from }) => step(() => startDraft(from, context)),
    dropDraft: ({ restore }) =>
      step(async (): Promise<AgreementReply> =>
        (await dropDraft(restore)) ? { ok: true } : { ok: false, code: 'no-draft' },
      ),
    adoptPreset: ({ preset }) => thenTell(inTurn(() => adoptPreset(preset, context))),
    propose: () => step(() => proposeDraft(context)),
    sign: ({ as }) => step(() => signDraft(as, context)),
    withdraw: () => step(() => withdrawDraft(context)),
    publish: () => thenTell(inTurn(() => publishDraft(context))),
    chooseVersion: ({ choice }) => thenTell(chooseVersion(choice, context)),
    unread: () => unreadVersions(context),
    acknowledge: (data) => acknowledge(data, context),
    dryRun: (data) => tryAgreement(data, context),
    dryRunRows: (data) => trialRows(data),
    cancelDryRun: ({ run }) => cancelTrial(run),
    applyToOpen: ({ list }) => thenTell(applyToOpen(list, context)),
    importDocument: (data) => (data.keep ? step : inTurn)(() => importDocument(data, context)),
    exportDocument: ({ of }) => exportDocument(of, context),
    policyFiles: (data) => policyFiles(data, context),
    countLeads: ({ groups }) => countLeads(groups, context),
    seenStatuses: () => seenStatuses(context),
    saveTeamAddress: (data) => thenTell(saveTeamAddress(data, context)),
    readTeamAddress: () => thenTell(readTeamAddress(context)),
    publishToTeam: () => thenTell(inTurn(() => publishToTeam(context))),
  };
}

/** The services of `messages/agreements.ts`, and what follows when another agreement is in force after one of them. */
import type { AgreementProtocol } from '../messages/agreements';
import type { Services } from '../messages/router';
import type { TeamProtocol } from '../messages/team';
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

/** @param inForceChanged computes what was computed with the agreement before, and tells whoever shows it. */
export function createAgreementServices(
  context: WorkerContext,
  inForceChanged: () => void,
): Pick<Services, keyof AgreementProtocol | keyof TeamProtocol> {
  /** What reads the draft and writes it: an autosave must not come in between. */
  const inTurn = createQueue();
  const thenTell = async <Reply extends { readonly ok: boolean }>(job: Promise<Reply>): Promise<Reply> => {
    const reply = await job;
    if (reply.ok) inForceChanged();
    return reply;
  };
  return {
    agreementState: () => agreementState(context),
    saveDraft: ({ text }) => inTurn(() => saveDraft(text, context)),
    startDraft: ({ from }) => inTurn(() => startDraft(from, context)),
    async dropDraft({ restore }) {
      return (await inTurn(() => dropDraft(restore))) ? { ok: true } : { ok: false, code: 'no-draft' };
    },
    adoptPreset: ({ preset }) => thenTell(inTurn(() => adoptPreset(preset, context))),
    propose: () => inTurn(() => proposeDraft(context)),
    sign: ({ as }) => inTurn(() => signDraft(as, context)),
    withdraw: () => inTurn(() => withdrawDraft(context)),
    publish: () => thenTell(inTurn(() => publishDraft(context))),
    chooseVersion: ({ choice }) => thenTell(chooseVersion(choice, context)),
    unread: () => unreadVersions(context),
    acknowledge: (data) => acknowledge(data, context),
    dryRun: (data) => tryAgreement(data, context),
    dryRunRows: (data) => trialRows(data),
    cancelDryRun: ({ run }) => cancelTrial(run),
    applyToOpen: ({ list }) => thenTell(applyToOpen(list, context)),
    importDocument: (data) => inTurn(() => importDocument(data, context)),
    exportDocument: ({ of }) => exportDocument(of, context),
    policyFiles: (data) => policyFiles(data, context),
    countLeads: ({ groups }) => countLeads(groups, context),
    seenStatuses: () => seenStatuses(context),
    saveTeamAddress: (data) => thenTell(saveTeamAddress(data, context)),
    readTeamAddress: () => thenTell(readTeamAddress(context)),
    publishToTeam: () => thenTell(inTurn(() => publishToTeam(context))),
  };
}

/** The agreement editor's worker. Drafts cross as JSON: they need not be whole agreements yet. */
import type { AgreementServices, PastResults } from '../../components/agreement/services';
import type { AgreementDocument } from '../../lib/agreement/document';
import { agreementOf } from '../../lib/agreement/flat';
import { nextDraft } from '../../lib/agreement/lifecycle';
import { isCommitment } from '../../lib/agreement/parts';
import type { AgreementState } from '../../lib/messages/agreements';
import { askWorker } from '../../lib/messages/client';

/** What the promises of the last saved draft would have come to; asked again only where the promises are others. */
let promised: { readonly promises: string; readonly values: Promise<PastResults['promises']> } | null = null;

async function pastPromisesOfDraft(): Promise<PastResults['promises']> {
  const { draft } = await askWorker('agreementState', {});
  if (!draft?.document) return [];
  const { promises } = agreementOf(draft.document);
  const text = JSON.stringify(promises);
  if (promised?.promises !== text) {
    // The report's code is loaded where there is a promise to compare.
    const values = import('../../components/agreement/past-promises').then(({ pastPromises }) =>
      pastPromises({ promises }, pages, new AbortController().signal),
    );
    promised = { promises: text, values };
    values.catch(() => (promised = null));
  }
  return promised.values;
}

const pages = {
  terms: () => askWorker('reportTerms', {}),
  page: (after?: string) => askWorker('exportPage', after === undefined ? {} : { after }),
};

/** Tries the saved draft on the last 90 days, a stretch of work at a time. */
async function pastResults(): Promise<PastResults | null> {
  let reply = await askWorker('dryRun', { of: 'draft' });
  while (reply.state === 'running') reply = await askWorker('dryRun', { of: 'draft', run: reply.run });
  if (reply.state !== 'done') return null;
  const { byCommitment } = reply.report;
  // Its list is not looked at, and its place is another tab's to have.
  void askWorker('cancelDryRun', { run: reply.run }).catch(() => {});
  const commitments = Object.fromEntries(
    byCommitment.flatMap(({ name, attainment }) => (isCommitment(name) ? [[name, attainment.proposed]] : [])),
  );
  // Without them the commitments are still compared.
  return { commitments, promises: await pastPromisesOfDraft().catch(() => []) };
}

/** The next version of what is in force; of the built-in agreement a first one, under a name of its own. */
function nextOf(
  document: AgreementDocument,
  source: AgreementState['source'],
  versions: AgreementState['versions'],
): AgreementDocument {
  const id = source === 'built-in' ? `${document.id.slice(0, 40)}-${crypto.randomUUID().slice(0, 8)}` : document.id;
  const latest = versions.reduce((highest, { document: { version } }) => Math.max(highest, version), 0);
  return { ...nextDraft({ ...document, id }, latest), version: latest + 1 };
}

export function createAgreementServices(): AgreementServices {
  return {
    async startEditor() {
      const { draft, document, source, versions, isLocked, reasonsInUse } = await askWorker('agreementState', {});
      return {
        draft: draft ? (JSON.parse(draft.text) as unknown) : nextOf(document, source, versions),
        savedAt: draft?.savedAt ?? null,
        isProposed: draft !== null && draft.stage !== 'draft',
        signatures: draft?.signatures.length ?? 0,
        isLocked,
        reasonsInUse,
      };
    },
    async saveDraft(draft, base, keepBoth) {
      const saved = await askWorker('saveDraft', { text: JSON.stringify(draft), base, keepBoth });
      if (saved.ok) return saved;
      return { ok: false, code: saved.code === 'set-by-policy' ? 'failed' : saved.code };
    },
    countLeads: (groups) => askWorker('countLeads', { groups }),
    pastResults,
    seenStatuses: () => askWorker('seenStatuses', {}),
    now: () => Date.now(),
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

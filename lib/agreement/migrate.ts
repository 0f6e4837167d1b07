/**
 * From the flat form, in which agreements were written first, to a document. Pure, and total: every flat agreement has a document, and
 * `agreementOf` gives that agreement back. Nothing is left out, so that what people then sign is all there.
 */
import { completed } from './defaults';
import type { AgreementDocument, DocumentCommitment } from './document';
import type { Commitment, WrittenAgreement } from './schema';

export function documentOf(written: WrittenAgreement): AgreementDocument {
  const flat = completed(written);
  return {
    schema: 2,
    id: flat.id,
    version: flat.version,
    ...(flat.title === undefined ? {} : { title: flat.title }),
    ...(flat.effectiveFrom === undefined ? {} : { effectiveFrom: flat.effectiveFrom }),
    parties: flat.parties,
    services: {
      // The flat form names aims that only a document can describe.
      aims: [...new Set(flat.promises.flatMap(({ aim }) => aim ?? []))].map((id) => ({ id, text: id })),
      scope: flat.scope,
      commitments: flat.commitments.map(documentCommitment),
      responsibilities: [],
      availability: { calendars: flat.calendars, cover: [] },
    },
    management: {
      atRisk: flat.atRisk,
      ...(flat.enforcedFrom === undefined ? {} : { enforcedFrom: flat.enforcedFrom }),
      measures: [],
      reports: [],
      review: flat.review,
      clauses: [],
      definitions: {
        stages: flat.stages,
        personas: flat.personas,
        ...(flat.statuses === undefined ? {} : { statuses: flat.statuses }),
        // A document that was signed before there were teams differs in nothing from one without any.
        ...(flat.teams.length === 0 ? {} : { teams: flat.teams }),
      },
      taxonomy: flat.taxonomy,
      attempts: flat.attempts,
      recycles: flat.recycles,
      quality: flat.quality,
      promises: flat.promises,
      escalation: flat.escalation,
      retentionDays: flat.retentionDays,
    },
  };
}

/** Rules get ids from where they stand; from then on the id stays when the rule moves. */
function documentCommitment(commitment: Commitment): DocumentCommitment {
  return {
    ...commitment,
    rules: commitment.rules.map((rule, index) => ({ id: `${commitment.id}-${index + 1}`, ...rule })),
  };
}

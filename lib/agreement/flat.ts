/** From the document that people sign to the flat agreement that clocks and rules run on. Pure. */
import { defaultTerms } from './defaults';
import type { AgreementDocument, DocumentPromise } from './document';
import type { Agreement, Commitment, PeriodPromise } from './schema';
import { wordsIn, type Label } from './words';

/**
 * The agreement that a document says. Two documents that promise the same give the same; what is only for people to read
 * (clauses, responsibilities, titles of rules) is not in it.
 * @param language of the title, which the flat agreement has once.
 */
export function agreementOf(document: AgreementDocument, language: keyof Label = 'en'): Agreement {
  const { services, management, parties } = document;
  const { definitions = {} } = management;
  return {
    schema: 1,
    id: document.id,
    version: document.version,
    ...(document.title === undefined ? {} : { title: wordsIn(document.title, language) }),
    ...(document.effectiveFrom === undefined ? {} : { effectiveFrom: document.effectiveFrom }),
    ...(management.enforcedFrom === undefined ? {} : { enforcedFrom: management.enforcedFrom }),
    atRisk: management.atRisk,
    calendars: services.availability.calendars,
    commitments: services.commitments.map(flatCommitment),
    ...(definitions.statuses === undefined ? {} : { statuses: definitions.statuses }),
    parties: { marketing: labelOf(parties.marketing), sales: labelOf(parties.sales) },
    taxonomy: management.taxonomy ?? defaultTerms.taxonomy,
    attempts: management.attempts ?? defaultTerms.attempts,
    recycles: management.recycles ?? defaultTerms.recycles,
    quality: management.quality ?? defaultTerms.quality,
    personas: definitions.personas ?? defaultTerms.personas,
    scope: services.scope ?? defaultTerms.scope,
    stages: definitions.stages ?? defaultTerms.stages,
    escalation: management.escalation ?? defaultTerms.escalation,
    promises: (management.promises ?? []).filter(isMeasurable),
    review: management.review ?? defaultTerms.review,
    teams: definitions.teams ?? defaultTerms.teams,
    retentionDays: management.retentionDays ?? defaultTerms.retentionDays,
  };
}

type Side = AgreementDocument['parties']['sales'];

const labelOf = ({ label }: Side): Agreement['parties']['sales'] => (label === undefined ? {} : { label });

function flatCommitment({
  id,
  owedBy,
  clause,
  rules,
  touches,
}: AgreementDocument['services']['commitments'][number]): Commitment {
  return {
    id,
    owedBy,
    ...(clause === undefined ? {} : { clause }),
    rules: rules.map(({ when, target }) => ({ ...(when === undefined ? {} : { when }), target })),
    ...(touches === undefined ? {} : { touches }),
  };
}

/** A promise without a number or a period can't be kept or broken yet. */
function isMeasurable(promise: DocumentPromise): promise is PeriodPromise {
  return promise.value !== undefined && promise.per !== undefined;
}

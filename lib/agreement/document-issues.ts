/** What holds a document together: where each of its lists stands, and what refers to what. The checks are `integrity`'s. */
import { defaultTerms } from './defaults';
import type { AgreementDocument } from './document';
import { commitmentIssues, duplicates, missing, referenceIssues, type Issue, type Path } from './integrity';

export function documentIssues(document: AgreementDocument): Issue[] {
  const { services, management } = document;
  const definitions = management.definitions ?? {};
  return [
    ...commitmentIssues(services.commitments, services.availability.calendars, ['services', 'commitments']),
    ...referenceIssues(
      {
        ...management,
        ...definitions,
        stages: definitions.stages ?? defaultTerms.stages,
        reasons: management.taxonomy?.reasons,
      },
      {
        reasons: ['management', 'taxonomy', 'reasons'],
        quality: ['management', 'quality'],
        personas: ['management', 'definitions', 'personas'],
        stages: ['management', 'definitions', 'stages'],
        teams: ['management', 'definitions', 'teams'],
        promises: ['management', 'promises'],
        escalation: ['management', 'escalation'],
      },
    ),
    ...listIssues(document),
    ...aimIssues(document),
    ...coverageIssues(document),
  ];
}

/** Ids within the lists that only a document has. Rules have ids of their own within their commitment. */
function listIssues({ services, management }: AgreementDocument): Issue[] {
  return [
    ...duplicates(services.aims ?? [], ['services', 'aims']),
    ...services.commitments.flatMap(({ rules }, index) =>
      duplicates(rules, ['services', 'commitments', index, 'rules']),
    ),
    ...duplicates(services.responsibilities ?? [], ['services', 'responsibilities']),
    ...duplicates(services.availability.cover ?? [], ['services', 'availability', 'cover']),
    ...duplicates(management.measures ?? [], ['management', 'measures']),
    ...duplicates(management.reports ?? [], ['management', 'reports']),
    ...clausesTwice(management.clauses ?? []),
  ];
}

/** A badge quotes a clause by its number. */
function clausesTwice(clauses: readonly { readonly number: string }[]): Issue[] {
  const seen = new Set<string>();
  const issues: Issue[] = [];
  clauses.forEach(({ number }, index) => {
    if (seen.has(number))
      issues.push({
        path: ['management', 'clauses', index, 'number'],
        code: 'clause-twice',
        params: { number },
        message: `there are two clauses ${number}: number each once`,
      });
    seen.add(number);
  });
  return issues;
}

function aimIssues({ services, management }: AgreementDocument): Issue[] {
  const aims = new Set(services.aims?.map(({ id }) => id));
  const check = (list: readonly { readonly aim?: string }[], at: Path): Issue[] =>
    list.flatMap(({ aim }, index) =>
      aim === undefined || aims.has(aim) ? [] : missing([...at, index, 'aim'], 'aim', aim, aims),
    );
  return [
    ...check(services.commitments, ['services', 'commitments']),
    ...check(management.promises ?? [], ['management', 'promises']),
  ];
}

/** What responsibilities cover and reports show has to be there. */
function coverageIssues({ services, management }: AgreementDocument): Issue[] {
  const promised = new Set([...services.commitments, ...(management.promises ?? [])].map(({ id }) => id));
  const measured = new Set(management.measures?.map(({ id }) => id));
  return [
    ...(services.responsibilities ?? []).flatMap(({ covers }, index) =>
      unknown(covers ?? [], ['services', 'responsibilities', index, 'covers'], 'promise', promised),
    ),
    ...(management.reports ?? []).flatMap(({ measures }, index) =>
      unknown(measures, ['management', 'reports', index, 'measures'], 'measure', measured),
    ),
  ];
}

function unknown(names: readonly string[], at: Path, what: string, known: ReadonlySet<string>): Issue[] {
  return names.flatMap((name, index) => (known.has(name) ? [] : missing([...at, index], what, name, known)));
}

/**
 * What can't work is refused where it is written. Beyond the schema, which every reader applies, these checks are for whoever writes:
 * an agreement that came in otherwise is still read. Each finding has a path, and a code with parameters that a page translates.
 */
import { compileCalendar } from '../calendar';
import type { CalendarSpec } from '../calendar/types';
import { defaultTerms } from './defaults';
import { documentSchema, type AgreementDocument, type DocumentCommitment, type DocumentRule } from './document';
import type { Issue, Path } from './integrity';
import { issuesOf } from './issues';
import { measures } from './measures';
import { cadenceDays } from './parts-results';
import { consequencesOf, isImpossible } from './reach';
import type { Condition, Scope } from './schema';
import { memberIssues } from './teams';

export type Validation =
  | { readonly ok: true; readonly document: AgreementDocument }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** A page of problems is enough to start mending. */
const most = 200;

/**
 * @param raw what the editor holds.
 * @param reasonsInUse ids of the reasons that facts name.
 */
export function validate(raw: unknown, reasonsInUse: readonly string[]): Validation {
  const parsed = documentSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, issues: issuesOf(parsed.error) };
  const issues = writingIssues(parsed.data, reasonsInUse).slice(0, most);
  return issues.length === 0 ? { ok: true, document: parsed.data } : { ok: false, issues };
}

function writingIssues(document: AgreementDocument, reasonsInUse: readonly string[]): Issue[] {
  return [
    ...reachIssues(document),
    ...lengthIssues(document),
    ...percentIssues(document),
    ...reasonIssues(document, reasonsInUse),
    ...coverIssues(document),
    ...memberIssues(document.management.definitions?.teams ?? [], ['management', 'definitions', 'teams']),
  ];
}

const commitmentsAt = ['services', 'commitments'] as const;

function reachIssues({ services }: AgreementDocument): Issue[] {
  const issues: Issue[] = [];
  services.commitments.forEach(({ rules }, commitment) => {
    rules.forEach((rule, index) => {
      const path = [...commitmentsAt, commitment, 'rules', index];
      const found = unreachable(rules, index, path) ?? outOfScope(rule, services.scope, path);
      if (found) issues.push(found);
    });
  });
  services.scope?.exclude.forEach(({ when }, index) => {
    if (when.length > 0 && isImpossible(when))
      issues.push(contradiction(['services', 'scope', 'exclude', index, 'when']));
  });
  services.scope?.include.forEach((when, index) => {
    if (isImpossible(when)) issues.push(contradiction(['services', 'scope', 'include', index]));
  });
  return issues;
}

const conditionsOf = ({ when }: DocumentRule): readonly Condition[] => when ?? [];

function unreachable(rules: readonly DocumentRule[], index: number, path: Path): Issue | null {
  const own = conditionsOf(rules[index]!);
  if (isImpossible(own)) return contradiction([...path, 'when']);
  const implies = consequencesOf(own);
  const before = rules.slice(0, index).findIndex((earlier) => implies(conditionsOf(earlier)));
  if (before === -1) return null;
  return {
    path,
    code: 'rule-unreachable',
    params: { rule: index + 1, before: before + 1 },
    message: `rule ${index + 1} can never apply: rule ${before + 1} takes all its leads, so put the narrower one first`,
  };
}

function contradiction(path: Path): Issue {
  return {
    path,
    code: 'conditions-contradict',
    params: {},
    message: 'no lead can meet all of these conditions: drop the one that contradicts the others',
  };
}

/** Where all leads of a rule are excluded; and where none of the included groups can go together with it. */
function outOfScope(rule: DocumentRule, scope: Scope | undefined, path: Path): Issue | null {
  if (!scope) return null;
  const own = conditionsOf(rule);
  const implies = consequencesOf(own);
  const excluded = scope.exclude.findIndex(({ when }) => implies(when));
  const isShut = scope.include.length > 0 && scope.include.every((group) => isImpossible([...own, ...group]));
  if (excluded === -1 && !isShut) return null;
  return {
    path,
    code: 'rule-out-of-scope',
    params: { exclusion: excluded + 1 },
    message: 'the scope takes no lead that this rule is for: change the scope or drop the rule',
  };
}

const minutesADay = 1_440;

/** A target that outlasts the review period can't be reviewed: nobody would know yet. */
function lengthIssues({ services, management }: AgreementDocument): Issue[] {
  const { cadence } = management.review ?? defaultTerms.review;
  const days = cadenceDays[cadence];
  const issues: Issue[] = [];
  services.commitments.forEach(({ rules }: DocumentCommitment, commitment) => {
    rules.forEach(({ target }, index) => {
      const perWeek =
        'calendar' in target ? weeklyMinutes(services.availability.calendars[target.calendar]) : 7 * minutesADay;
      const length = 'calendar' in target ? target.workingMinutes : target.elapsedMinutes;
      // A calendar that opens only on single dates has no ordinary week to compare with.
      if (perWeek === 0 || length <= (perWeek / 7) * days) return;
      issues.push({
        path: [...commitmentsAt, commitment, 'rules', index, 'target'],
        code: 'target-longer-than-review',
        params: { days, review: cadence },
        message: `this takes longer than the ${days} days between two reviews: shorten it, or review less often`,
      });
    });
  });
  return issues;
}

const monday = Date.UTC(2024, 0, 1);

/** Working minutes of an ordinary week. */
function weeklyMinutes(spec: CalendarSpec | undefined): number {
  if (!spec) return 0;
  const { weekly, breaks } = spec;
  const ordinary = { timeZone: 'UTC', weekly, ...(breaks === undefined ? {} : { breaks }) };
  // From the second week on, hours that run over midnight on Sunday count in both.
  const from = monday + 7 * minutesADay * 60_000;
  const to = from + 7 * minutesADay * 60_000;
  return compileCalendar(ordinary, { from: monday, to: to + 7 * minutesADay * 60_000 }).between(from, to) / 60_000;
}

/** Nobody stands in for anybody in a stretch that ends before it begins. */
function coverIssues({ services }: AgreementDocument): Issue[] {
  return (services.availability.cover ?? []).flatMap(({ from, to }, index) =>
    from !== undefined && to !== undefined && to < from
      ? {
          path: ['services', 'availability', 'cover', index, 'to'],
          code: 'ends-before-start',
          params: {},
          message: 'this ends before it begins: write a later date, or swap the two',
        }
      : [],
  );
}

function percentIssues({ management }: AgreementDocument): Issue[] {
  return (management.promises ?? []).flatMap(({ measure, value }, index) =>
    measures[measure].unit === 'percent' && value !== undefined && value > 100
      ? {
          path: ['management', 'promises', index, 'value'],
          code: 'percent-over-100',
          params: { value },
          message: `${value} % can't be reached: write a share from 0 to 100`,
        }
      : [],
  );
}

/** A reason that facts name may be retired, with what takes its place, and never just disappear. */
function reasonIssues({ management }: AgreementDocument, inUse: readonly string[]): Issue[] {
  const { reasons } = management.taxonomy ?? defaultTerms.taxonomy;
  const places = new Map(reasons.map(({ id }, index) => [id, index]));
  return [...new Set(inUse)].flatMap((reason): Issue[] => {
    const index = places.get(reason);
    const retired = index === undefined ? undefined : reasons[index]!.retired;
    if (index !== undefined && (!retired || retired.successor !== undefined)) return [];
    return [
      {
        path: ['management', 'taxonomy', 'reasons', ...(index === undefined ? [] : [index, 'retired'])],
        code: 'reason-in-use',
        params: { reason },
        message: `leads were rejected or flagged with "${reason}": keep it as retired and name its successor`,
      },
    ];
  });
}

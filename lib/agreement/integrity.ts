/**
 * What holds an agreement together: no id twice, and nothing refers to what is not there. The same checks for the flat form and the
 * document, which differ in where things stand. Each issue has a path, a code with parameters that a page translates, and a
 * sentence for logs and files.
 */
import type { z } from 'zod';
import type { Condition, Target } from './schema';

export type Path = readonly (string | number)[];

export interface Issue {
  readonly path: Path;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** What is wrong and what to write instead, in English. */
  readonly message: string;
}

/** Hands issues to zod, which keeps their code beside the sentence. */
export function addIssues(context: z.core.$RefinementCtx, issues: readonly Issue[]): void {
  for (const { path, code, params, message } of issues)
    context.addIssue({ code: 'custom', path: [...path], message, params: { ...params, code } });
}

interface PromisedWithRules {
  readonly id: string;
  readonly rules: readonly { readonly when?: readonly Condition[]; readonly target: Target }[];
}

/** A promise made twice, a calendar that is not there, and rules behind one that takes every lead. */
export function commitmentIssues(
  commitments: readonly PromisedWithRules[],
  calendars: Readonly<Record<string, unknown>>,
  at: Path,
): Issue[] {
  const issues = duplicates(
    commitments,
    at,
    'commitment-twice',
    (id) => `"${id}" is promised twice: put both into one commitment, as rules in the order they apply`,
  );
  const names = Object.keys(calendars).slice(0, 20).join(', ') || 'the calendars you add';
  commitments.forEach(({ rules }, index) => {
    const last = rules.findIndex((entry) => (entry.when?.length ?? 0) === 0);
    if (last !== -1 && last < rules.length - 1)
      issues.push({
        path: [...at, index, 'rules', last + 1],
        code: 'rule-after-unconditional',
        params: { rule: last + 2, before: last + 1 },
        message: 'this rule can never apply: the one before it has no condition and takes every lead',
      });
    rules.forEach(({ target }, rule) => {
      if (!('calendar' in target) || Object.hasOwn(calendars, target.calendar)) return;
      issues.push({
        path: [...at, index, 'rules', rule, 'target', 'calendar'],
        code: 'no-such-calendar',
        params: { calendar: target.calendar, known: names },
        message: `there is no calendar "${target.calendar}": name one of ${names}`,
      });
    });
  });
  return issues;
}

interface Identified {
  readonly id: string;
}

interface Referring {
  readonly reasons?: readonly (Identified & { readonly retired?: { readonly successor?: string } })[] | undefined;
  readonly quality?: readonly (Identified & { readonly stage?: string })[];
  readonly personas?: readonly Identified[];
  readonly stages?: readonly Identified[];
  readonly teams?: readonly Identified[];
  readonly promises?: readonly (Identified & { readonly aim?: string })[];
  readonly escalation?: readonly Identified[];
}

/** Where each list stands. */
export type Places = Readonly<Record<keyof Referring, Path>>;

/** Ids that are used twice, and references to reasons and stages that are not there. */
export function referenceIssues(all: Referring, places: Places): Issue[] {
  const issues: Issue[] = [];
  for (const [name, place] of Object.entries(places) as [keyof Referring, Path][])
    issues.push(...duplicates(all[name] ?? [], place));
  const stages = new Set(all.stages?.map(({ id }) => id));
  all.quality?.forEach(({ stage }, index) => {
    if (stage !== undefined && !stages.has(stage))
      issues.push(missing([...places.quality, index, 'stage'], 'stage', stage, stages));
  });
  const reasons = new Map((all.reasons ?? []).map((one) => [one.id, one]));
  all.reasons?.forEach(({ retired }, index) => {
    const successor = retired?.successor;
    if (successor === undefined) return;
    const path = [...places.reasons, index, 'retired', 'successor'];
    const found = reasons.get(successor);
    if (!found) issues.push(missing(path, 'reason', successor, new Set(reasons.keys())));
    else if (found.retired)
      issues.push({
        path,
        code: 'successor-retired',
        params: { reason: successor },
        message: `"${successor}" is retired itself: name a reason that people can still choose`,
      });
  });
  return issues;
}

/** A reference to something that is not there. */
export function missing(path: Path, what: string, name: string, known: ReadonlySet<string>): Issue {
  const names = [...known].slice(0, 20).join(', ') || 'none yet';
  return {
    path,
    code: `no-such-${what}`,
    params: { [what]: name, known: names },
    message: `there is no ${what} "${name}": name one of those that are written (${names})`,
  };
}

/** Ids that stand in a list twice. */
export function duplicates(
  list: readonly Identified[],
  at: Path,
  code = 'id-twice',
  message = (id: string) => `the id "${id}" is used twice: give each its own`,
): Issue[] {
  const seen = new Set<string>();
  const issues: Issue[] = [];
  list.forEach(({ id }, index) => {
    if (seen.has(id)) issues.push({ path: [...at, index, 'id'], code, params: { id }, message: message(id) });
    seen.add(id);
  });
  return issues;
}

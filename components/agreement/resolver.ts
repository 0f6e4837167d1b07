/**
 * The resolver of a form that shows a part of the draft: what the document's validation says beneath the part's path. There is one
 * validation, of the whole document, because a rule may be wrong for what stands elsewhere; forms only show it at their fields.
 */
import { toNestErrors } from '@hookform/resolvers';
import type { FieldErrors, Resolver } from 'react-hook-form';
import type { Issue, Path } from '../../lib/agreement/integrity';
import { issueWords } from './issue-words';

const isBeneath = (path: Path, issue: Issue): boolean =>
  issue.path.length > path.length && path.every((step, index) => issue.path[index] === step);

/** @param issues those of the whole document, now. */
export function partResolver(issues: () => readonly Issue[], path: () => Path): Resolver {
  return (values, _context, options) => {
    const own = issues().filter((issue) => isBeneath(path(), issue));
    if (own.length === 0) return { values, errors: {} };
    const flat: FieldErrors = {};
    for (const issue of own) {
      const name = issue.path.slice(path().length).join('.');
      flat[name] ??= { type: issue.code, message: issueWords(issue) };
    }
    return { values: {}, errors: toNestErrors(flat, options) };
  };
}

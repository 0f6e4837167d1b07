/** zod's findings in the form of ours: path, stable code, parameters, sentence. A page has to translate only these codes. */
import type { z } from 'zod';
import type { Issue } from './integrity';

/** A page of problems is enough to start mending. */
const most = 100;

/** At most 100, in reading order. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.slice(0, most).map((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    const { code, params } = codeOf(issue);
    return { path, code, params, message: issue.message };
  });
}

function codeOf(issue: z.core.$ZodIssue): Pick<Issue, 'code' | 'params'> {
  switch (issue.code) {
    case 'custom': {
      const { code, ...params } = scalars(issue.params);
      return { code: typeof code === 'string' ? code : 'wrong', params };
    }
    case 'too_big':
      return { code: 'too-much', params: { max: Number(issue.maximum), of: issue.origin } };
    case 'too_small':
      return { code: 'too-little', params: { min: Number(issue.minimum), of: issue.origin } };
    case 'unrecognized_keys':
      return { code: 'unknown-key', params: { keys: issue.keys.slice(0, 20).join(', ') } };
    case 'invalid_type':
      return { code: 'wrong-type', params: { expected: issue.expected } };
    case 'invalid_value':
      return { code: 'not-one-of', params: { values: issue.values.slice(0, 50).map(String).join(', ') } };
    case 'invalid_format':
      return { code: 'wrong-format', params: { format: issue.format } };
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    default:
      return { code: 'wrong', params: {} };
  }
}

function scalars(params: Readonly<Record<string, unknown>> = {}): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params))
    if (typeof value === 'string' || typeof value === 'number') kept[name] = value;
  return kept;
}

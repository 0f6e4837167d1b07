/**
 * Reads an agreement from wherever it comes: an object or its JSON, a document or the flat form. Pure; never throws for what it is
 * given, and looks at no more than 5 MB. One of a newer Relevo is told apart, because it must be left alone.
 */
import { z } from 'zod';
import { documentSchema, documentSchemaVersion, type AgreementDocument } from './document';
import type { Issue } from './integrity';
import { issuesOf } from './issues';
import { documentOf } from './migrate';
import { agreementSchema, agreementSchemaVersion } from './schema';

/** The largest agreement that we look at, in characters of JSON. */
const largest = 5_000_000;

export type DocumentReading =
  | { readonly ok: true; readonly document: AgreementDocument }
  | { readonly ok: false; readonly code: 'newer'; readonly schema: number }
  | { readonly ok: false; readonly code: 'unreadable'; readonly issues: readonly Issue[] };

const versioned = z.looseObject({ schema: z.number() });

function refused(code: string, message: string, params: Issue['params'] = {}): DocumentReading {
  return { ok: false, code: 'unreadable', issues: [{ path: [], code, params, message }] };
}

/** @param raw an object, or its JSON. */
export function readDocument(raw: unknown): DocumentReading {
  let value = raw;
  if (typeof raw === 'string') {
    if (raw.length > largest) return refused('too-large', 'more than 5 MB of JSON');
    try {
      value = JSON.parse(raw);
    } catch {
      return refused('not-json', 'not JSON');
    }
  }
  const head = versioned.safeParse(value);
  if (head.success && head.data.schema > documentSchemaVersion)
    return { ok: false, code: 'newer', schema: head.data.schema };
  if (head.success && head.data.schema === agreementSchemaVersion) {
    const flat = agreementSchema.safeParse(value);
    return flat.success
      ? { ok: true, document: documentOf(flat.data) }
      : { ok: false, code: 'unreadable', issues: issuesOf(flat.error) };
  }
  const parsed = documentSchema.safeParse(value);
  return parsed.success
    ? { ok: true, document: parsed.data }
    : { ok: false, code: 'unreadable', issues: issuesOf(parsed.error) };
}

/**
 * The one text that an agreement's content has, whatever order its keys were written in. Signatures are over this text: the
 * caller hashes it (SHA-256, which is asynchronous in a browser) and hands the hash to `lifecycle`.
 */
import type { AgreementDocument, DocumentContent } from './document';

/**
 * JSON with the keys of every object in order and nothing that is `undefined`. For parsed values, whose depth is bounded.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const parts = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`);
  return `{${parts.join(',')}}`;
}

/** All that is signed: everything but the signatures themselves. */
export function contentOf(document: AgreementDocument): DocumentContent {
  const { approval: _approval, ...content } = document;
  return content;
}

/** The text whose SHA-256 a signature carries. */
export function signedText(document: AgreementDocument): string {
  return canonicalJson(contentOf(document));
}

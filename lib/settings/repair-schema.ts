/**
 * What a list of selector repairs must look like, and what to say where it does not. Data only, never code: bounded text,
 * and whether the CSS can be read is the browser's to say (`lib/crm/repair.ts`), in a page. Worker only.
 */
import { z } from 'zod';
import { catalogue } from '../crm/catalogue';
import type { Repair, RepairFault, RepairHint, RepairReading } from '../messages/repairs';

/** The largest list that is looked at, in characters of JSON: some 600 selectors with a note each. */
export const repairsLength = 200_000;
/** Names in one repair; no adapter has as many. */
const namesAtMost = 100;
/** Alternatives of one selector: more eras than any CRM has shown. */
const alternativesAtMost = 20;
const faultsAtMost = 10;

const words = (max: number) => z.string().trim().min(1).max(max);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/u);
const name = z.string().regex(/^[A-Za-z]\w{0,59}$/u);

const alternative = z.strictObject({
  css: words(1_000),
  since: month,
  seenOn: words(200),
  note: words(500).exactOptional(),
});

const repair = z.strictObject({
  schema: z.literal(1),
  adapter: z.string().refine((id) => catalogue.some((entry) => entry.id === id)),
  version: z.number().int().min(1).max(1_000_000),
  signedOffBy: words(200),
  signedOffAt: z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
  note: words(1_000).exactOptional(),
  selectors: z
    .record(name, z.array(alternative).min(1).max(alternativesAtMost))
    .refine((selectors) => Object.keys(selectors).length > 0 && Object.keys(selectors).length <= namesAtMost),
}) satisfies z.ZodType<Repair>;

/** One repair a CRM: which of two would win must not depend on their order. */
export const repairsSchema = z
  .array(repair)
  .max(catalogue.length)
  .superRefine((repairs, context) => {
    repairs.forEach(({ adapter }, index) => {
      if (repairs.findIndex((other) => other.adapter === adapter) < index)
        context.addIssue({ code: 'custom', path: [index, 'adapter'], params: { hint: 'adapter-twice' } });
    });
  });

const hintOfKey: Readonly<Record<string, RepairHint>> = {
  schema: 'schema',
  adapter: 'adapter',
  version: 'version',
  signedOffBy: 'signed-off-by',
  signedOffAt: 'signed-off-at',
  note: 'note',
  css: 'css',
  since: 'since',
  seenOn: 'seen-on',
};

type Path = readonly PropertyKey[];

/** `[0].selectors.row[1].since`; a key that is no plain word is quoted. */
export function pathText(path: Path): string {
  return path
    .map((part) => {
      if (typeof part === 'number') return `[${part}]`;
      const key = String(part).slice(0, 80);
      return /^\w+$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    })
    .join('')
    .replace(/^\./u, '');
}

function hintAt(path: Path): RepairHint {
  if (path.length === 0) return 'list';
  if (path.length === 1) return 'repair';
  if (path[1] !== 'selectors') return hintOfKey[String(path[1])] ?? 'repair';
  if (path.length === 2) return 'selectors';
  if (path.length === 3) return 'alternatives';
  return path.length === 4 ? 'alternative' : (hintOfKey[String(path[4])] ?? 'alternative');
}

function faultsOf(issue: z.core.$ZodIssue): readonly RepairFault[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: pathText([...path, key]), hint: 'unknown-key' }));
  if (issue.code === 'invalid_key') return [{ path: pathText(path), hint: 'selector-name' }];
  if (issue.code === 'custom' && issue.params?.['hint'] === 'adapter-twice')
    return [{ path: pathText(path), hint: 'adapter-twice' }];
  return [{ path: pathText(path), hint: hintAt(path) }];
}

/** Parses repairs from storage, a policy or a file: the list, or its JSON. One repair alone counts as a list of one. */
export function parseRepairs(raw: unknown): RepairReading {
  let value = raw;
  if (typeof raw === 'string') {
    if (raw.length > repairsLength) return { ok: false, faults: [{ path: '', hint: 'too-long' }] };
    try {
      value = JSON.parse(raw);
    } catch {
      return { ok: false, faults: [{ path: '', hint: 'json' }] };
    }
  }
  const alone = typeof value === 'object' && value !== null && !Array.isArray(value);
  const parsed = repairsSchema.safeParse(alone ? [value] : value);
  if (parsed.success) return { ok: true, repairs: parsed.data };
  return { ok: false, faults: parsed.error.issues.flatMap(faultsOf).slice(0, faultsAtMost) };
}

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { documentSchema } from '../../../lib/agreement/document';

const file = new URL('../../../public/agreement.schema.json', import.meta.url);

/** As it is read from JSON, for editors and policies. What refers to what, only the extension checks. */
const generated = {
  title: 'Relevo: agreement between marketing and sales',
  ...z.toJSONSchema(documentSchema, { io: 'input', reused: 'ref' }),
};

// To write it anew: WRITE_AGREEMENT_SCHEMA=1 vitest run … json-schema.test.ts, then oxfmt public/agreement.schema.json.
it('the JSON Schema in public/ is the one of the document', () => {
  const now = JSON.parse(JSON.stringify(generated)) as unknown;
  if (process.env['WRITE_AGREEMENT_SCHEMA'] === '1') writeFileSync(file, `${JSON.stringify(generated, null, 2)}\n`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(now);
});

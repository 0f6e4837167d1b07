/**
 * A build plugin: leaves the making of JSON Schemas out of zod in what is built. Every schema object carries it along, nothing
 * in the extension asks for it (the one JSON Schema is made by a test), and it is a tenth of the worker. Who asks all the
 * same gets an error and no wrong answer.
 */
import type { Plugin } from 'vite';

const refusal = "throw new Error('JSON Schemas are made when the extension is built, not in it')";

/** Every export of the module, as functions that refuse. */
function refusing(names: readonly string[]): string {
  return names.map((name) => `export const ${name} = refuse;`).join('\n');
}

const exported = (code: string): string[] => [
  ...[...code.matchAll(/^export (?:const|function) (\w+)/gmu)].map(([, name = '']) => name),
  ...[...code.matchAll(/^export \{ \w+ as (\w+) \}/gmu)].map(([, name = '']) => name),
];

export function leanZod(): Plugin {
  return {
    name: 'relevo-lean-zod',
    apply: 'build',
    transform(code, id) {
      const file = /\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/u.exec(id)?.[1];
      if (file === undefined) return null;
      const makers =
        file === 'to-json-schema'
          ? // Called for each schema when it is first looked at: gives a method that refuses.
            'const refuse = () => () => { ' + refusal + '; };'
          : 'const refuse = () => { ' + refusal + '; };';
      return { code: `${makers}\n${refusing(exported(code))}\n`, map: null };
    },
  };
}

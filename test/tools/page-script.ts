/** Bundles a piece of code with the adapters into one classic script that can be evaluated in a page. */
import { join } from 'node:path';
import { build } from 'vite';

export const root = join(import.meta.dirname, '../..');

/** @param source a module; it may import by absolute path, and leaves what is wanted on `globalThis`. */
export async function pageScript(source: string): Promise<string> {
  const entry = '\0page-script';
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    define: { __DEMO_ADAPTER__: 'true' },
    plugins: [
      {
        name: 'page-script',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
    build: { write: false, minify: true, rollupOptions: { input: entry, output: { format: 'iife' } } },
  });
  const output = Array.isArray(result) ? result[0] : result;
  if (!output || !('output' in output)) throw new Error('The script was not built');
  return output.output[0].code;
}

/**
 * A build plugin that writes down which modules went into each output file and a hash of what each became, before
 * minifying shuffles the names. Tests use it to prove import boundaries and that two builds differ only where they may.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { Plugin } from 'vite';

export type ModuleReport = Record<string, Record<string, string>>;

export function moduleReport(): Plugin {
  let outDir = '';
  let root = '';
  return {
    name: 'relevo-module-report',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
      root = config.root;
    },
    generateBundle(_options, bundle) {
      const file = `${outDir.replace(/\/$/, '')}.modules.json`;
      let report: ModuleReport = {};
      try {
        report = JSON.parse(readFileSync(file, 'utf8')) as ModuleReport;
      } catch {
        // The first entry point of this build writes the first report.
      }
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const modules: Record<string, string> = {};
        for (const [id, module] of Object.entries(chunk.modules)) {
          // Nothing of it was left in the bundle.
          if (!module.code) continue;
          const name = relative(root, id.replace(/^\0/, '').split('?')[0] ?? id);
          modules[name] = createHash('sha256').update(module.code).digest('hex').slice(0, 16);
        }
        // The hash in a chunk's name follows its content; the name without it says which chunk this is. Scripts have none.
        const name = chunk.fileName.replace(/^(chunks\/.+)-[\w-]{8}(?=\.js$)/, '$1');
        report[name] = { ...report[name], ...modules };
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(report, null, 1)}\n`);
    },
  };
}

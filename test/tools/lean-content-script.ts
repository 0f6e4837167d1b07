/**
 * A build plugin: leaves out of the content script what it never uses. It holds the detector of every adapter and should
 * hold nothing else of them, but a bundler keeps a whole selector table because reading one of its properties might do
 * something. Nothing in `lib` does anything by being imported or read; a module or a property that does would be missing here.
 *
 * WXT's own watcher of addresses goes, too: nobody listens to its event, because it fires before the address changes. So does
 * its log, which is silent in what ships, and what else of it is never called.
 */
import type { Plugin } from 'vite';

/** In place of WXT's own modules. */
const stubs = new Map([
  [
    'custom-events',
    "import { browser } from 'wxt/browser'; " +
      // oxlint-disable-next-line no-template-curly-in-string -- code of the stub
      'export const getUniqueEventName = (name) => `${browser?.runtime?.id}:${import.meta.env.ENTRYPOINT}:${name}`;',
  ],
  ['location-watcher', 'export const createLocationWatcher = () => ({ run() {} });'],
  [
    'logger',
    'const silent = () => {}; export const logger = { debug: silent, log: silent, warn: silent, error: silent };',
  ],
]);
/** Of WXT's context those timers and listeners that nobody here asks it for. */
const unused =
  /\n\t(?:block|setInterval|setTimeout|requestAnimationFrame|requestIdleCallback|addEventListener)\([^)]*\) \{\n[\s\S]*?\n\t\}/g;
const context = '/wxt/dist/utils/content-script-context.mjs';
const internal = /\/wxt\/dist\/utils\/internal\/([a-z-]+)\.mjs$/;

export function leanContentScript(): Plugin {
  let isContentScript = false;
  return {
    name: 'relevo-lean-content-script',
    apply: 'build',
    config({ build }) {
      isContentScript = JSON.stringify([build?.lib, build?.rolldownOptions?.input]).includes('.content');
      if (!isContentScript) return null;
      const treeshake = {
        propertyReadSideEffects: false as const,
        moduleSideEffects: [{ test: /^(?!.*\/node_modules\/).*\/lib\//, sideEffects: false }],
      };
      return { build: { rolldownOptions: { treeshake } } };
    },
    load: (id) => (isContentScript ? (stubs.get(internal.exec(id)?.[1] ?? '') ?? null) : null),
    transform: (code, id) =>
      isContentScript && id.endsWith(context) ? { code: code.replaceAll(unused, ''), map: null } : null,
  };
}

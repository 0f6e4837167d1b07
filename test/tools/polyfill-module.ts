/**
 * A build plugin: makes webextension-polyfill a module with one export. As it comes it is CommonJS, and what a bundler lays over
 * that copies every property of the browser's own object: Chromium then makes all of its interfaces, at each start of the worker
 * and of each page, of which we use a few.
 */
import type { Plugin } from 'vite';

export function polyfillAsModule(): Plugin {
  return {
    name: 'relevo-polyfill-module',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('/webextension-polyfill/dist/browser-polyfill.js')) return null;
      const before = 'const module = { exports: {} };\nconst exports = module.exports;';
      return { code: `${before}\n${code}\nexport default module.exports;\n`, map: null };
    },
  };
}

/**
 * A build plugin: the content script talks to the browser itself, without webextension-polyfill. All it asks for are
 * messages, words and addresses, which Chromium 120 and Firefox 140 give natively; the polyfill would be a sixth of its
 * size on every page. Everything else keeps the polyfill.
 */
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

export function nativeBrowserInContentScripts(): Plugin {
  const native = createRequire(import.meta.url).resolve('wxt/browser');
  let isContentScript = false;
  return {
    name: 'relevo-native-browser',
    apply: 'build',
    enforce: 'pre',
    configResolved({ build }) {
      isContentScript = JSON.stringify([build.lib, build.rolldownOptions.input]).includes('.content');
    },
    resolveId: (id) => (isContentScript && id === '@wxt-dev/webextension-polyfill/browser' ? native : null),
  };
}

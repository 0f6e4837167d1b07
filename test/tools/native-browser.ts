/**
 * A build plugin: the content script and its desk talk to the browser itself, without webextension-polyfill. All they ask
 * for are messages, words and addresses, which Chromium 120 and Firefox 140 give natively; the polyfill would be a sixth of
 * the size on every page. Everything else keeps the polyfill.
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
      isContentScript = /\.content|\/desk\.ts/.test(JSON.stringify([build.lib, build.rolldownOptions.input]));
    },
    resolveId: (id) => (isContentScript && id === '@wxt-dev/webextension-polyfill/browser' ? native : null),
  };
}

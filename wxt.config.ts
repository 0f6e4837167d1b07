import { rmSync } from 'node:fs';
import { defineConfig } from 'wxt';
import { moduleReport } from './test/tools/module-report';
import { nativeBrowserInContentScripts } from './test/tools/native-browser';

/**
 * Builds: `chrome`, `edge` and `firefox`, all Manifest V3 (WXT strips optional hosts from V2). Mode `e2e` adds the demo
 * adapter and loopback hosts and nothing else; `test/builds/builds.test.ts` proves it.
 */

/** Public half of a key pair whose private half was thrown away: it only keeps the id stable (cgoikgohfmdkfcehifinbfppdllllkec). */
const chromiumKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAt6hgIeHODsw3FtqOYPcmEJ3Sfg+VB613BdaHaxhcoNXxSVslmuVgWa00PCJ+0/ijKty8DdYRZMKpPWhQbiwy9RN5KiqIEjNypnabwajE+2TPSch6zUutktjOMgtdAH9RpLSLnO7E0S21q9jwFcaLmW4MScfrNrQ0ij7niQtqCugjGZjD/az2eTLDmsqSxOpP8qJV4NMV4V3NAPzGFrruimqXWeRrku55sJwdILVui+X+VihMjp3mOyD7zYNe/vcwOtS7UeFyYJeCf0/7EEhXSLFMU0ELKrVxgGzWn7ymzlkRfEq4s4ecl+M3aA9SbV/i4ILpJbBUul+jT2aHJ6UEcQIDAQAB';

const loopback = ['http://127.0.0.1/*', 'http://localhost/*'];

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  modules: ['@wxt-dev/module-react', '@wxt-dev/webextension-polyfill'],
  manifest: ({ browser, mode }) => ({
    name: '__MSG_extension_name__',
    short_name: 'Relevo',
    description: '__MSG_extension_description__',
    default_locale: 'en',
    // activeTab: the popup must know which site it was opened on, to offer to enable it. It brings no warning.
    permissions: ['storage', 'alarms', 'scripting', 'activeTab'],
    // Firefox 140+ and Chrome accept the optional key; the field wants every self-hosted CRM to be possible.
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    ...(mode === 'e2e' ? { host_permissions: loopback } : {}),
    action: { default_title: '__MSG_extension_name__', default_popup: 'popup.html' },
    web_accessible_resources: [
      {
        resources: ['panel.html'],
        matches: ['https://*/*', 'http://*/*'],
        // Other sites can't find the panel by a fixed address. Firefox gives each installation its own address anyway.
        ...(browser === 'firefox' ? {} : { use_dynamic_url: true }),
      },
    ],
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'relevo@relevo.invalid',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { key: chromiumKey, minimum_chrome_version: '120' }),
  }),
  hooks: {
    'build:before': ({ config }) => rmSync(`${config.outDir}.modules.json`, { force: true }),
  },
  vite: ({ mode }) => ({
    plugins: [nativeBrowserInContentScripts(), moduleReport()],
    define: {
      __DEMO_ADAPTER__: JSON.stringify(mode === 'e2e'),
      // React decides by this which of its two builds to load, and must not care for the mode's name.
      ...(mode === 'development' ? {} : { 'process.env.NODE_ENV': '"production"' }),
    },
    build: { sourcemap: false },
  }),
});

import { rmSync } from 'node:fs';
import { defineConfig } from 'wxt';
import { catalogue } from './lib/crm/catalogue';
import { leanContentScript } from './test/tools/lean-content-script';
import { leanZod } from './test/tools/lean-zod';
import { moduleReport } from './test/tools/module-report';
import { nativeBrowserInContentScripts } from './test/tools/native-browser';
import { polyfillAsModule } from './test/tools/polyfill-module';
import { qualityLists } from './test/tools/quality-lists';
import { sharedShell } from './test/tools/shared-shell';

/**
 * Builds: `chrome`, `edge` and `firefox`, all Manifest V3 (WXT strips optional hosts from V2). Mode `e2e` adds the demo
 * adapter and loopback hosts and nothing else; `test/builds/builds.test.ts` proves it.
 */

/** Public half of a key pair whose private half was thrown away: it only keeps the id stable (cgoikgohfmdkfcehifinbfppdllllkec). */
const chromiumKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAt6hgIeHODsw3FtqOYPcmEJ3Sfg+VB613BdaHaxhcoNXxSVslmuVgWa00PCJ+0/ijKty8DdYRZMKpPWhQbiwy9RN5KiqIEjNypnabwajE+2TPSch6zUutktjOMgtdAH9RpLSLnO7E0S21q9jwFcaLmW4MScfrNrQ0ij7niQtqCugjGZjD/az2eTLDmsqSxOpP8qJV4NMV4V3NAPzGFrruimqXWeRrku55sJwdILVui+X+VihMjp3mOyD7zYNe/vcwOtS7UeFyYJeCf0/7EEhXSLFMU0ELKrVxgGzWn7ymzlkRfEq4s4ecl+M3aA9SbV/i4ILpJbBUul+jT2aHJ6UEcQIDAQAB';

const saas = catalogue.filter(({ hosts }) => hosts.length > 0);
const loopback = ['http://127.0.0.1/*', 'http://localhost/*'];

// React and JSX decide by this which of their two builds to use; a build is for production whatever its mode is called.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production';

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
    // Asked for at the click that switches reminders on.
    optional_permissions: ['notifications'],
    // Firefox 140+ and Chrome accept the optional key; the field wants every self-hosted CRM to be possible.
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    ...(mode === 'e2e' ? { host_permissions: loopback } : {}),
    action: { default_title: '__MSG_extension_name__', default_popup: 'popup.html' },
    web_accessible_resources: [
      {
        resources: ['panel.html', 'bulk.html'],
        matches: ['https://*/*', 'http://*/*'],
        // Other sites can't find them by a fixed address. Firefox gives each installation its own address anyway.
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
      : {
          key: chromiumKey,
          minimum_chrome_version: '120',
          // Firefox hands a policy over without one.
          storage: { managed_schema: 'managed-schema.json' },
        }),
  }),
  hooks: {
    'entrypoints:found': ({ config }, found) => {
      // The demo adapter's script exists in test builds only.
      const demo = found.findIndex(({ name }) => name === 'adapter-demo');
      if (config.mode !== 'e2e' && demo !== -1) found.splice(demo, 1);
    },
    'build:manifestGenerated': (_wxt, manifest) => {
      // A site that ships gets its adapter and the desk with the content script; nobody has to bring them.
      const [script] = manifest.content_scripts ?? [];
      const { js = [], ...rest } = script ?? {};
      if (script)
        manifest.content_scripts = saas.flatMap(({ id, hosts, world }) => {
          const matches = [...hosts];
          const ours = Object.assign({}, rest, { matches, js: [`adapter-${id}.js`, 'desk.js', ...js] });
          // A manifest's match is no permission to run anything else there later.
          return world ? [ours, { matches, js: [`world-${id}.js`], world: 'MAIN' as const }] : [ours];
        });
    },
    'build:publicAssets': (_wxt, files) => void files.push(...qualityLists()),
    'build:before': ({ config }) => rmSync(`${config.outDir}.modules.json`, { force: true }),
  },
  vite: ({ mode }) => ({
    plugins: [
      nativeBrowserInContentScripts(),
      leanContentScript(),
      leanZod(),
      polyfillAsModule(),
      sharedShell(),
      moduleReport(),
    ],
    define: {
      __DEMO_ADAPTER__: JSON.stringify(mode === 'e2e'),
      // The test build is the shipped one with another name: nothing but the demo adapter may ask what it is called.
      ...(mode === 'e2e' ? { 'import.meta.env.MODE': '"production"' } : {}),
    },
    build: { sourcemap: false },
  }),
});

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../lib/crm/catalogue';
import type { ModuleReport } from '../tools/module-report';

const output = new URL('../../.output/', import.meta.url).pathname;
const builds = ['chrome-mv3', 'edge-mv3', 'firefox-mv3', 'chrome-mv3-e2e', 'firefox-mv3-e2e'] as const;
type Build = (typeof builds)[number];

const read = (build: Build, file: string): Buffer => readFileSync(join(output, build, file));
const manifest = (build: Build) => JSON.parse(read(build, 'manifest.json').toString()) as Record<string, unknown>;
const report = (build: Build) =>
  JSON.parse(readFileSync(join(output, `${build}.modules.json`), 'utf8')) as ModuleReport;
const files = (build: Build): string[] =>
  (readdirSync(join(output, build), { recursive: true }) as string[])
    .filter((file) => statSync(join(output, build, file)).isFile())
    .toSorted();
const withoutHash = (file: string): string => file.replace(/^((?:chunks|assets)\/.+)-[\w-]{8}(?=\.(js|css)$)/, '$1');
const modulesOf = (build: Build, chunk: string): string[] => Object.keys(report(build)[chunk] ?? {});

const none = { raw: 0, gzipped: 0 };
const contentScript = 'content-scripts/crm.js';
const worker = 'background.js';
const demoScript = 'adapter-demo.js';
const deskScript = 'desk.js';
const structureScript = 'structure.js';

describe('what is built', () => {
  it.each(builds)('%s exists and is Manifest V3', (build) => {
    expect(existsSync(join(output, build, 'manifest.json'))).toBe(true);
    expect(manifest(build)['manifest_version']).toBe(3);
  });

  it.each(builds)('%s: the content script stays within 60 kB, 20 kB gzipped', (build) => {
    const code = read(build, contentScript);
    expect(code.length).toBeLessThanOrEqual(60_000);
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(20_000);
  });

  it.each(builds)(
    '%s: an adapter with its requests and its sweep stays within 22 kB, 9.5 kB gzipped, and a page loads one',
    (build) => {
      const adapters = files(build).filter((file) => file.startsWith('adapter-'));
      expect(adapters.length).toBeGreaterThan(0);
      for (const file of adapters) {
        const code = read(build, file);
        // Shown dates in six languages are read where a CRM has no API for them, or may refuse it.
        const dates = modulesOf(build, file).includes('lib/lead/shown-date.ts')
          ? { raw: 10_000, gzipped: 5_000 }
          : none;
        expect(code.length, file).toBeLessThanOrEqual(22_000 + dates.raw);
        expect(gzipSync(code, { level: 9 }).length, file).toBeLessThanOrEqual(9_500 + dates.gzipped);
      }
    },
  );

  it.each(builds)(
    '%s: what opens at a badge stays within 11.5 kB, 5 kB gzipped, and comes to pages of a CRM only',
    (build) => {
      const code = read(build, deskScript);
      expect(code.length).toBeLessThanOrEqual(11_500);
      expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(5_000);
      expect(modulesOf(build, deskScript)).toContain('lib/overlay/desk.ts');
      expect(modulesOf(build, contentScript)).not.toContain('lib/overlay/desk.ts');
    },
  );

  it.each(builds)(
    "%s: a script for the page's own world stays within 3 kB and never touches the browser's API",
    (build) => {
      const worlds = files(build).filter((file) => file.startsWith('world-'));
      expect(worlds.length).toBeGreaterThan(0);
      for (const file of worlds) {
        const code = read(build, file).toString();
        expect(code.length, file).toBeLessThanOrEqual(3_000);
        expect(code, file).not.toMatch(/\b(browser|chrome)\b/);
      }
    },
  );

  it.each(builds)('%s: what outlines a page for a report comes only when asked for, and stays within 4 kB', (build) => {
    expect(read(build, structureScript).length).toBeLessThanOrEqual(4_000);
    expect(modulesOf(build, structureScript)).toContain('lib/crm/outline.ts');
    expect(modulesOf(build, contentScript)).not.toContain('lib/crm/outline.ts');
    expect(JSON.stringify(manifest(build))).not.toContain(structureScript);
  });

  it.each(builds)('%s: nothing slips in that no module of ours asks for', (build) => {
    // WXT adds its own imports for names that it knows, such as `storage`, even where that is switched off.
    const all = Object.values(report(build)).flatMap((modules) => Object.keys(modules));
    expect(all.filter((module) => /wxt\/dist\/utils\/storage|superlock/.test(module))).toEqual([]);
  });

  // Half of it are zod, the agreement's schema and the numbering plans of phones.
  it.each(builds)('%s: the worker is one file of at most 382 kB', (build) => {
    const code = read(build, worker);
    expect(code.toString()).not.toMatch(/\bimport\b[^;]{0,200}\bfrom\s*"|\bimport\(/);
    expect(code.length).toBeLessThanOrEqual(382_000);
  });

  it.each(builds)('%s: the lists of the quality rules are files for the worker, and in no script', (build) => {
    const lists = ['disposable-mail.txt', 'free-mail.txt', 'phone-plans.json'].map((file) => `lists/${file}`);
    expect(files(build).filter((file) => file.startsWith('lists/'))).toEqual(lists);
    expect(read(build, 'lists/disposable-mail.txt').toString()).toContain('\nmailinator.com\n');
    for (const file of files(build).filter((name) => name.endsWith('.js')))
      expect(read(build, file).toString(), file).not.toMatch(/mailinator\.com|country_calling_codes":/);
  });
});

describe('permissions do not widen unseen', () => {
  const granted = ['storage', 'alarms', 'scripting', 'activeTab'];
  // Chromium wants a permission for its side panel, and shows no warning for it; Firefox has a sidebar without one.
  const grantedTo = (build: Build) => (build === 'firefox-mv3' ? granted : [...granted, 'sidePanel']);

  it.each(['chrome-mv3', 'edge-mv3', 'firefox-mv3'] as const)(
    '%s asks for what was agreed and for no host',
    (build) => {
      const { permissions, host_permissions, optional_permissions, optional_host_permissions, content_scripts } =
        manifest(build);
      expect(permissions).toEqual(grantedTo(build));
      expect(host_permissions).toBeUndefined();
      expect(optional_permissions).toEqual(['notifications']);
      expect(optional_host_permissions).toEqual(['https://*/*', 'http://*/*']);
      const shipped = catalogue.filter(({ hosts }) => hosts.length > 0);
      expect(shipped.length).toBeGreaterThan(10);
      expect(content_scripts).toEqual(
        shipped.flatMap(({ id, hosts, world }) => [
          { matches: hosts, js: [`adapter-${id}.js`, deskScript, contentScript] },
          ...(world ? [{ matches: hosts, js: [`world-${id}.js`], world: 'MAIN' }] : []),
        ]),
      );
      // A host of everybody's would be a permission for everything.
      for (const host of shipped.flatMap(({ hosts }) => hosts))
        expect(host).toMatch(/^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+\/\*$/);
    },
  );

  it.each(['chrome-mv3', 'edge-mv3', 'firefox-mv3'] as const)(
    '%s: the options open in a tab; Chromium is told what a policy may hold',
    (build) => {
      expect(manifest(build)['options_ui']).toEqual({ open_in_tab: true, page: 'options.html' });
      const storage = build === 'firefox-mv3' ? undefined : { managed_schema: 'managed-schema.json' };
      expect(manifest(build)['storage']).toEqual(storage);
      const schema = JSON.parse(read(build, 'managed-schema.json').toString()) as { properties: object };
      expect(Object.keys(schema.properties).toSorted()).toEqual([
        'agreement',
        'agreementSha256',
        'agreementUrl',
        'locked',
        'origins',
        'person',
        'repairs',
        'teamUrl',
      ]);
    },
  );

  it.each(['chrome-mv3', 'edge-mv3', 'firefox-mv3'] as const)(
    '%s: the sidebar is the browser’s own place beside the page, and nothing opens it but the person',
    (build) => {
      const { side_panel, sidebar_action, action } = manifest(build);
      const isFirefox = build === 'firefox-mv3';
      expect(side_panel).toEqual(isFirefox ? undefined : { default_path: 'sidepanel.html' });
      expect(sidebar_action).toEqual(
        isFirefox ? { default_panel: 'sidepanel.html', default_title: 'Relevo', open_at_install: false } : undefined,
      );
      expect(action).toMatchObject({ default_popup: 'popup.html' });
    },
  );

  it('panel and bar are the only pages that a site can load, and not by a fixed address in Chromium', () => {
    expect(manifest('chrome-mv3')['web_accessible_resources']).toEqual([
      { resources: ['panel.html', 'bulk.html'], matches: ['https://*/*', 'http://*/*'], use_dynamic_url: true },
    ]);
  });

  it('the id is stable: a key for Chromium, a gecko id for Firefox', () => {
    expect(manifest('chrome-mv3')['key']).toBe(manifest('edge-mv3')['key']);
    expect(manifest('chrome-mv3')['key']).toMatch(/^MII/);
    expect(manifest('firefox-mv3')['browser_specific_settings']).toMatchObject({ gecko: { id: expect.any(String) } });
    expect(manifest('firefox-mv3')['key']).toBeUndefined();
  });
});

describe('the rooms keep their boundaries in what is built', () => {
  const uninvited = (modules: readonly string[], pattern: RegExp): string[] =>
    modules.filter((module) => pattern.test(module));

  it.each(builds)('%s: the content script holds no zod, database, React, date library or worker code', (build) => {
    const modules = modulesOf(build, contentScript);
    expect(modules).toContain('lib/crm/detectors.ts');
    expect(modules).toContain('lib/overlay/engine.ts');
    expect(
      uninvited(
        modules,
        /node_modules\/(zod|idb|react|react-dom|date-fns|@date-fns)\/|lib\/(ledger|settings|worker|agreement)\/|messages\/(schemas|router)/,
      ),
    ).toEqual([]);
  });

  it.each(builds)('%s: the worker holds no overlay, no adapter and no React', (build) => {
    const modules = modulesOf(build, worker);
    expect(modules).toContain('lib/worker/observe.ts');
    expect(
      uninvited(
        modules,
        /lib\/overlay\/|lib\/crm\/(?!catalogue\.ts|match-pattern\.ts|dynamics-hosts\.ts)|node_modules\/(react|react-dom|lucide)/,
      ),
    ).toEqual([]);
  });

  it.each(builds)(
    "%s: a script for the page's own world holds its own look-up and the answer, nothing else of ours",
    (build) => {
      const scripts = Object.keys(report(build)).filter((chunk) => chunk.startsWith('world-'));
      expect(scripts).toEqual(files(build).filter((file) => file.startsWith('world-')));
      for (const script of scripts) {
        const name = script.replace(/\.js$/, '');
        const id = name.replace(/^world-/, '');
        const ours = modulesOf(build, script).filter((module) => !/node_modules\/wxt\/|^virtual:wxt/.test(module));
        expect(ours).toContain(`lib/crm/${id}-world.ts`);
        const own = new RegExp(`^(entrypoints/${name}|lib/crm/(${id}-(world|tables)|read|world-answer))\\.ts$`);
        expect(
          ours.filter((module) => !own.test(module)),
          script,
        ).toEqual([]);
      }
    },
  );

  // The report reads its days straight from the database: see `read-days.ts`.
  const readsDays = new Set(['lib/ledger/read-days.ts', 'lib/ledger/stores.ts', 'node_modules/idb/build/index.js']);

  it.each(builds)('%s: the pages hold no ledger, no adapter and no worker code', (build) => {
    for (const [chunk, modules] of Object.entries(report(build))) {
      if ([worker, contentScript, deskScript, structureScript].includes(chunk) || /^(adapter|world)-/.test(chunk))
        continue;
      expect(
        uninvited(
          Object.keys(modules).filter((module) => chunk !== 'chunks/report.js' || !readsDays.has(module)),
          /lib\/(ledger|worker|overlay)\/|lib\/crm\/(?!catalogue\.ts|dynamics-hosts\.ts|repair\.ts|match-pattern\.ts|evidences\.ts|evidence\/)|node_modules\/idb\//,
        ),
        chunk,
      ).toEqual([]);
    }
  });

  // The options page writes agreements, and so knows their schema.
  it.each(
    builds.flatMap((build) =>
      ['popup', 'panel', 'sidepanel', 'bulk', 'report', 'welcome'].map((page) => ({ build, page })),
    ),
  )('$build: $page loads no validation', ({ build, page }) => {
    const html = read(build, `${page}.html`).toString();
    const scripts = [...html.matchAll(/(?:src|href)="\/(chunks\/[^"]+\.js)"/g)].map(([, script = '']) => script);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts)
      expect(uninvited(modulesOf(build, withoutHash(script)), /node_modules\/zod\//), script).toEqual([]);
  });
});

describe.each(['chrome', 'firefox'] as const)('%s: the end-to-end build differs only where it may', (browser) => {
  const shipped = `${browser}-mv3` as const;
  const tested = `${browser}-mv3-e2e` as const;

  it('its manifest adds the loopback hosts and nothing else', () => {
    const { host_permissions: hosts, ...rest } = manifest(tested);
    expect(hosts).toEqual(['http://127.0.0.1/*', 'http://localhost/*']);
    expect(rest).toEqual(manifest(shipped));
  });

  it('it has the same files, and the demo adapter', () => {
    const added = files(tested).filter((file) => file !== demoScript);
    expect(added.map(withoutHash)).toEqual(files(shipped).map(withoutHash));
    expect(files(tested)).toContain(demoScript);
  });

  it('every module is the same before minifying, but for the demo adapter, its detector and its entries in catalogue and evidence', () => {
    const [ours, theirs] = [report(tested), report(shipped)];
    const { [demoScript]: _demo, ...shared } = ours;
    expect(Object.keys(shared).toSorted()).toEqual(Object.keys(theirs).toSorted());
    const different = new Set<string>();
    for (const [chunk, modules] of Object.entries(shared)) {
      const names = new Set([...Object.keys(modules), ...Object.keys(theirs[chunk] ?? {})]);
      for (const name of names) if (modules[name] !== theirs[chunk]?.[name]) different.add(name);
    }
    // The content script holds the demo's detector, the options its evidence.
    expect([...different].toSorted()).toEqual([
      'lib/crm/catalogue.ts',
      'lib/crm/demo-detect.ts',
      'lib/crm/detectors.ts',
      'lib/crm/evidences.ts',
    ]);
  });

  it('the shipped build holds no word of the demo adapter', () => {
    for (const file of files(shipped).filter((name) => name.endsWith('.js')))
      expect(read(shipped, file).toString(), file).not.toMatch(/Demo CRM|demo-crm|lead-row/);
  });

  it('words and pages are byte for byte the same', () => {
    for (const file of files(shipped).filter((name) => /^_locales\/|\.(png|svg)$/.test(name)))
      expect(read(tested, file).equals(read(shipped, file)), file).toBe(true);
  });
});

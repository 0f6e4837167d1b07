import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** Files with a document: `setup.ts` takes a screen away after each test, and each test of pages writes its own page. */
const screens = ['test/unit/components/**/*.test.tsx'];
const pages = [
  'test/unit/overlay/!(api-reads|tokens).test.ts',
  'test/unit/crm/{outline,world}.test.ts',
  'test/unit/settings/policy-files.test.ts',
];

/** What these change in a module, the language that is spoken, outlives their tests. */
const alone = ['test/unit/platform/speech.test.ts', 'test/unit/worker/language.test.ts'];

interface Part {
  readonly name: string;
  readonly include: string[];
  readonly exclude?: string[];
  readonly isolate: boolean;
  readonly environment?: string;
  readonly setupFiles?: string[];
}

/** Each part has the plugin of its own: what it sets up for a project that only extends another is lost. */
const part = (which: Part) => ({
  plugins: [WxtVitest()],
  define: { __DEMO_ADAPTER__: 'true' },
  test: {
    environment: 'node',
    ...which,
    root: new URL('..', import.meta.url).pathname,
    restoreMocks: true,
    testTimeout: 20_000,
  },
});

export default defineConfig({
  test: {
    // Left to itself it leaves one core to others, which is half of two.
    maxWorkers: availableParallelism(),
    root: new URL('..', import.meta.url).pathname,
    // Loading a file's modules costs about as much as its tests: parts that are not isolated load them once a worker.
    projects: [
      part({
        name: 'shared',
        include: ['test/contract/**/*.test.ts', 'test/unit/**/*.test.ts'],
        exclude: [...pages, ...alone],
        isolate: false,
      }),
      part({
        name: 'screens',
        include: screens,
        isolate: false,
        environment: 'happy-dom',
        setupFiles: ['test/unit/components/setup.ts'],
      }),
      part({ name: 'pages', include: pages, isolate: false, environment: 'happy-dom' }),
      part({ name: 'alone', include: alone, isolate: true }),
    ],
  },
});

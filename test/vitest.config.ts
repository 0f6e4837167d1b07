import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** Tests of pure modules and of the API clients change nothing outside themselves, so their files can share a process. */
const pure = [
  'test/unit/{agreement,calendar,clock,lead,report}/**/*.test.ts',
  'test/unit/crm/*-api.test.ts',
  'test/contract/**/*.test.ts',
];

interface Part {
  readonly name: string;
  readonly include: string[];
  readonly exclude?: string[];
  readonly isolate: boolean;
}

/** Each part has the plugin of its own: what it sets up for a project that only extends another is lost. */
const part = (which: Part) => ({
  plugins: [WxtVitest()],
  define: { __DEMO_ADAPTER__: 'true' },
  test: {
    ...which,
    root: new URL('..', import.meta.url).pathname,
    environment: 'node',
    restoreMocks: true,
    testTimeout: 20_000,
  },
});

export default defineConfig({
  test: {
    // Left to itself it leaves one core to others, which is half of two.
    maxWorkers: availableParallelism(),
    root: new URL('..', import.meta.url).pathname,
    projects: [
      part({ name: 'pure', include: pure, isolate: false }),
      part({ name: 'rest', include: ['test/unit/**/*.test.{ts,tsx}'], exclude: pure, isolate: true }),
    ],
  },
});

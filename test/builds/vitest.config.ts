import { defineConfig } from 'vitest/config';

/** Looks into what was built: sizes, boundaries, manifests, and that the builds differ only where they may. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/builds/**/*.test.ts'],
    environment: 'node',
  },
});

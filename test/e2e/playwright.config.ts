import { defineConfig } from '@playwright/test';

/**
 * End-to-end tests on the built extension. Chromium is driven by Playwright; Firefox by puppeteer-core (BiDi) inside the
 * same runner, because Playwright's own Firefox can't load extensions.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  fullyParallel: false,
  workers: 3,
  // A second try keeps one race from hiding all other results; the closing lines say that it was needed.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  projects: [
    { name: 'chromium', testDir: './chromium' },
    { name: 'firefox', testDir: './firefox', timeout: 120_000, workers: 1 },
  ],
});

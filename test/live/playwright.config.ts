import { defineConfig } from '@playwright/test';

/** Against real CRMs on this machine: one worker, because one CRM serves all tests of a file. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/live',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  // The first test waits until the CRM is installed and set up.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
});

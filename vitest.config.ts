import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './test-support/chromium.ts';
import { importedIcons } from './test-support/imported-icons.ts';

// The suffix of a test file says what it needs: nothing, Postgres, a browser, or the whole product.
const needsPostgres = '**/*.pg.test.ts';
const needsBrowser = '**/*.svelte.test.ts';
const never = ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**'];

// How long a machine may take says nothing about the product: these only end what would never end. Tests that need speed measure it themselves.
const patience = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } };

// A journey waits often, for up to half a minute each time.
const journeyPatience = { testTimeout: 300_000, hookTimeout: 300_000 };

// These start several nodes, or kill and stop what they run on. Two files at once would measure each other's load.
const wholeMachine = ['e2e/{nodes,race,chaos}/*.e2e.ts', 'e2e/crash.e2e.ts'];

export default defineConfig({
  test: {
    // Two cores is the smallest machine that we promise to be pleasant on.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/*/{src,test}/**/*.test.ts',
            'apps/server/{src,test}/**/*.test.ts',
            'apps/web/src/**/*.test.ts',
            'scripts/**/*.test.mjs',
            'proofs/**/*.test.ts',
          ],
          exclude: [...never, needsPostgres, needsBrowser],
          ...patience,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'postgres',
          include: [needsPostgres],
          exclude: never,
          // Starts the embedded Postgres once; each file then takes its own database from a template.
          globalSetup: 'packages/database/src/testing/global-setup.ts',
          ...patience,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: 'apps/web/vite.config.ts',
        optimizeDeps: { include: importedIcons('apps/web/src') },
        test: {
          name: 'browser',
          root: 'apps/web',
          include: ['src/**/*.svelte.test.ts'],
          ...patience,
          browser: {
            enabled: true,
            headless: true,
            connectTimeout: 180_000,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          exclude: [...never, ...wholeMachine],
          ...journeyPatience,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'e2e-alone',
          include: wholeMachine,
          fileParallelism: false,
          ...journeyPatience,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});

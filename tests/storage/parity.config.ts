import { defineConfig } from 'vitest/config';

/** The tests that need a server; tools/parity-postgres.sh starts one and runs them. */
export default defineConfig({
  test: {
    include: ['tests/storage/*.parity.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    reporters: ['default', './tests/report-totals.ts'],
  },
});

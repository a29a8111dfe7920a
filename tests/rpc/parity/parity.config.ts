import { defineConfig } from 'vitest/config';
import { sourceAliases } from '../../../vitest.config.ts';

/** Our client against the workers of the reference implementation; tools/parity/reference-client.mjs installs them and runs this. */
export default defineConfig({
  resolve: { alias: sourceAliases },
  test: {
    include: ['tests/rpc/parity/*.parity.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    reporters: ['default', './tests/report-totals.ts'],
  },
});

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Sources import each other by package name as a user of the package would; here the names lead to the sources. */
export const sourceAliases = {
  'vgi-gen/runtime/v1': at('./runtime/v1.ts'),
  'vgi-gen/runtime/http': at('./runtime/http/index.ts'),
  'vgi-gen/worker': at('./worker/index.ts'),
  'vgi-gen/target': at('./generator/emit/target-entry.ts'),
  'vgi-gen/vgi': at('./generated/vgi/ts/index.ts'),
};

export default defineConfig({
  resolve: { alias: sourceAliases },
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    reporters: ['default', './tests/report-totals.ts'],
  },
});

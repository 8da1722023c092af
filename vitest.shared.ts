import { defineConfig } from 'vitest/config';

const conditions = ['@svf-alignment/source'];

/** The configuration of every package: workspace packages resolve to their sources, without a build. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.pages.test.ts', 'test/**/*.gpu.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: 'reports/test.json' },
    testTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';

/** When `test/documents.test.ts` runs the test command of a document, a small part of the suite shows that it works. */
const isOfDocument = process.env['README_COMMANDS'] !== undefined;

export default defineConfig({
  test: {
    include: [isOfDocument ? 'test/cli/help.test.ts' : 'test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
});

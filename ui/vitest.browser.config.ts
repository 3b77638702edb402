// Tests that need a real browser: layout, focus, dialogs, axe. They share the builds, a preview server and a Chromium.
import { defineConfig } from "vitest/config";

/** How long a test waits for one thing, however it waits for it. Milliseconds. */
const STEP = 10_000;

declare module "vitest" {
  interface ProvidedContext {
    step: number;
  }
}

export default defineConfig({
  test: {
    environment: "node",
    include: ["tests/browser/**/*.test.ts"],
    globalSetup: "tests/browser/setup.ts",
    reporters: ["default", "./tests/failures.ts"],
    // One file at a time: they are few, and the machine may be small.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: STEP } },
    provide: { step: STEP },
  },
});

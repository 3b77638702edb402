// Tests that need a real browser: layout, focus, dialogs, axe. They share one build and one preview server.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["tests/browser/**/*.test.ts"],
    globalSetup: "tests/browser/preview.ts",
    reporters: ["default", "./tests/failures.ts"],
    // One Chromium at a time: the files are few and the machine may be small.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

// Builds the window into dist/. `--mode memory` builds the same window on the in-memory host for the browser tests.
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  // Tauri serves the files from its own protocol, so every address is relative.
  base: "./",
  plugins: [svelte()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    outDir: mode === "memory" ? "node_modules/.cache/memory-window" : "dist",
    emptyOutDir: true,
    rolldownOptions: {
      input: ["index.html", "failure.html"].map((page) => fileURLToPath(new URL(page, import.meta.url))),
    },
    // The oldest web view Rundown supports: WebKitGTK of Debian 12, Safari 17, Edge WebView2.
    target: ["safari17", "chrome120"],
    // A preload polyfill would be an inline script's worth of code the policy has no use for.
    modulePreload: { polyfill: false },
  },
  resolve: {
    alias: [
      {
        find: /^core-js\/modules\/.*$/,
        replacement: fileURLToPath(new URL("src/text/none.ts", import.meta.url)),
      },
    ],
    // Without the browser condition Svelte would resolve to its server build under vitest.
    ...(process.env.VITEST ? { conditions: ["browser"] } : {}),
  },
  test: {
    // It is written in modules and does not say so: only Vite can load it.
    server: { deps: { inline: ["twitter-text"] } },
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    reporters: ["default", "./tests/failures.ts"],
    restoreMocks: true,
    env: { TZ: "Europe/Berlin" },
  },
}));

// Builds the window on the in-memory host once, and serves it under the content policy of the app.
import { execFileSync } from "node:child_process";
import { preview } from "vite";
import type { TestProject } from "vitest/node";

/** The app's own policy is in tauri.conf.json; what is refused here would be refused there. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

declare module "vitest" {
  interface ProvidedContext {
    address: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A process of its own: vitest's NODE_ENV would make it a development build.
  const env = { ...process.env };
  delete env.NODE_ENV;
  delete env.VITEST;
  execFileSync(process.execPath, ["node_modules/vite/bin/vite.js", "build", "--mode", "memory"], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const server = await preview({
    mode: "memory",
    logLevel: "error",
    preview: { port: 0, headers: { "Content-Security-Policy": POLICY } },
  });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("the preview server has no address");
  project.provide("address", address);
  return () => server.close();
}

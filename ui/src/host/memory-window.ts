// The in-memory host in a browser: ?memory, with &content=empty|every-service, &now=2026-03-18T09:02:00Z, &latency=…, &hold=services.
import { createMemoryHost, type MemoryControl, type MemoryHost, type MemoryOptions } from "./memory";

declare global {
  interface Window {
    /** For tests that drive the window from outside. */
    rundownMemory?: MemoryControl;
  }
}

export function openMemoryHost(parameters: URLSearchParams): MemoryHost {
  const opened = Date.now();
  const start = parameters.get("now");
  const host = createMemoryHost({
    // A given time is where the clock starts; it runs on from there.
    now: () => (start === null ? Date.now() : Date.parse(start) + Date.now() - opened),
    content: (parameters.get("content") ?? "full") as MemoryOptions["content"],
    latency: Number(parameters.get("latency") ?? 40),
    confirmAfter: Number(parameters.get("confirm-after") ?? 900),
    grace: Number(parameters.get("grace") ?? 10_000),
  });
  parameters.getAll("hold").forEach((command) => host.control.hold(command));
  window.rundownMemory = host.control;
  return host;
}

// Picks the host: Tauri in the app; in a browser, with ?memory in the address, the in-memory twin.
import type { Host } from ".";
import { tauriHost } from "./tauri";

export async function openHost(): Promise<Host> {
  // The mode is known when the window is built, so a production build leaves the twin out.
  if (import.meta.env.MODE !== "production") {
    const parameters = new URLSearchParams(location.search);
    if (parameters.has("memory")) {
      const { openMemoryHost } = await import("./memory-window");
      return openMemoryHost(parameters);
    }
  }
  return tauriHost;
}

// What the tests of the window's state begin with.
import { vi } from "vitest";
import type { AppState } from "./app.svelte";

/** Starts the window on fake timers, up to its second look. Resolves to the function that ends it all. */
export async function started(app: AppState): Promise<() => void> {
  const starting = app.start(app.load());
  await vi.advanceTimersByTimeAsync(100);
  return starting;
}

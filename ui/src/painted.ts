// Waiting for the screen: what is not needed for it may take its time.

/** Resolves once what was just rendered is on the screen. */
export function painted(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

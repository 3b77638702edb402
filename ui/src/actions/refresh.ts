import type { Action } from "./action";

/** Asks every service for everything, now. */
export const refresh: Action = {
  name: "refresh",
  label: "Refresh",
  shortcut: { key: "r", mod: true },
  applies: (app) => app.accounts.connected.length > 0,
  run: (app) => app.attempt(() => app.host.refresh()),
};

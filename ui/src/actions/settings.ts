import type { Preferences } from "../host";
import { always, type Action } from "./action";

export const openSettings: Action = {
  name: "open-settings",
  label: "Settings",
  shortcut: { key: ",", mod: true },
  applies: always,
  run: (app) => app.dialogs.open({ kind: "settings" }),
};

/** Settings are kept as they are changed: there is nothing to confirm. Throws where they could not be kept. */
export const saveSettings: Action<[change: Partial<Preferences>]> = {
  name: "save-settings",
  label: "Save",
  applies: always,
  run: (app, change) => app.preferences.save(change),
};

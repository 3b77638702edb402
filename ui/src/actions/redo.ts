import { always, type Action } from "./action";
import { takeStep } from "./undo";

/** Takes the step again that was undone last. */
export const redo: Action = {
  name: "redo",
  label: "Redo",
  shortcut: { key: "z", mod: true, shift: true },
  alsoShortcut: { key: "y", mod: true },
  applies: always,
  run: (app) => takeStep(app, "Redone", (host) => host.redo()),
};

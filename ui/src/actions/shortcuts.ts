// The actions the keyboard reaches from anywhere in the window.
import type { AppState } from "../state/app.svelte";
import { isTextField, matches, type Action } from "./action";
import { closePost, zoomIn, zoomOut } from "./browse";
import { refresh } from "./refresh";
import { openSettings } from "./settings";
import { undo } from "./undo";

const GLOBAL: Action[] = [undo, refresh, openSettings, zoomIn, zoomOut, closePost];

/** Runs the action the key stands for. A dialog keeps the keyboard to itself, and a text field its own Ctrl+Z. */
export function runShortcut(app: AppState, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const action = GLOBAL.find(({ shortcut }) => shortcut && matches(event, shortcut));
  if (!action) return;
  if (app.dialogs.current !== null || app.dialogs.quit !== null || isTextField(event.target)) return;
  if (!action.applies(app)) return;
  event.preventDefault();
  void action.run(app);
}

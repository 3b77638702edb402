// What a user can do, once: the same action serves its button and its shortcut.
import type { AppState } from "../state/app.svelte";

/** `mod` is Ctrl, or Cmd on a Mac. */
export type Shortcut = { key: string; mod?: true; shift?: true };

export type Action<Arguments extends unknown[] = [], Result = void> = {
  /** Stable, for tests and logs. */
  name: string;
  /** What its button says. */
  label: string;
  shortcut?: Shortcut;
  /** Where systems differ in what they press for it. */
  alsoShortcut?: Shortcut;
  applies(app: AppState, ...args: Arguments): boolean;
  /** Why it does not apply, for one who pressed its key. */
  whyNot?(app: AppState, ...args: Arguments): string;
  run(app: AppState, ...args: Arguments): Promise<Result> | Result;
};

export const always = (): boolean => true;

const onMac = /mac/i.test(navigator.userAgent);

export function matches(event: KeyboardEvent, { key, mod, shift }: Shortcut): boolean {
  const modPressed = onMac ? event.metaKey : event.ctrlKey;
  const otherPressed = onMac ? event.ctrlKey : event.metaKey;
  return (
    sameKey(event, key, shift ?? false) && modPressed === (mod ?? false) && !otherPressed && !event.altKey
  );
}

/** Shift tells letters apart; whether "+" needs it, and whether it is "=" without, is the keyboard's affair. */
function sameKey(event: KeyboardEvent, key: string, shift: boolean): boolean {
  if (key === "+") return event.key === "+" || event.key === "=";
  if (!/[a-z]/i.test(key)) return event.key === key;
  return event.key.toLowerCase() === key.toLowerCase() && event.shiftKey === shift;
}

/** "Ctrl Z", "⌘ Z" */
export function shortcutLabel({ key, mod, shift }: Shortcut): string {
  const keys = [mod && (onMac ? "⌘" : "Ctrl"), shift && (onMac ? "⇧" : "Shift"), keyName(key)];
  return keys.filter(Boolean).join(" ");
}

/** Whether its keys are in use: those that are a letter alone can be switched off. */
export function isInUse(app: AppState, { key, mod }: Shortcut): boolean {
  return mod === true || !/^[a-z]$/i.test(key) || app.preferences.values.letterKeys;
}

/** "New post (N)": what it says, with its keys where they are in use. */
export function hint(app: AppState, { label, shortcut }: Pick<Action, "label" | "shortcut">): string {
  return shortcut && isInUse(app, shortcut) ? `${label} (${shortcutLabel(shortcut)})` : label;
}

function keyName(key: string): string {
  return { Escape: "Esc", Delete: "Del" }[key] ?? key.toUpperCase();
}

/** Text fields have shortcuts of their own, Ctrl+Z the first of them. */
export function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    // Letters choose in a list.
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement &&
      !["button", "checkbox", "radio", "submit"].includes(target.type)) ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

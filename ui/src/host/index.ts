// What the window may ask of the app behind it. Everything in ui/ goes through this interface, so the window
// runs the same on Tauri (tauri.ts) and on the in-memory twin (memory.ts).
import type { Changed, commands, ErrorCode, Error as HostError, Notice } from "./bindings";

export type * from "./bindings";
export type { HostError };

type Commands = typeof commands;

/** Each subscription resolves to the function that ends it. */
export interface HostEvents {
  /** Accounts, channels or posts changed on disk; fetch what is named. */
  changed(listener: (event: Changed) => void): Promise<() => void>;
  /** Something to say to the user in a toast or alert. */
  notice(listener: (event: Notice) => void): Promise<() => void>;
  quitAsked(listener: () => void): Promise<() => void>;
  /** The tray wants everything paused, or what is paused shown. */
  showPauses(listener: () => void): Promise<() => void>;
  /** The tray or a notification wants this post opened in the panel. */
  showPost(listener: (post: string) => void): Promise<() => void>;
  /** The window closes as soon as it says that all which was typed is kept, or half a second later. */
  windowClosing(listener: () => void): Promise<() => void>;
}

export interface Host extends Commands {
  /** The address of the picture at this place among a post's pictures and videos, where it has one. */
  pictureUrl(post: string, index: number): string;
  events: HostEvents;
}

/** What a command threw, as {code, message}; anything else is a fault of ours and says so. */
export function hostError(thrown: unknown): HostError {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    return { code: thrown.code as ErrorCode, message: String(thrown.message) };
  }
  return { code: "internal", message: `Rundown ran into a fault of its own: ${String(thrown)}` };
}

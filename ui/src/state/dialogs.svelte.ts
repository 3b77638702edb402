// Which dialog is open. There is at most one, and the question asked at quitting, which may come over it.
import type { ActivityFilter, QuitQuestion } from "../host";

export type Dialog =
  | { kind: "connect" }
  | { kind: "replace-key"; account: string }
  | { kind: "disconnect"; account: string }
  | { kind: "rename"; account: string }
  | { kind: "account-details"; account: string }
  /** Adds a channel where none is named, else renames that one. `back` is the dialog that comes after it. */
  | { kind: "channel"; account: string; channel: string | null; back: Dialog | null }
  | { kind: "remove-channel"; account: string; channel: string }
  | { kind: "move-to"; post: string }
  /** `like` is the post whose text and channels it begins with, `at` the account. */
  | { kind: "new-post"; like: string | null; at?: string }
  | { kind: "edit"; post: string }
  | { kind: "texts"; post: string }
  | { kind: "delete"; post: string }
  | { kind: "cancel-post"; post: string }
  | { kind: "publish-now"; post: string }
  /** `only` is the account to begin with; null for all of them. */
  | { kind: "pause-all"; only: string | null }
  | { kind: "resume-all" }
  | { kind: "activity"; filter: ActivityFilter }
  | { kind: "settings" };

export class Dialogs {
  current = $state.raw<Dialog | null>(null);
  quit = $state.raw<QuitQuestion | null>(null);

  open(dialog: Dialog): void {
    this.current = dialog;
  }

  close(): void {
    this.current = null;
  }
}

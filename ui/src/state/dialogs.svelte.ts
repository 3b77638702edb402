// Which dialog is open. There is at most one, and the question asked at quitting, which may come over it.
import type { QuitQuestion } from "../host";

export type Dialog =
  | { kind: "connect" }
  | { kind: "replace-key"; account: string }
  | { kind: "disconnect"; account: string }
  | { kind: "rename"; account: string }
  | { kind: "move-to"; post: string }
  /** `like` is the post whose text and channels it begins with. */
  | { kind: "new-post"; like: string | null }
  | { kind: "edit"; post: string }
  | { kind: "delete"; post: string }
  | { kind: "cancel-post"; post: string }
  | { kind: "publish-now"; post: string }
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

import type { PostView } from "../host";
import type { AppState } from "../state/app.svelte";
import { able, isBusy } from "./able";
import type { Action } from "./action";
import { done } from "./changed";

/** A post that waits for the user's hand, and not for an answer of its own. */
export function isByHand(app: AppState, post: PostView): boolean {
  return (
    post.status === "scheduled" && post.lockedBecause === null && !isBusy(post) && able(app, post, "byHand")
  );
}

/** The user has published the post. */
export const markAsDone: Action<[post: PostView]> = {
  name: "mark-as-done",
  label: "Done",
  applies: isByHand,
  run: (app, post) => done(app, post.id, (host) => host.publishPostNow(post.id), "Marked as done"),
};

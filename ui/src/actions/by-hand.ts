// What is done with a post that no service publishes: the user does, and says so.
import type { PostView } from "../host";
import type { AppState } from "../state/app.svelte";
import { able, isBusy } from "./able";
import type { Action } from "./action";
import { done } from "./changed";

const isByHand = (app: AppState, post: PostView): boolean =>
  post.status === "scheduled" && post.lockedBecause === null && !isBusy(post) && able(app, post, "byHand");

export const markAsDone: Action<[post: PostView]> = {
  name: "mark-as-done",
  label: "Mark as done",
  applies: isByHand,
  run: (app, post) => done(app, post.id, (host) => host.publishPostNow(post.id), "Marked as done"),
};

export const skip: Action<[post: PostView]> = {
  name: "skip",
  label: "Skip",
  applies: isByHand,
  run: (app, post) => done(app, post.id, (host) => host.skipPost(post.id), "Skipped"),
};

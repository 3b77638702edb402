import type { PostView } from "../host";
import { able } from "./able";
import type { Action } from "./action";
import { changed } from "./changed";

/** Moves a post to a time; a draft keeps it as the time it will be offered. */
export const reschedule: Action<[post: PostView, time: string]> = {
  name: "reschedule",
  label: "Move",
  applies: (app, post) => post.lockedBecause === null && able(app, post, "reschedule"),
  run: (app, post, time) => changed(app, post.id, (host) => host.reschedulePost(post.id, time)),
};

import type { PostView } from "../host";
import { able } from "./able";
import type { Action } from "./action";
import { changed } from "./changed";

/** Turns a scheduled post into a draft; its time is remembered. */
export const pause: Action<[post: PostView]> = {
  name: "pause",
  label: "Pause",
  applies: (app, post) =>
    post.status === "scheduled" && post.lockedBecause === null && able(app, post, "pause"),
  run: (app, post) => changed(app, post.id, (host) => host.pausePost(post.id)),
};

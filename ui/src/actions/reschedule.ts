import type { PostView } from "../host";
import { changed } from "./changed";
import type { Action } from "./action";

/** Moves a post to a time; a draft keeps it as the time it will be offered. */
export const reschedule: Action<[post: PostView, time: string]> = {
  name: "reschedule",
  label: "Move",
  applies: (app, post) =>
    post.lockedBecause === null && (app.accounts.find(post.account)?.capabilities.reschedule ?? false),
  run: (app, post, time) => changed(app, post.id, (host) => host.reschedulePost(post.id, time)),
};

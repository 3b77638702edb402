import type { PostView } from "../host";
import type { Action } from "./action";
import { changed } from "./changed";

/** Schedules a draft for a time. */
export const schedule: Action<[post: PostView, time: string]> = {
  name: "schedule",
  label: "Schedule",
  applies: (app, post) =>
    post.status === "draft" &&
    post.lockedBecause === null &&
    (app.accounts.find(post.account)?.capabilities.resume ?? false),
  run: (app, post, time) =>
    changed(app, post.id, (host) => host.resumePost(post.id, time), {
      time: (words) => `Scheduled for ${words}`,
      draft: "It is still a draft.",
    }),
};

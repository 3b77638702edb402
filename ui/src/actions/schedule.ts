import type { PostView } from "../host";
import { able } from "./able";
import type { Action } from "./action";
import { changed } from "./changed";

/** Schedules a draft for a time. */
export const schedule: Action<[post: PostView, time: string]> = {
  name: "schedule",
  label: "Schedule",
  applies: (app, post) => post.status === "draft" && post.lockedBecause === null && able(app, post, "resume"),
  run: (app, post, time) =>
    changed(app, post.id, (host) => host.resumePost(post.id, time), {
      time: (words) => `Scheduled for ${words}`,
      draft: "It is still a draft.",
    }),
};

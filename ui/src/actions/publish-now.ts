import type { PostView } from "../host";
import { able, answers, isBusy } from "./able";
import type { Action } from "./action";
import { done } from "./changed";

/** Opens the warning. Not while a change of the post is open: publishing would overtake it. */
export const askToPublish: Action<[post: PostView]> = {
  name: "ask-to-publish",
  label: "Publish now…",
  applies: (app, post) =>
    (post.status === "draft" || post.status === "scheduled") &&
    post.lockedBecause === null &&
    !isBusy(post) &&
    able(app, post, "publishNow") &&
    answers(app, post),
  run: (app, post) => app.dialogs.open({ kind: "publish-now", post: post.id }),
};

/** Has the service publish the post at once. It never waits, and can't be taken back. */
export const publishNow: Action<[post: PostView]> = {
  name: "publish-now",
  label: "Publish now",
  applies: (app, post) => askToPublish.applies(app, post),
  run: (app, post) => done(app, post.id, (host) => host.publishPostNow(post.id), "Publishing…"),
};

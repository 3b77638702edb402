import type { PostView } from "../host";
import { able, answers, isBusy } from "./able";
import type { Action } from "./action";
import { done } from "./changed";

/** Has the service try a failed post again, at once. */
export const retry: Action<[post: PostView]> = {
  name: "retry",
  label: "Retry",
  applies: (app, post) =>
    (post.status === "failed" || post.status === "partially-published") &&
    !post.leaving &&
    !isBusy(post) &&
    able(app, post, "retry") &&
    answers(app, post),
  run: (app, post) => done(app, post.id, (host) => host.retryPost(post.id), "Trying again…"),
};

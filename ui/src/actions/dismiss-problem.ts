import type { PostView } from "../host";
import type { Action } from "./action";

/** The user has read what the post needed them to know. */
export const dismissProblem: Action<[post: PostView]> = {
  name: "dismiss-problem",
  label: "Dismiss",
  applies: (_, post) => post.sync.state === "needs-you",
  run: (app, post) =>
    app.attempt(async () => {
      await app.host.dismissProblem(post.id);
      await app.posts.refetch([post.id]);
    }, post.id),
};

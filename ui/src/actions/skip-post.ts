import type { PostView } from "../host";
import type { Action } from "./action";
import { done } from "./changed";
import { isByHand } from "./mark-as-done";

/** The user will not publish the post. */
export const skip: Action<[post: PostView]> = {
  name: "skip",
  label: "Skip",
  applies: isByHand,
  run: (app, post) => done(app, post.id, (host) => host.skipPost(post.id), "Skipped"),
};

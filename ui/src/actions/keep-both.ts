import type { PostView } from "../host";
import type { Action } from "./action";
import { dismissProblem } from "./dismiss-problem";

/** A draft that may be there once too often is meant to be there. */
export const keepBoth: Action<[post: PostView]> = {
  name: "keep-both",
  label: "Keep both",
  applies: (_, post) => post.isSpare && !post.leaving,
  run: (app, post) => dismissProblem.run(app, post),
};

import type { PostView } from "../host";
import type { Action } from "./action";
import { changed } from "./changed";

/** Asks once more for what the service refused, ignored or put at another time. */
export const tryAgain: Action<[post: PostView]> = {
  name: "try-again",
  label: "Try again",
  applies: (_, { sync }) =>
    sync.state === "needs-you" &&
    ["refused", "ignored", "shifted", "plan-limit"].includes(sync.problem) &&
    // What can't be taken back has a button of its own.
    ["draft", "scheduled"].includes(sync.wanted.status),
  run: (app, post) =>
    changed(app, post.id, (host) => host.tryAgain(post.id), {
      time: (words) => `Asked again for ${words}`,
      draft: "Asked again for a draft.",
    }),
};

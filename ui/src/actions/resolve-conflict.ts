import type { KeepSide, PostView } from "../host";
import type { Action } from "./action";
import { changed } from "./changed";

function keep(side: KeepSide, label: string): Action<[post: PostView]> {
  return {
    name: `keep-${side}`,
    label,
    applies: (_, post) => post.sync.state === "conflict",
    run: (app, post) =>
      changed(app, post.id, (host) => host.resolveConflict(post.id, side), {
        time: (words) => `Kept: ${words}`,
        draft: "Kept as a draft",
      }),
  };
}

/** What was asked for here wins over what was changed elsewhere. */
export const keepMine = keep("mine", "Keep mine");
/** What was changed elsewhere wins. */
export const keepTheirs = keep("theirs", "Keep theirs");

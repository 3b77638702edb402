import type { KeepSide, KeepView, PostView } from "../host";
import type { AppState } from "../state/app.svelte";
import type { Action } from "./action";
import { changed } from "./changed";

function decide(app: AppState, post: PostView, keep: KeepView): Promise<void> {
  return changed(app, post.id, (host) => host.resolveConflict(post.id, keep), {
    time: (words) => `Kept: ${words}`,
    draft: "Kept as a draft",
  });
}

function keep(side: KeepSide, label: string): Action<[post: PostView]> {
  return {
    name: `keep-${side}`,
    label,
    applies: (_, post) => post.sync.state === "conflict",
    run: (app, post) => decide(app, post, { standing: side, text: side }),
  };
}

/** What was asked for here wins over what was changed elsewhere. */
export const keepMine = keep("mine", "Keep mine");
/** What was changed elsewhere wins. */
export const keepTheirs = keep("theirs", "Keep theirs");

/** One field of one version, another of the other. */
export const keepChosen: Action<[post: PostView, keep: KeepView]> = {
  name: "keep-chosen",
  label: "Keep as chosen",
  applies: (_, { sync }) =>
    sync.state === "conflict" && sync.standing === "disputed" && sync.text === "disputed",
  run: decide,
};

import type { PostView } from "../host";
import type { Action } from "./action";
import { reschedule } from "./reschedule";
import { schedule } from "./schedule";

/** Asks for a date and a time: the same as a drag, without dragging. */
export const moveTo: Action<[post: PostView]> = {
  name: "move-to",
  label: "Move to…",
  applies: (app, post) =>
    post.status === "draft"
      ? schedule.applies(app, post, "")
      : post.status === "scheduled" && reschedule.applies(app, post, ""),
  run: (app, post) => app.dialogs.open({ kind: "move-to", post: post.id }),
};

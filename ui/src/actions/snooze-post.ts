import type { PostView } from "../host";
import { dayAndTime, shortest } from "../time/format";
import { isDue } from "../wording/due";
import { able } from "./able";
import type { Action } from "./action";
import { done } from "./changed";
import { isByHand } from "./mark-as-done";

/** Puts a due post off. Its former time has passed, so Undo could not bring that back. */
export const snooze: Action<[post: PostView, until: string]> = {
  name: "snooze",
  label: "Snooze",
  applies: (app, post) => isByHand(app, post) && able(app, post, "reschedule") && isDue(post, app.status.now),
  run(app, post, until) {
    const { zone, now } = app.status;
    const words = shortest(until, zone, now);
    const when = words === dayAndTime(until, zone, now) ? `to ${words}` : `until ${words}`;
    return done(app, post.id, (host) => host.reschedulePost(post.id, until), `Snoozed ${when}`);
  },
};

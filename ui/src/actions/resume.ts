import type { AccountView, PostView } from "../host";
import type { AppState } from "../state/app.svelte";
import { refusal } from "../time/refusal";
import type { Action } from "./action";
import { moveTo } from "./move-to";
import { schedule } from "./schedule";

/** Schedules a draft for the time it was paused from, or asks for one where that time can't be had any more. */
export const resume: Action<[post: PostView]> = {
  name: "resume",
  label: "Resume",
  applies: (app, post) => post.status === "draft" && schedule.applies(app, post, ""),
  run: (app, post) => {
    const time = resumeTime(app, post, app.accounts.find(post.account));
    return time === null ? moveTo.run(app, post) : schedule.run(app, post, time);
  },
};

/** The remembered time where it may still be asked for. */
export function resumeTime(app: AppState, post: PostView, account: AccountView | undefined): string | null {
  if (post.rememberedTime === null || !account) return null;
  return refusal(post.rememberedTime, app.status.now, app.status.zone, account) === null
    ? post.rememberedTime
    : null;
}

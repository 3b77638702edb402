// The answers to a change that came too late.
import type { PostView } from "../host";
import type { AppState } from "../state/app.svelte";
import { clockTime } from "../time/format";
import type { Action } from "./action";
import { changed } from "./changed";
import { dismissProblem } from "./dismiss-problem";
import { moveTo } from "./move-to";
import { pause } from "./pause";
import { reschedule } from "./reschedule";
import { schedule } from "./schedule";

const MINUTE = 60_000;
const STEP = 5 * MINUTE;

function isTooLate({ sync }: PostView): boolean {
  return sync.state === "needs-you" && sync.problem === "too-late";
}

/** The first time, in steps of five minutes, that leaves a minute to choose it beside the lead. */
export function nextPossible(app: AppState, post: PostView): string {
  const lead = (app.accounts.find(post.account)?.capabilities.leadSeconds ?? 0) * 1000;
  const earliest = app.status.now + lead + MINUTE;
  return new Date(Math.ceil(earliest / STEP) * STEP).toISOString().replace(".000Z", "Z");
}

/** Sends it out as soon as that is safe. */
export const atNextPossible: Action<[post: PostView]> = {
  name: "at-next-possible-time",
  label: "Next possible time",
  applies: (app, post) => isTooLate(post) && moveTo.applies(app, post),
  run: (app, post) =>
    (post.status === "draft" ? schedule : reschedule).run(app, post, nextPossible(app, post)),
};

/** "Next possible time (10:10)" */
export function nextPossibleLabel(app: AppState, post: PostView): string {
  return `${atNextPossible.label} (${clockTime(nextPossible(app, post), app.status.zone)})`;
}

/** Asks for a time. */
export const atAnotherTime: Action<[post: PostView]> = {
  name: "at-another-time",
  label: "Another time…",
  applies: (app, post) => isTooLate(post) && moveTo.applies(app, post),
  run: (app, post) => moveTo.run(app, post),
};

/** Does not let it go out. */
export const keepAsDraft: Action<[post: PostView]> = {
  name: "keep-as-draft",
  label: "Keep as draft",
  applies: (app, post) => isTooLate(post) && (post.status === "draft" || pause.applies(app, post)),
  run(app, post) {
    if (post.status !== "draft") return pause.run(app, post);
    // A text that came too late with its time is kept along: the wish to pause takes it.
    return wantsText(post)
      ? changed(app, post.id, (host) => host.pausePost(post.id), KEPT)
      : dismissProblem.run(app, post);
  },
};

const KEPT = { time: (time: string) => `Kept for ${time}`, draft: "Kept as a draft, with your text." };

function wantsText({ sync, text }: PostView): boolean {
  return sync.state === "needs-you" && sync.wanted.text !== null && sync.wanted.text !== text;
}

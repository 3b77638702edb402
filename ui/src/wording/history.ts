// What was asked of a post and what became of it, in words.
import type { AccountView, HistoryEntry, OutcomeWord, PostView, SideView } from "../host";
import { dayAndTime } from "../time/format";
import { statusLabel } from "./status";

const OUTCOMES: Record<OutcomeWord, string> = {
  waiting: "waiting to be sent",
  sending: "being sent",
  unknown: "sent, answer unknown",
  accepted: "accepted, not confirmed yet",
  done: "confirmed",
  refused: "refused",
  ignored: "ignored by the service",
  shifted: "given another time",
  "too-late": "came too late",
  gone: "the post no longer exists",
  "plan-limit": "over the plan's limit",
  conflict: "changed elsewhere",
  withdrawn: "taken back",
};

type Context = {
  zone: string;
  now: number;
  /** The oldest entry: nothing is known of what was before. */
  first: boolean;
  post: Pick<PostView, "remote">;
  account: AccountView | undefined;
};

/** "To Fri 20 March, 17:15 · confirmed", "Pause · waiting to be sent" */
export function historyWords(entry: HistoryEntry, context: Context): string {
  return `${asked(entry.wanted, context)} · ${OUTCOMES[entry.outcome]}`;
}

function asked({ status, time, text }: SideView, { zone, now, first, post, account }: Context): string {
  const when = time === null ? "" : dayAndTime(time, zone, now);
  if (first && post.remote === null) return when ? `Create for ${when}` : "Create as a draft";
  if (text !== null) return when ? `New text, for ${when}` : "New text";
  switch (status) {
    case "deleted":
      return account?.capabilities.delete === "cancels" ? "Cancel for good" : "Delete";
    case "published":
      return account?.capabilities.publishNow === "by-hand" ? "Mark as done" : "Publish now";
    case "retried":
      return "Try again";
    case "skipped":
      return "Skip";
    case "draft":
      // Creating a draft and pausing a post are asked for alike.
      return first ? "As a draft" : "Pause";
    default:
      return when ? `To ${when}` : statusLabel(status);
  }
}

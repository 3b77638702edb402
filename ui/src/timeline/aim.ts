// What a drag may do: where it would land, and why it can't. Pure; the core checks again when it sends.
import { abilitiesOf } from "../abilities";
import type { AccountView, PostView } from "../host/bindings";
import { refusal } from "../time/refusal";
import { rfc3339 } from "./dates";
import { laneKey, type Placement } from "./lanes";

export type Drop =
  | { kind: "move"; post: string; /** RFC 3339 UTC */ time: string }
  | { kind: "pause"; post: string }
  | { kind: "schedule"; post: string; time: string };

/** What is being dragged. */
export type Subject = {
  post: PostView;
  account: AccountView;
  /** The key of the lane it was grabbed in, or of the first it targets when it comes from the drafts. */
  lane: string;
  color: string;
  from: "lanes" | "drafts";
  /** Epoch milliseconds; null for a draft that remembers none. */
  time: number | null;
};

/** A post that is picked up where it stands. */
export function subjectOf({ post, account, channel, color, time }: Placement): Subject {
  return { post, account, lane: laneKey(account.id, channel.id), color, time, from: "lanes" };
}

/** What the pointer is over: a time on the lanes, the drafts, or neither. */
export type Over = { on: "lanes"; time: number } | { on: "drafts" } | { on: "nothing" };

/** `drop` is what releasing would ask for; with neither a drop nor a refusal, releasing changes nothing. */
export type Aim = { over: Over; drop: Drop | null; refusal: string | null };

/** Why this post can't be picked up at all; null when it can. */
export function whyFixed({ post, account }: Pick<Subject, "post" | "account">): string | null {
  if (post.lockedBecause !== null) return post.lockedBecause;
  const { reschedule, pause, resume } = abilitiesOf(post, account);
  const movable = post.status === "draft" ? resume : reschedule || pause;
  return movable ? null : `${account.serviceName} does not let its posts be moved from here.`;
}

export function aim(subject: Subject, over: Over, now: number, zone: string): Aim {
  const { post, account } = subject;
  const { reschedule, pause, resume } = abilitiesOf(post, account);
  const draft = post.status === "draft";
  const nothing: Aim = { over, drop: null, refusal: null };
  const refused = (reason: string): Aim => ({ over, drop: null, refusal: reason });
  if (over.on === "nothing") return nothing;
  if (over.on === "drafts") {
    if (draft) return nothing;
    if (!pause) return refused(`${account.serviceName} does not let its posts be paused from here.`);
    return { over, drop: { kind: "pause", post: post.id }, refusal: null };
  }
  if (over.time === subject.time && subject.from === "lanes") return nothing;
  if (draft ? !resume : !reschedule) {
    return refused(
      `${account.serviceName} does not let its posts be ${draft ? "scheduled" : "moved"} from here.`,
    );
  }
  const time = rfc3339(over.time);
  const tooEarlyOrLate = refusal(time, now, zone, account);
  if (tooEarlyOrLate !== null) return refused(tooEarlyOrLate);
  return { over, drop: { kind: draft ? "schedule" : "move", post: post.id, time }, refusal: null };
}

/** The earliest time the account takes, by this clock. */
export function earliest(account: AccountView, now: number): number {
  return now + account.capabilities.leadSeconds * 1000;
}

// A post as the in-memory twin keeps it, and what the window sees of it.
import type {
  ChangeReceipt,
  HistoryEntry,
  MediaView,
  PostView,
  SideView,
  SyncView,
  TargetView,
} from "./bindings";

/** Where a post is to stand, with the text that is asked for, if any. */
export type Side = SideView;
export type Standing = Pick<SideView, "status" | "time">;

/** A post as the twin keeps it; what the window sees is computed from it. */
export type MemoryPost = {
  id: string;
  remote: string | null;
  account: string;
  text: string;
  confirmed: Standing;
  /** The open change. */
  wish: Side | null;
  /** Until when a deletion can be taken back, in milliseconds since the epoch. */
  graceUntil?: number;
  remembered: string | null;
  sync: SyncView;
  targets: TargetView[];
  media: MediaView[];
  isSpare?: boolean;
  history: HistoryEntry[];
};

/** What a step changes; a side of null asks nothing of any service. */
export type EndState = { side: Side | null; text: string; remembered: string | null };

export function view(post: MemoryPost): PostView {
  const { status, time } = shown(post);
  const text = shownText(post);
  return {
    id: post.id,
    remote: post.remote,
    account: post.account,
    text,
    confirmedText: text === post.text ? null : post.text,
    status,
    time,
    confirmedStatus: post.confirmed.status,
    confirmedTime: post.confirmed.time,
    rememberedTime: post.remembered,
    sync: post.sync,
    lockedBecause: lockedBecause(post),
    undeletableBecause: undeletableBecause(post),
    leaving: post.wish?.status === "deleted",
    targets: post.targets,
    media: post.media,
    isSpare: post.isSpare ?? false,
    handOver: null,
  };
}

export function receipt(post: MemoryPost): ChangeReceipt {
  const { status, time } = shown(post);
  return { post: post.id, status, time, rememberedTime: post.remembered, willSend: post.wish !== null };
}

export function shown({ wish, confirmed }: MemoryPost): Standing {
  switch (wish?.status) {
    case undefined:
    case "deleted":
      return { status: confirmed.status, time: confirmed.time };
    case "published":
    case "retried":
      return { status: "publishing", time: confirmed.time };
    case "skipped":
      return { status: "cancelled", time: confirmed.time };
    default:
      return { status: wish?.status ?? "", time: wish?.time ?? null };
  }
}

export function shownText(post: MemoryPost): string {
  return post.wish?.text ?? post.text;
}

/** Where a post stands once the service has done what was asked. */
export function reached(side: Side, confirmed: Standing): Standing {
  switch (side.status) {
    case "published":
    case "retried":
      return { status: "published", time: confirmed.time };
    case "deleted":
    case "skipped":
      return { status: "cancelled", time: confirmed.time };
    default:
      return { status: side.status, time: side.time };
  }
}

export function isReached({ remote, confirmed, text }: MemoryPost, side: Side): boolean {
  const sameText = side.text === null || side.text === text;
  return remote !== null && sameText && side.status === confirmed.status && side.time === confirmed.time;
}

export function endState(post: MemoryPost): EndState {
  const standing = post.remote === null ? null : { ...post.confirmed, text: null };
  return { side: post.wish ?? standing, text: shownText(post), remembered: post.remembered };
}

export function lockedBecause(post: MemoryPost): string | null {
  if (post.wish?.status === "deleted") return "It is about to be deleted.";
  switch (post.confirmed.status) {
    case "draft":
    case "scheduled":
      return null;
    case "published":
      return "It has been published.";
    case "partially-published":
      return "Part of it has been published.";
    case "queued":
    case "publishing":
      return "It is being published right now.";
    case "failed":
      return "Publishing it failed, and the service does not let failed posts be changed.";
    case "cancelled":
      return "It was cancelled at the service.";
    default:
      return `The service calls it “${post.confirmed.status}”, which Rundown does not know.`;
  }
}

export function undeletableBecause(post: MemoryPost): string | null {
  if (["draft", "scheduled", "failed", "cancelled"].includes(post.confirmed.status)) return null;
  return ["published", "partially-published"].includes(post.confirmed.status)
    ? "It has been published. Delete it on the network itself."
    : lockedBecause(post);
}

export function whyNotRetry({ confirmed }: MemoryPost): string | null {
  if (confirmed.status === "failed" || confirmed.status === "partially-published") return null;
  return "It did not fail, so there is nothing to try again.";
}

// An open change in three parts: what was asked for, how far it has come, and what is confirmed meanwhile.
import type { PostView, SyncView } from "../host";
import { dayAndTime } from "../time/format";
import { statusLabel } from "./status";

/** "Scheduled, Fri 20 March, 17:15, with another text" */
export function askedWords(post: PostView, zone: string, now: number): string {
  if (post.leaving) return "To be deleted";
  const isMoved = post.status !== post.confirmedStatus || post.time !== post.confirmedTime;
  const isThere = post.remote !== null;
  if (isThere && !isMoved && post.confirmedText !== null) return "Another text";
  const words = standing(post.status, post.time, zone, now);
  return isThere && post.confirmedText !== null ? `${words}, with another text` : words;
}

/** What the service last said: "Scheduled, Fri 20 March, 10:00" */
export function confirmedWords(post: PostView, zone: string, now: number): string {
  if (post.remote === null) return "Nothing yet";
  const time = post.confirmedStatus === "draft" ? null : post.confirmedTime;
  return standing(post.confirmedStatus, time, zone, now);
}

/** "By PostPost, not confirmed yet" where it was accepted; else what became of sending it. */
export function progressWords(sync: SyncView, service: string): string {
  switch (sync.state === "sending" ? sync.progress : "waiting") {
    case "behind":
      return "Not yet: a former change comes first";
    case "under-way":
      return "On its way";
    case "unknown":
      return `Yes, and ${service} did not answer`;
    case "accepted":
      return `By ${service}, not confirmed yet`;
    default:
      return "Not yet";
  }
}

function standing(status: string, time: string | null, zone: string, now: number): string {
  const label = statusLabel(status);
  return time === null ? label : `${label}, ${dayAndTime(time, zone, now)}`;
}

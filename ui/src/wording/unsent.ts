// What still holds at the service while a change waits: the screen must not look as if the change had arrived.
import type { PostView, SyncView } from "../host";
import { shortest } from "../time/format";
import { statusLabel } from "./status";

/** For how long a deletion can be taken back. Milliseconds. */
export const GRACE = 10_000;

/** Whether a post is about to be deleted, as it was asked a moment ago. */
export function isInGrace({ leaving, sync }: PostView, now: number): boolean {
  return leaving && sync.state === "waiting" && now - Date.parse(sync.askedAt) < GRACE;
}

/** "Still goes out at 10:00: your change has not reached PostPost yet." Null when nothing waits. */
export function stillStands(post: PostView, service: string, zone: string, now: number): string | null {
  if (post.sync.state !== "waiting" && post.sync.state !== "sending") return null;
  if (post.remote === null) return `Not at ${service} yet: it is still to be created there.`;
  const pending = `${arrival(post.sync, service)}.`;
  const onlyText = post.status === post.confirmedStatus && post.time === post.confirmedTime;
  if (onlyText && !post.leaving && post.confirmedText !== null) {
    return `${service} still has the former text: ${pending}`;
  }
  if (post.confirmedStatus === "draft") return `Still a draft at ${service}: ${pending}`;
  if (post.confirmedTime === null) return `Not sent: ${pending}`;
  if (post.confirmedStatus !== "scheduled") {
    return `Still ${statusLabel(post.confirmedStatus).toLowerCase()} at ${service}: ${pending}`;
  }
  const when = shortest(post.confirmedTime, zone, now);
  return `Still goes out ${when.length === "10:00".length ? "at " : ""}${when}: ${pending}`;
}

/** How far the change has come, as far as that is known. */
export function arrival(sync: SyncView, service: string): string {
  switch (sync.state === "sending" ? sync.progress : "waiting") {
    case "under-way":
      return `your change is being sent to ${service}`;
    case "unknown":
      return `whether your change reached ${service} is not known yet`;
    case "accepted":
      return `${service} accepted your change and has not confirmed it yet`;
    default:
      return `your change has not reached ${service} yet`;
  }
}

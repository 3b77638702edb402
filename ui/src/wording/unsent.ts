// What still holds at the service while a change waits: the screen must not look as if the change had arrived.
import type { PostView } from "../host";
import { shortest } from "../time/format";

/** "Still goes out at 10:00: your change has not reached PostPost yet." Null when nothing waits. */
export function stillStands(post: PostView, service: string, zone: string, now: number): string | null {
  if (post.sync.state !== "waiting" && post.sync.state !== "sending") return null;
  const pending = `your change has not reached ${service} yet.`;
  if (post.confirmedStatus === "draft") return `Still a draft at ${service}: ${pending}`;
  if (post.confirmedTime === null) return `Not sent: ${pending}`;
  const when = shortest(post.confirmedTime, zone, now);
  return `Still goes out ${when.length === "10:00".length ? "at " : ""}${when}: ${pending}`;
}

// What still holds at the service while a change waits: the screen must not look as if the change had arrived.
import type { PostView } from "../host";
import { shortest } from "../time/format";

/** "Still goes out at 10:00: your change has not reached PostPost yet." Null when nothing waits. */
export function stillStands(post: PostView, service: string, zone: string, now: number): string | null {
  if (post.sync.state !== "waiting" && post.sync.state !== "sending") return null;
  if (post.remote === null) return `Not at ${service} yet: it is still to be created there.`;
  const pending = `your change has not reached ${service} yet.`;
  const onlyText = post.status === post.confirmedStatus && post.time === post.confirmedTime;
  if (onlyText && post.confirmedText !== null) return `${service} still has the former text: ${pending}`;
  if (post.confirmedStatus === "draft") return `Still a draft at ${service}: ${pending}`;
  if (post.confirmedTime === null) return `Not sent: ${pending}`;
  const when = shortest(post.confirmedTime, zone, now);
  return `Still goes out ${when.length === "10:00".length ? "at " : ""}${when}: ${pending}`;
}

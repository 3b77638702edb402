// Posts that the user publishes by hand, and whose time has come.
import type { PostView } from "../host";

/** Time alone makes a post due, so its own word is not waited for. */
export function isDue(post: PostView, now: number): boolean {
  if (post.handOver === null) return false;
  if (post.handOver.isDue) return true;
  const isAnswered = post.sync.state === "waiting" || post.sync.state === "sending" || post.leaving;
  const time = post.confirmedStatus === "scheduled" ? post.confirmedTime : null;
  return !isAnswered && time !== null && Date.parse(time) <= now;
}

/** "1 post to publish by hand"; the host names no more than `most`. */
export function dueWords(count: number, most = 20): string {
  const some = count >= most ? `${most} or more posts` : count === 1 ? "1 post" : `${count} posts`;
  return `${some} to publish by hand`;
}

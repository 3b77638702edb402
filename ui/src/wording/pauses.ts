// What is said of a pause of everything.
import type { PausedPostView, PausedWord, PauseView } from "../host";

export const postsWord = (count: number): string => `${count} ${count === 1 ? "post" : "posts"}`;

const goOut = (count: number): string => `${count} still ${count === 1 ? "goes" : "go"} out`;

/** Whether a post goes out, as far as its service has confirmed. */
export const stillGoesOut = ({ standing }: PausedPostView): boolean =>
  standing === "pausing" || standing === "goes-out";

/** Where a pause stands, in a sentence, counted to the post. */
export function pauseWords(pauses: PauseView[]): string {
  const posts = pauses.flatMap((pause) => pause.posts);
  const count = (...words: PausedWord[]): number =>
    posts.filter(({ standing }) => words.includes(standing)).length;
  const left = posts.filter(stillGoesOut).length;
  const [paused, back, coming, refused] = [
    count("paused"),
    count("resumed"),
    count("resuming"),
    count("not-resumed"),
  ];
  const all = posts.length;
  if (count("pausing") > 0) return `Pausing: ${paused} of ${all} paused, ${goOut(left)}.`;
  const looks = pauses.some(({ phase }) => phase !== "paused");
  if (looks) return `${paused} of ${all} paused. Looking for posts that were made elsewhere meanwhile…`;
  if (back + coming + refused === 0) {
    if (all === 0) return "Paused. Nothing was scheduled.";
    return `Paused: ${postsWord(paused)}.${left > 0 ? ` ${goOut(left)}.` : ""}`;
  }
  const parts = [`${back} of ${postsWord(all)} ${back === 1 ? "goes" : "go"} out again`];
  if (coming > 0) parts.push(`${coming} on the way`);
  if (refused > 0) parts.push(`${refused} could not be resumed`);
  if (paused > 0) parts.push(`${paused} still paused`);
  return `${parts.join(", ")}.`;
}

/** The same for the status bar; null once nothing is paused any more. */
export function pauseBrief(pauses: PauseView[]): string | null {
  const standings = pauses.flatMap(({ posts }) => posts.map(({ standing }) => standing));
  const paused = standings.filter((it) => it === "paused" || it === "not-resumed").length;
  if (standings.includes("pausing")) return `Pausing: ${paused} of ${standings.length}`;
  return paused > 0 ? `${postsWord(paused)} paused` : null;
}

const STANDINGS: Record<PausedWord, string> = {
  pausing: "Still goes out: not paused yet",
  "goes-out": "Still goes out",
  paused: "Paused",
  "not-resumed": "Not resumed",
  resuming: "On its way",
  resumed: "Goes out again",
  over: "No longer scheduled",
};

/** Where a post of a pause stands, with why. */
export function standingWords({ standing, note }: PausedPostView): string {
  if (standing === "over") return note ? `No longer scheduled (${note})` : STANDINGS.over;
  return note ? `${STANDINGS[standing]}: ${note}` : STANDINGS[standing];
}

// What a card says: its tag, its first words, and its accessible name.
import { isOnlyHere } from "../abilities";
import type { AccountView, PostView } from "../host/bindings";
import { clockTime, dayAndTime } from "../time/format";
import { accountName } from "../wording/account";
import { channelLabel } from "../wording/channel";
import { isDue } from "../wording/due";
import { mediaWords } from "../wording/media";
import { statusLabel, type Tone } from "../wording/status";
import { arrival, isInGrace } from "../wording/unsent";
import { shortDay } from "./dates";
import { DAY } from "./geometry";
import { rememberedTime, type Lane, type Placement } from "./lanes";

export type Tag = { word: string; tone: Tone };

/** A scheduled post this far past its time is overdue. */
const OVERDUE_AFTER = 180_000;

/** It is the user's turn: nobody failed, so it is not overdue. */
export function isDueHere({ post, status }: Placement, now: number): boolean {
  return status === "scheduled" && isDue(post, now);
}

export function isOverdue(placement: Placement, now: number): boolean {
  return placement.status === "scheduled" && now - placement.time > OVERDUE_AFTER;
}

/** The word in the card's corner; null for a post that is simply scheduled. What waits comes before what is. */
export function tagOf(placement: Placement, now: number): Tag | null {
  return syncTag(placement.post) ?? statusTag(placement, now);
}

/** What stands between the wish and the service, or is asked about it; null when nothing does. */
export function syncTag(post: PostView): Tag | null {
  if (post.leaving) return { word: "deleting", tone: "plain" };
  switch (post.sync.state) {
    case "waiting":
      return { word: "waiting", tone: "accent" };
    case "sending":
      return { word: "sending", tone: "accent" };
    case "needs-you":
      return { word: "needs you", tone: "warn" };
    case "conflict":
      return { word: "conflict", tone: "warn" };
    case "synced":
      return post.isSpare ? { word: "twice?", tone: "warn" } : null;
  }
}

function statusTag(placement: Placement, now: number): Tag | null {
  if (placement.paused) return { word: "paused", tone: "warn" };
  switch (placement.status) {
    case "scheduled":
      if (isDueHere(placement, now)) return { word: "due", tone: "warn" };
      return isOverdue(placement, now) ? { word: "overdue", tone: "warn" } : null;
    case "published":
      return { word: "✓ live", tone: "ok" };
    case "failed":
      return { word: "failed", tone: "bad" };
    case "partially-published":
      return { word: "partly", tone: "bad" };
    case "publishing":
      return { word: "going out", tone: "accent" };
    default:
      return { word: statusLabel(placement.status).toLowerCase(), tone: "plain" };
  }
}

/** The beginning of the post's text on one line, or what it has instead: more than a card can show. */
export function excerpt(post: PostView): string {
  const text = post.text.slice(0, 400).replace(/\s+/g, " ").trim();
  if (text) return text.length > 140 ? `${text.slice(0, 140).trimEnd()}…` : text;
  return post.media.length > 0 ? `No text, ${mediaWords(post.media)}` : "No text";
}

type Moment = { zone: string; today: number; clock: string; day: string; full: string };

/** Dates in words cost more than all else on a card, and zooming draws the same posts over and over. */
const moments = new WeakMap<Placement, Moment>();

/** When the post stands: "16:00", "Wed 18" and "Wed 18 March, 16:00". */
export function momentOf(placement: Placement, zone: string, now: number): Moment {
  const today = Math.floor(now / DAY);
  const known = moments.get(placement);
  if (known?.zone === zone && known.today === today) return known;
  const { time } = placement;
  const full = dayAndTime(time, zone, now);
  const moment = { zone, today, clock: clockTime(time, zone), day: shortDay(time, zone), full };
  moments.set(placement, moment);
  return moment;
}

/**
 * What a card does not show but is: "Scheduled, Wed 18 March, 16:00, X · @studio" and, where it matters, what still
 * holds at the service. Read out after what is written on the card.
 */
export function cardDetail(placement: Placement, zone: string, now: number): string {
  const { post, paused, status, account } = placement;
  const when = momentOf(placement, zone, now).full;
  const late = isOverdue(placement, now) ? "Overdue" : statusLabel(status);
  const word = isDueHere(placement, now) ? "Due now" : late;
  const state = paused ? `Paused from ${when}` : `${word}, ${when}`;
  return [state, channelLabel(placement.channel), attachments(post), pending(post, account, zone, now)]
    .filter(Boolean)
    .join(", ");
}

/** The same for a draft in the panel, whose channels are written on it. Remembered times are near: no year. */
export function draftDetail(post: PostView, account: AccountView | undefined, zone: string): string {
  const remembered = rememberedTime(post);
  const state = remembered === null ? "Draft" : `Paused from ${dayAndTime(remembered, zone, remembered)}`;
  return [state, attachments(post), account && pending(post, account, zone, remembered ?? 0)]
    .filter(Boolean)
    .join(", ");
}

/** "3 attachments"; null where there is none. */
function attachments({ media }: PostView): string | null {
  if (media.length === 0) return null;
  return media.length === 1 ? "1 attachment" : `${media.length} attachments`;
}

/** What the service still holds while a change is open, or holds twice; null when it holds what is shown. */
export function pending(post: PostView, account: AccountView, zone: string, now: number): string | null {
  if (isInGrace(post, now)) return "being deleted";
  if (isOnlyHere(post) && post.sync.state === "synced") return "only on this computer";
  if (post.sync.state === "synced") return post.isSpare ? "may be there twice" : null;
  const note = syncTag(post)?.word ?? "";
  if (post.sync.state === "needs-you") return `${note}: ${post.sync.why}`;
  if (post.sync.state === "conflict") return `${note}: it was also changed at ${account.serviceName}`;
  const service = account.serviceName;
  if (post.remote === null) return `${note}: not at ${service} yet`;
  const isWhereItIs = post.status === post.confirmedStatus && post.time === post.confirmedTime;
  if (isWhereItIs && !post.leaving) return note;
  const how = arrival(post.sync, service);
  if (post.confirmedStatus !== "scheduled" || post.confirmedTime === null) {
    return `${note}: ${how}`;
  }
  const shown = post.time === null ? rememberedTime(post) : Date.parse(post.time);
  const still = stillAt(post.confirmedTime, shown, zone, now);
  return `${note}: still goes out ${still}, ${how}`;
}

function stillAt(confirmed: string, shown: number | null, zone: string, now: number): string {
  const [day, time] = dayAndTime(confirmed, zone, now).split(", ");
  const sameDay = shown !== null && dayAndTime(shown, zone, now).split(", ")[0] === day;
  return sameDay ? `at ${time}` : `on ${day} at ${time}`;
}

/** "Sat 21 March, 10:00 to Sat 21 March, 12:00, X · @studio" */
export function stackDetail(placements: Placement[], zone: string, now: number): string {
  const [first, last] = [placements[0], placements.at(-1)];
  if (!first || !last) return "";
  const [from, to] = [momentOf(first, zone, now).full, momentOf(last, zone, now).full];
  return `${from === to ? from : `${from} to ${to}`}, ${channelLabel(first.channel)}`;
}

/** "10:00 – 12:00": when the posts of a stack go out, as short as it can be told. */
export function stackSpan(placements: Placement[], zone: string, now: number): string {
  const [first, last] = [placements[0], placements.at(-1)];
  if (!first || !last) return "";
  const [from, to] = [momentOf(first, zone, now), momentOf(last, zone, now)];
  if (from.day !== to.day) return `${from.day} – ${to.day}`;
  return from.clock === to.clock ? `${from.day} ${from.clock}` : `${from.clock} – ${to.clock}`;
}

export function laneName(lane: Lane): string {
  return `${lane.network ? channelLabel(lane.channel) : lane.channel.name}, ${accountName(lane.account)}`;
}

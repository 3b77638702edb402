// The times "Move to…" offers with one press.
import { Temporal } from "temporal-polyfill";
import type { AccountView, PostView } from "../host";
import { toTime } from "./local";

export type QuickPick = { label: string; time: string };

/** How far from another post of the same channel a free gap keeps. */
const APART = Temporal.Duration.from({ hours: 1 });
/** Free gaps are looked for on the half hours of the day, 08:00 to 21:00. */
const FIRST_HOUR = 8;
const LAST_HOUR = 21;
const STEP_MINUTES = 30;
/** How many days ahead a free gap is looked for. */
export const GAP_DAYS = 14;

/** Whose time is asked for: a post, or one that is not there yet. */
type Asked = { id: string | null; targets: { channel: string }[] };
type Context = { zone: string; now: number; account: AccountView; others: PostView[] };

/** `from` is the post's time, or the time a draft was paused from; null where it has none. */
export function quickPicks(post: Asked, from: string | null, context: Context): QuickPick[] {
  const { zone, now } = context;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const picks: QuickPick[] = [];
  if (from !== null) {
    const start = Temporal.Instant.from(from).toZonedDateTimeISO(zone);
    picks.push({ label: "+1 h", time: toTime(start.add({ hours: 1 }).toInstant()) });
    // The day after today, not the day after the post: that is what tomorrow means to the one who reads it.
    const tomorrow = today.toPlainDate().add({ days: 1 }).toPlainDateTime(start.toPlainTime());
    picks.push({ label: "Tomorrow, same time", time: toTime(tomorrow.toZonedDateTime(zone).toInstant()) });
    picks.push({ label: "+1 week", time: toTime(start.add({ weeks: 1 }).toInstant()) });
  } else {
    const hour = today.add({ hours: 1 }).round({ smallestUnit: "hour", roundingMode: "ceil" });
    picks.push({ label: "In an hour", time: toTime(hour.toInstant()) });
    picks.push({ label: "Tomorrow, 09:00", time: toTime(at(today, 1, 9)) });
    picks.push({ label: "In a week, 09:00", time: toTime(at(today, 7, 9)) });
  }
  const gap = nextFreeGap(post, context);
  if (gap !== null) picks.push({ label: "Next free gap", time: gap });
  return picks;
}

/** The first half hour of the day from now on with no other post of the same channels within an hour; null if none. */
export function nextFreeGap(post: Asked, { zone, now, account, others }: Context): string | null {
  const channels = new Set(post.targets.map((target) => target.channel));
  const apart = APART.total("millisecond");
  const taken = others
    .filter((other) => other.id !== post.id && other.time !== null)
    .filter((other) => other.targets.some((target) => channels.has(target.channel)))
    .map((other) => Date.parse(other.time ?? ""));
  const earliest = now + account.capabilities.leadSeconds * 1000;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  for (let days = 0; days < GAP_DAYS; days++) {
    for (let minutes = FIRST_HOUR * 60; minutes <= LAST_HOUR * 60; minutes += STEP_MINUTES) {
      const candidate = at(today, days, Math.floor(minutes / 60), minutes % 60);
      const epoch = candidate.epochMilliseconds;
      if (epoch >= earliest && taken.every((other) => Math.abs(other - epoch) >= apart)) {
        return toTime(candidate);
      }
    }
  }
  return null;
}

function at(today: Temporal.ZonedDateTime, days: number, hour: number, minute = 0): Temporal.Instant {
  return today
    .toPlainDate()
    .add({ days })
    .toPlainDateTime(new Temporal.PlainTime(hour, minute))
    .toZonedDateTime(today.timeZoneId)
    .toInstant();
}

// What a drag or a nudge would do, in words: "Fri 20, 17:15" and "+1 d 2 h 45 min".
import { difference as gap } from "../time/difference";
import { clockTime, relative, utcOffset } from "../time/format";
import { fields, rfc3339, zoned } from "./dates";
import { DAY } from "./geometry";

/** How far `to` is from `from`, in calendar days and clock hours: a day across a clock change is one day. */
export function difference(from: number, to: number, zone: string): string {
  return gap(rfc3339(from), rfc3339(to), zone);
}

/**
 * A new time for the ghost: "Fri 20, 17:15", with the month and year where they are not `near`'s,
 * and with the offset where the clock shows that time twice.
 */
export function moment(time: number, near: number, zone: string): string {
  const at = fields(time, zone);
  const other = fields(near, zone);
  const sameYear = at.year === other.year;
  const month = sameYear && at.month === other.month ? "" : ` ${at.month.slice(0, 3)}`;
  const year = sameYear ? "" : ` ${at.year}`;
  return `${at.weekday} ${at.day}${month}${year}, ${clockTime(time, zone)}${twice(time, zone)}`;
}

/** The two halves of the ghost's bubble. A draft without a time has nothing to differ from: it says how soon it is. */
export function preview(from: number | null, to: number, now: number, zone: string): [string, string] {
  return [moment(to, from ?? now, zone), from === null ? relative(to, now) : difference(from, to, zone)];
}

/** A nudge as it is read out: "from Tue 09:00 to Tue 09:15". Further apart than the weekdays tell, with the date. */
export function fromTo(from: number, to: number, zone: string): string {
  const near = Math.abs(to - from) < 6 * DAY;
  const say = (time: number) => {
    const { weekday, day, month } = fields(time, zone);
    const date = near ? weekday : `${weekday} ${day} ${month}`;
    return `${date} ${clockTime(time, zone)}${twice(time, zone)}`;
  };
  return `from ${say(from)} to ${say(to)}`;
}

/** " (UTC+1)" where the clock shows this time twice because it is set back that day; nothing otherwise. */
function twice(time: number, zone: string): string {
  const at = zoned(time, zone);
  if (at.hoursInDay <= 24) return "";
  const wall = at.toPlainDateTime();
  const [first, second] = (["earlier", "later"] as const).map(
    (disambiguation) => wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
  );
  return first === second ? "" : ` (${utcOffset(time, zone)})`;
}

// Dates as the time axis and the header need them, in the zone the window shows. Times are epoch milliseconds.
import { Temporal } from "temporal-polyfill";

export type Fields = { weekday: string; day: number; month: string; year: number };

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      day: "numeric",
      month: "long",
      year: "numeric",
    });
    formats.set(zone, found);
  }
  return found;
}

/** The calendar date of an instant: weekday short ("Fri"), month in full ("March"). */
export function fields(time: number, zone: string): Fields {
  const parts = new Map(
    format(zone)
      .formatToParts(time)
      .map((part) => [part.type, part.value]),
  );
  return {
    weekday: parts.get("weekday") ?? "",
    day: Number(parts.get("day")),
    month: parts.get("month") ?? "",
    year: Number(parts.get("year")),
  };
}

/** The first day of a range through its last, as a heading: "16 – 22 March 2026". */
export function rangeLabel(from: number, to: number, zone: string): string {
  const a = fields(from, zone);
  const b = fields(Math.max(from, to - 1), zone);
  if (a.year !== b.year) return `${a.day} ${a.month} ${a.year} – ${b.day} ${b.month} ${b.year}`;
  if (a.month !== b.month) return `${a.day} ${a.month} – ${b.day} ${b.month} ${b.year}`;
  if (a.day !== b.day) return `${a.day} – ${b.day} ${b.month} ${b.year}`;
  return `${a.weekday} ${a.day} ${a.month} ${a.year}`;
}

export function zoned(time: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(time)).toZonedDateTimeISO(zone);
}

export function startOfDay(time: number, zone: string): number {
  return zoned(time, zone).startOfDay().epochMilliseconds;
}

/** RFC 3339 UTC without fractions where there are none: "2026-03-20T16:15:00Z". */
export function rfc3339(time: number): string {
  return new Date(Math.round(time)).toISOString().replace(".000Z", "Z");
}

/** "Fri 20" */
export function shortDay(time: number, zone: string): string {
  const { weekday, day } = fields(time, zone);
  return `${weekday} ${day}`;
}

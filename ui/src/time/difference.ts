// The difference between two times as a person counts it: whole days by the calendar, the rest by the clock.
import { Temporal } from "temporal-polyfill";

/** "+1 d 2 h 45 min", "−15 min", "no change". A day is a day even when the clocks change in it. */
export function difference(from: string, to: string, zone: string): string {
  const start = Temporal.Instant.from(from).toZonedDateTimeISO(zone);
  const end = Temporal.Instant.from(to).toZonedDateTimeISO(zone);
  const gap = start.until(end, { largestUnit: "day", smallestUnit: "minute" });
  if (gap.blank) return "no change";
  const { days, hours, minutes } = gap.abs();
  const words = [days > 0 && `${days} d`, hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`];
  return (gap.sign < 0 ? "−" : "+") + words.filter(Boolean).join(" ");
}

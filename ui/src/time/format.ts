// Times as the window writes them: 24 hours, day before month, in the zone the window shows.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
    formats.set(key, found);
  }
  return found;
}

/** "17:15" */
export function clockTime(time: string | number, zone: string): string {
  return format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(time));
}

/** "Fri 20 March", with the year where it is not `now`'s. */
export function day(time: string | number, zone: string, now: number): string {
  const date = new Date(time);
  const parts = new Map(
    format(zone, { weekday: "short", day: "numeric", month: "long", year: "numeric" })
      .formatToParts(date)
      .map((part) => [part.type, part.value]),
  );
  const words = `${parts.get("weekday")} ${parts.get("day")} ${parts.get("month")}`;
  const year = format(zone, { year: "numeric" });
  return year.format(date) === year.format(new Date(now)) ? words : `${words} ${parts.get("year")}`;
}

/** "Fri 20 March, 17:15" */
export function dayAndTime(time: string | number, zone: string, now: number): string {
  return `${day(time, zone, now)}, ${clockTime(time, zone)}`;
}

/** "17:15" today, "Tue 17 March, 17:15" on any other day. */
export function shortest(time: string | number, zone: string, now: number): string {
  return day(time, zone, now) === day(now, zone, now) ? clockTime(time, zone) : dayAndTime(time, zone, now);
}

/** "Fri 20, 17:15" within a week, where the day alone says which; "Fri 20 March, 17:15" later. */
export function soonWords(time: string, zone: string, now: number): string {
  const [weekday, date] = day(time, zone, now).split(" ");
  const near = Math.abs(Date.parse(time) - now) < 7 * DAY;
  return near ? `${weekday} ${date}, ${clockTime(time, zone)}` : dayAndTime(time, zone, now);
}

/** A length of time in its two largest units, minutes at the least: "5 h 58 min", "1 d 2 h", "under 1 min". */
export function duration(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  if (length < MINUTE) return "under 1 min";
  const days = Math.floor(length / DAY);
  const hours = Math.floor((length % DAY) / HOUR);
  const minutes = Math.floor((length % HOUR) / MINUTE);
  const parts =
    days > 0
      ? [`${days} d`, hours > 0 ? `${hours} h` : ""]
      : [hours > 0 ? `${hours} h` : "", minutes > 0 ? `${minutes} min` : ""];
  return parts.filter(Boolean).join(" ");
}

/** "in 5 h 58 min", "3 min ago", "just now" */
export function relative(time: string | number, now: number): string {
  const gap = new Date(time).getTime() - now;
  if (gap <= 0 && gap > -MINUTE) return "just now";
  return gap >= 0 ? `in ${duration(gap)}` : `${duration(gap)} ago`;
}

/** "3 min ago", "just now": the window's clock ticks seldom, so what has happened may be newer than its `now`. */
export function ago(time: string, now: number): string {
  return relative(time, Math.max(now, Date.parse(time)));
}

/** "UTC+1", "UTC−3:30", "UTC" at the given time. */
export function utcOffset(time: string | number, zone: string): string {
  const name = format(zone, { timeZoneName: "shortOffset" })
    .formatToParts(new Date(time))
    .find((part) => part.type === "timeZoneName")?.value;
  return (name ?? "UTC").replace(/^GMT(\+0$)?/, "UTC").replace("-", "−");
}

/** "Europe/Berlin (UTC+1)" at the given time. */
export function zoneLabel(zone: string, time: string | number): string {
  const [name, offset] = [zone.replaceAll("_", " "), utcOffset(time, zone)];
  return name === offset ? name : `${name} (${offset})`;
}

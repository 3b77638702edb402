// Reads the dates and times people type: WebKitGTK has no date and time fields of its own.
import { Temporal } from "temporal-polyfill";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/**
 * "2026-03-20", "20.3.2026", "20/3", "20 March", "Fri 20 Mar 2026", "friday", "today", "tomorrow".
 * Day before month; without a year the next such date from `today` on. Null where it can't be read.
 */
export function parseDate(text: string, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const words = text.trim().toLowerCase();
  if (words === "today") return today;
  if (words === "tomorrow") return today.add({ days: 1 });
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words);
  if (iso) return date(iso[1], iso[2], iso[3]);
  const numeric = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4})?)?$/.exec(words);
  if (numeric) return dated(numeric[1], numeric[2], numeric[3], today);
  const named = /^(?:[a-z]+,?\s+)?(\d{1,2})\.?\s+([a-z]{3,})\.?,?(?:\s+(\d{4}))?$/.exec(words);
  if (named) return dated(named[1], monthNumber(named[2]), named[3], today);
  const weekday = WEEKDAYS.findIndex((name) => words.length >= 3 && isStartOf(words, name)) + 1;
  if (weekday > 0) return today.add({ days: (weekday - today.dayOfWeek + 7) % 7 || 7 });
  return null;
}

/** "17:15", "1715", "9", "5pm", "5.15 pm". Null where it can't be read. */
export function parseTime(text: string): Temporal.PlainTime | null {
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$/.exec(text.trim().toLowerCase());
  if (!found) return null;
  let hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  if (found[3]) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (found[3].startsWith("p") ? 12 : 0);
  }
  return hour > 23 || minute > 59 ? null : new Temporal.PlainTime(hour, minute);
}

function dated(
  day: string | undefined,
  month: string | undefined,
  year: string | undefined,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  if (year) return date(year, month, day);
  const thisYear = date(String(today.year), month, day);
  if (thisYear && Temporal.PlainDate.compare(thisYear, today) >= 0) return thisYear;
  return date(String(today.year + 1), month, day) ?? thisYear;
}

function date(year?: string, month?: string, day?: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: "reject" },
    );
  } catch {
    return null;
  }
}

function monthNumber(word: string | undefined): string {
  return String(MONTHS.indexOf((word ?? "").slice(0, 3)) + 1);
}

/** Whether a word is a weekday's name or a start of it, told by its first three letters. */
function isStartOf(word: string, weekday: string): boolean {
  return /^[a-z]+$/.test(word) && word.startsWith(weekday);
}

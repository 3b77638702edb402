// The time axis: which days, hours or months get a line and a label at a zoom, in the user's zone.
// Days are the zone's own, so a day with a clock change is drawn 23 or 25 hours wide.

import { clockTime } from "../time/format";
import { fields, zoned } from "./dates";
import { HOUR, MINUTE } from "./geometry";

/** The smaller unit: where it begins. */
export type Tick = { time: number; label: string };
/** The larger unit: from where to where, `strong` set in bold before `label`. */
export type Span = { time: number; until: number; strong: string; label: string };
/** Two rows of labels, the larger unit above. Either draws its lines. */
export type Axis = { unit: "day" | "month"; majors: Span[]; minors: Tick[] };

const DAY_LABEL_WIDTH = 56;
const MINOR_LABEL_WIDTH = 46;
const DATE_LABEL_WIDTH = 22;
const STEPS = [5, 15, 30, 60, 120, 180, 360, 720];

export function axis(from: number, to: number, scale: number, zone: string): Axis {
  const dayWidth = scale * 24;
  return dayWidth >= DAY_LABEL_WIDTH ? dayAxis(from, to, scale, zone) : monthAxis(from, to, dayWidth, zone);
}

function dayAxis(from: number, to: number, scale: number, zone: string): Axis {
  const starts = dayStarts(from, to, zone);
  const wide = scale * 24 >= 110;
  const majors = spans(starts, (time) => {
    const { weekday, day, month } = fields(time, zone);
    if (day !== 1) return { strong: weekday, label: String(day) };
    return { strong: weekday, label: `${day} ${wide ? month : month.slice(0, 3)}` };
  });
  const step = STEPS.find((minutes) => (minutes / 60) * scale >= MINOR_LABEL_WIDTH);
  if (!step) return { unit: "day", majors, minors: [] };
  const times = pairs(starts).flatMap(([start, next]) => withinDay(start, next, step, zone));
  const minors = times.map((time) => ({ time, label: clockTime(time, zone) }));
  return { unit: "day", majors, minors };
}

function monthAxis(from: number, to: number, dayWidth: number, zone: string): Axis {
  const months: number[] = [];
  let month = zoned(from, zone).with({ day: 1 }).startOfDay();
  while (month.epochMilliseconds < to) {
    months.push(month.epochMilliseconds);
    month = month.add({ months: 1 });
  }
  months.push(month.epochMilliseconds);
  const majors = spans(months, (time) => {
    const { month: name, year } = fields(time, zone);
    return { strong: name, label: String(year) };
  });
  const daily = dayWidth >= DATE_LABEL_WIDTH;
  const days = daily ? dayStarts(from, to, zone) : mondays(from, to, zone);
  const minors = days.slice(0, -1).map((time) => ({ time, label: String(fields(time, zone).day) }));
  return { unit: "month", majors, minors };
}

/** Turns boundaries into spans; the last boundary only closes the one before it. */
function spans(times: number[], name: (time: number) => { strong: string; label: string }): Span[] {
  return pairs(times).map(([time, until]) => ({ time, until, ...name(time) }));
}

function pairs(times: number[]): [number, number][] {
  return times.slice(1).map((until, index) => [times[index] as number, until]);
}

/** Every midnight from the one at or before `from` to the first at or after `to`. */
export function dayStarts(from: number, to: number, zone: string): number[] {
  const starts: number[] = [];
  let day = zoned(from, zone).startOfDay();
  while (day.epochMilliseconds < to) {
    starts.push(day.epochMilliseconds);
    day = day.add({ days: 1 }).startOfDay();
  }
  starts.push(day.epochMilliseconds);
  return starts;
}

function mondays(from: number, to: number, zone: string): number[] {
  const starts: number[] = [];
  const first = zoned(from, zone);
  let monday = first.subtract({ days: first.dayOfWeek - 1 }).startOfDay();
  while (monday.epochMilliseconds < to) {
    starts.push(monday.epochMilliseconds);
    monday = monday.add({ weeks: 1 }).startOfDay();
  }
  starts.push(monday.epochMilliseconds);
  return starts;
}

/** The wall-clock multiples of `step` minutes in one day, midnight left out (it is the day's own line). */
function withinDay(start: number, next: number, step: number, zone: string): number[] {
  const times: number[] = [];
  if (next - start === 24 * HOUR) {
    for (let time = start + step * MINUTE; time < next; time += step * MINUTE) times.push(time);
    return times;
  }
  const stride = Math.min(step, 60) * MINUTE;
  for (let time = start + stride; time < next; time += stride) {
    const at = zoned(time, zone);
    if ((at.hour * 60 + at.minute) % step === 0) times.push(time);
  }
  return times;
}

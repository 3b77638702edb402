import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { account } from "../host/memory-demo";
import { difference } from "./difference";
import { ago, dayAndTime, duration, relative, shortest, utcOffset, zoneLabel } from "./format";
import { resolveLocal, toLocal } from "./local";
import { parseDate, parseTime } from "./parse";
import { refusal } from "./refusal";

const BERLIN = "Europe/Berlin";
const NOW = Date.parse("2026-03-18T09:02:00Z");
const TODAY = Temporal.PlainDate.from("2026-03-18");

function local(date: string, clock: string) {
  return resolveLocal(Temporal.PlainDate.from(date), Temporal.PlainTime.from(clock), BERLIN);
}

describe("how a time is written", () => {
  test("the day comes before the month, and the clock has 24 hours", () => {
    expect(dayAndTime("2026-03-20T16:15:00Z", BERLIN, NOW)).toBe("Fri 20 March, 17:15");
    expect(dayAndTime("2026-03-20T23:00:00Z", BERLIN, NOW)).toBe("Sat 21 March, 00:00");
  });

  test("another year is named", () => {
    expect(dayAndTime("2027-01-01T08:00:00Z", BERLIN, NOW)).toBe("Fri 1 January 2027, 09:00");
  });

  test("today needs no date", () => {
    expect(shortest("2026-03-18T15:00:00Z", BERLIN, NOW)).toBe("16:00");
    expect(shortest("2026-03-17T15:00:00Z", BERLIN, NOW)).toBe("Tue 17 March, 16:00");
  });

  test("a distance keeps its two largest units", () => {
    expect(relative("2026-03-18T15:00:00Z", NOW)).toBe("in 5 h 58 min");
    expect(relative("2026-03-18T08:59:00Z", NOW)).toBe("3 min ago");
    expect(relative("2026-03-18T09:01:30Z", NOW)).toBe("just now");
    expect(duration(26 * 3_600_000 + 60_000)).toBe("1 d 2 h");
    expect(duration(59_000)).toBe("under 1 min");
  });

  test("what has happened is never ahead, however the window's clock lags", () => {
    expect(ago("2026-03-18T09:02:20Z", NOW)).toBe("just now");
    expect(ago("2026-03-18T08:59:00Z", NOW)).toBe("3 min ago");
  });

  test("a zone is named with its offset at that time", () => {
    expect(zoneLabel(BERLIN, NOW)).toBe("Europe/Berlin (UTC+1)");
    expect(zoneLabel("UTC", NOW)).toBe("UTC");
    expect(utcOffset("2026-07-01T00:00:00Z", BERLIN)).toBe("UTC+2");
    expect(utcOffset(NOW, "America/St_Johns")).toBe("UTC−2:30");
    expect(utcOffset(NOW, "UTC")).toBe("UTC");
  });
});

describe("the difference between two times", () => {
  test("counts days, hours and minutes, and says which way", () => {
    expect(difference("2026-03-19T13:30:00Z", "2026-03-20T16:15:00Z", BERLIN)).toBe("+1 d 2 h 45 min");
    expect(difference("2026-03-19T13:30:00Z", "2026-03-19T13:15:00Z", BERLIN)).toBe("−15 min");
    expect(difference("2026-03-19T13:30:00Z", "2026-03-19T13:30:00Z", BERLIN)).toBe("no change");
  });

  test("a day across a change of the clocks is one day, though it has 23 hours", () => {
    expect(difference("2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z", BERLIN)).toBe("+1 d");
  });
});

describe("a local date and time", () => {
  test("is one instant on most days", () => {
    expect(local("2026-03-20", "17:15")).toEqual({ kind: "once", time: "2026-03-20T16:15:00Z" });
  });

  test("that the clocks skip becomes the time they jump to, and says so", () => {
    const skipped = local("2026-03-29", "02:30");
    expect(skipped).toMatchObject({ kind: "skipped", time: "2026-03-29T01:30:00Z" });
    expect(skipped).toHaveProperty("note", expect.stringContaining("02:30 does not exist: 03:30 is used"));
  });

  test("that the clocks show twice leaves the choice", () => {
    expect(local("2026-10-25", "02:30")).toEqual({
      kind: "twice",
      earlier: "2026-10-25T00:30:00Z",
      later: "2026-10-25T01:30:00Z",
      earlierLabel: "The first 02:30 (UTC+2)",
      laterLabel: "The second 02:30 (UTC+1)",
    });
  });

  test("comes back from its instant, to the minute", () => {
    const { date, clock } = toLocal("2026-03-20T16:15:59Z", BERLIN);
    expect([date.toString(), clock.toString()]).toEqual(["2026-03-20", "17:15:00"]);
  });
});

describe("what people type", () => {
  test.each([
    ["2026-03-20", "2026-03-20"],
    ["20.3.2026", "2026-03-20"],
    ["20/3", "2026-03-20"],
    ["20.3.", "2026-03-20"],
    ["20 March", "2026-03-20"],
    ["Fri 20 Mar 2026", "2026-03-20"],
    ["today", "2026-03-18"],
    ["Tomorrow", "2026-03-19"],
    ["fri", "2026-03-20"],
    ["wednesday", "2026-03-25"],
    ["17 March", "2027-03-17"],
  ])("%s is %s", (text, date) => {
    expect(parseDate(text, TODAY)?.toString()).toBe(date);
  });

  test.each(["", "soon", "32 March", "2026-02-30", "29 Feb", "20 Foo", "3", "th"])(
    "%j is no date",
    (text) => {
      expect(parseDate(text, TODAY)).toBeNull();
    },
  );

  test.each([
    ["17:15", "17:15:00"],
    ["1715", "17:15:00"],
    ["9", "09:00:00"],
    ["9.30", "09:30:00"],
    ["5pm", "17:00:00"],
    ["12:05 am", "00:05:00"],
  ])("%s is %s", (text, clock) => {
    expect(parseTime(text)?.toString()).toBe(clock);
  });

  test.each(["", "25:00", "9:60", "13pm", "noonish", "17:1"])("%j is no time", (text) => {
    expect(parseTime(text)).toBeNull();
  });
});

describe("a time that can't be asked for", () => {
  const postpost = account("studio", "Studio", NOW, []);

  test("has passed", () => {
    expect(refusal("2026-03-18T09:01:00Z", NOW, BERLIN, postpost)).toBe(
      "Wed 18 March, 10:01 has passed. Pick a later time.",
    );
  });

  test("is nearer than the service takes a change", () => {
    expect(refusal("2026-03-18T09:03:59Z", NOW, BERLIN, postpost)).toContain("at least 2 min");
    expect(refusal("2026-03-18T09:04:00Z", NOW, BERLIN, postpost)).toBeNull();
  });

  test("is later than the plan reaches", () => {
    const capabilities = { ...postpost.capabilities, horizon: "2026-03-25T09:00:00Z" };
    expect(refusal("2026-03-25T09:00:01Z", NOW, BERLIN, { ...postpost, capabilities })).toContain(
      "no later than Wed 25 March, 10:00",
    );
    expect(refusal("2026-03-25T09:00:00Z", NOW, BERLIN, { ...postpost, capabilities })).toBeNull();
  });
});

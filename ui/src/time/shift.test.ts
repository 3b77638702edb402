import { expect, test } from "vitest";
import { pauseLength, shiftedTime } from "./shift";

const BERLIN = "Europe/Berlin";

test("a shift is at least as long as the pause, in steps of five minutes", () => {
  const minutes = (now: string) =>
    pauseLength("2026-03-18T09:00:00Z", Date.parse(now), BERLIN).total("minute");
  expect(minutes("2026-03-18T09:00:01Z")).toBe(5);
  expect(minutes("2026-03-18T09:10:00Z")).toBe(10);
  expect(minutes("2026-03-18T09:10:01Z")).toBe(15);
});

test("posts keep their distances", () => {
  const now = Date.parse("2026-03-18T12:00:00Z");
  const shifted = (time: string) => shiftedTime(time, "2026-03-18T09:00:00Z", now, BERLIN);
  expect(shifted("2026-03-18T10:00:00Z")).toBe("2026-03-18T13:00:00Z");
  expect(shifted("2026-03-18T10:30:00Z")).toBe("2026-03-18T13:30:00Z");
});

test("over a change of the clocks the time of day stays", () => {
  // The clocks go forward on Sunday, 29 March: two days later, nine is still nine.
  const forward = shiftedTime(
    "2026-03-28T08:00:00Z",
    "2026-03-28T07:00:00Z",
    Date.parse("2026-03-30T06:00:00Z"),
    BERLIN,
  );
  expect(forward).toBe("2026-03-30T07:00:00Z");
  // They go back on Sunday, 25 October.
  const back = shiftedTime(
    "2026-10-24T07:00:00Z",
    "2026-10-24T06:00:00Z",
    Date.parse("2026-10-26T07:00:00Z"),
    BERLIN,
  );
  expect(back).toBe("2026-10-26T08:00:00Z");
  // A time that the clocks skip is as much later as they jump.
  const skipped = shiftedTime(
    "2026-03-28T01:30:00Z",
    "2026-03-28T00:30:00Z",
    Date.parse("2026-03-29T00:30:00Z"),
    BERLIN,
  );
  expect(skipped).toBe("2026-03-29T01:30:00Z");
});

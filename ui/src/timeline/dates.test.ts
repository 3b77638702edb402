import { describe, expect, it } from "vitest";
import { rangeLabel, rfc3339, startOfDay } from "./dates";
import { BERLIN } from "./fixtures";

const label = (from: string, to: string) => rangeLabel(Date.parse(from), Date.parse(to), BERLIN);

describe("the heading of a range", () => {
  it("names_the_last_day_shown_not_the_midnight_after_it", () => {
    expect(label("2026-03-15T23:00:00Z", "2026-03-22T23:00:00Z")).toBe("16 – 22 March 2026");
  });

  it("names_what_differs", () => {
    expect(label("2026-03-29T22:00:00Z", "2026-04-05T22:00:00Z")).toBe("30 March – 5 April 2026");
    expect(label("2026-12-27T23:00:00Z", "2027-01-03T23:00:00Z")).toBe("28 December 2026 – 3 January 2027");
    expect(label("2026-03-18T08:00:00Z", "2026-03-18T14:00:00Z")).toBe("Wed 18 March 2026");
  });
});

it("a_day_starts_at_the_midnight_of_its_zone", () => {
  expect(startOfDay(Date.parse("2026-03-18T23:30:00Z"), BERLIN)).toBe(Date.parse("2026-03-18T23:00:00Z"));
});

it("a_time_is_written_in_utc_without_empty_fractions", () => {
  expect(rfc3339(Date.parse("2026-03-20T16:15:00Z"))).toBe("2026-03-20T16:15:00Z");
});

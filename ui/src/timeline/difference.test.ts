import { describe, expect, it } from "vitest";
import { difference, fromTo, moment, preview } from "./difference";
import { BERLIN, NOW } from "./fixtures";

const at = (text: string) => Date.parse(text);
const thursday = at("2026-03-19T13:30:00Z");

describe("how far", () => {
  it("is_told_in_days_hours_and_minutes", () => {
    expect(difference(thursday, at("2026-03-20T16:15:00Z"), BERLIN)).toBe("+1 d 2 h 45 min");
    expect(difference(at("2026-03-20T16:15:00Z"), thursday, BERLIN)).toBe("−1 d 2 h 45 min");
    expect(difference(thursday, thursday, BERLIN)).toBe("no change");
  });

  it("counts_a_day_across_a_clock_change_as_one_day", () => {
    expect(difference(at("2026-03-28T08:00:00Z"), at("2026-03-29T07:00:00Z"), BERLIN)).toBe("+1 d");
  });
});

describe("the ghost", () => {
  it("shows_the_new_time_and_the_difference", () => {
    expect(preview(thursday, at("2026-03-20T16:15:00Z"), NOW, BERLIN)).toEqual([
      "Fri 20, 17:15",
      "+1 d 2 h 45 min",
    ]);
  });

  it("says_how_soon_a_draft_without_a_time_would_go_out", () => {
    expect(preview(null, at("2026-03-18T11:02:00Z"), NOW, BERLIN)).toEqual(["Wed 18, 12:02", "in 2 h"]);
  });

  it("names_the_month_and_year_only_where_they_change", () => {
    expect(moment(at("2026-04-03T15:15:00Z"), thursday, BERLIN)).toBe("Fri 3 Apr, 17:15");
    expect(moment(at("2027-03-03T16:15:00Z"), thursday, BERLIN)).toBe("Wed 3 Mar 2027, 17:15");
  });

  it("tells_the_two_half_past_twos_apart", () => {
    expect(moment(at("2026-10-25T00:30:00Z"), at("2026-10-24T10:00:00Z"), BERLIN)).toBe(
      "Sun 25, 02:30 (UTC+2)",
    );
    expect(moment(at("2026-10-25T01:30:00Z"), at("2026-10-24T10:00:00Z"), BERLIN)).toBe(
      "Sun 25, 02:30 (UTC+1)",
    );
    expect(moment(at("2026-10-25T11:30:00Z"), at("2026-10-24T10:00:00Z"), BERLIN)).toBe("Sun 25, 12:30");
  });
});

describe("a nudge in words", () => {
  it("names_weekdays_while_they_are_enough", () => {
    expect(fromTo(at("2026-03-17T08:00:00Z"), at("2026-03-17T08:15:00Z"), BERLIN)).toBe(
      "from Tue 09:00 to Tue 09:15",
    );
  });

  it("names_dates_where_a_weekday_could_be_either", () => {
    expect(fromTo(at("2026-03-17T08:00:00Z"), at("2026-03-24T08:00:00Z"), BERLIN)).toBe(
      "from Tue 17 March 09:00 to Tue 24 March 09:00",
    );
  });
});

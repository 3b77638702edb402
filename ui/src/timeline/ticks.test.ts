import { describe, expect, it } from "vitest";
import { BERLIN } from "./fixtures";
import { HOUR } from "./geometry";
import { axis } from "./ticks";

const at = (text: string) => Date.parse(text);
const label = (tick: { strong?: string; label: string }) => `${tick.strong ?? ""} ${tick.label}`.trim();
const hours = (tick: { time: number; until: number }) => (tick.until - tick.time) / HOUR;

describe("a week", () => {
  const week = axis(at("2026-03-15T23:00:00Z"), at("2026-03-22T23:00:00Z"), 4.5, BERLIN);

  it("has_a_line_for_each_day_of_the_zone", () => {
    expect(week.unit).toBe("day");
    expect(week.majors.map(label)).toEqual([
      "Mon 16",
      "Tue 17",
      "Wed 18",
      "Thu 19",
      "Fri 20",
      "Sat 21",
      "Sun 22",
    ]);
    expect(week.majors[0]?.time).toBe(at("2026-03-15T23:00:00Z"));
  });

  it("has_room_for_noon_between_them", () => {
    expect(new Set(week.minors.map(label))).toEqual(new Set(["12:00"]));
    expect(week.minors).toHaveLength(7);
  });
});

describe("days with a clock change", () => {
  it("the_day_the_clocks_go_forward_is_23_hours_wide_and_has_no_two_o_clock", () => {
    const { majors, minors } = axis(at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z"), 60, BERLIN);
    expect(majors.map(hours)).toEqual([23]);
    expect(minors.slice(0, 3).map(label)).toEqual(["01:00", "03:00", "04:00"]);
    expect(minors).toHaveLength(22);
  });

  it("the_day_the_clocks_go_back_is_25_hours_wide_and_shows_two_o_clock_twice", () => {
    const { majors, minors } = axis(at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z"), 60, BERLIN);
    expect(majors.map(hours)).toEqual([25]);
    expect(minors.slice(0, 4).map(label)).toEqual(["01:00", "02:00", "02:00", "03:00"]);
  });

  it("the_days_after_it_begin_at_the_new_midnight", () => {
    const { majors } = axis(at("2026-03-28T23:00:00Z"), at("2026-03-31T22:00:00Z"), 4.5, BERLIN);
    expect(majors.map((tick) => new Date(tick.time).toISOString().slice(0, 13))).toEqual([
      "2026-03-28T23",
      "2026-03-29T22",
      "2026-03-30T22",
    ]);
  });

  it("six_hour_labels_stay_on_the_clock_after_a_change", () => {
    const { minors } = axis(at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z"), 8, BERLIN);
    expect(minors.map(label)).toEqual(["06:00", "12:00", "18:00"]);
  });
});

describe("other zooms", () => {
  it("hours_split_into_quarters_when_there_is_room", () => {
    const { minors } = axis(at("2026-03-18T08:00:00Z"), at("2026-03-18T10:00:00Z"), 200, BERLIN);
    expect(minors.map(label)).toContain("09:15");
    expect(minors.map(label)).not.toContain("09:05");
  });

  it("months_show_their_mondays", () => {
    const { unit, majors, minors } = axis(
      at("2026-03-10T00:00:00Z"),
      at("2026-04-20T00:00:00Z"),
      0.5,
      BERLIN,
    );
    expect(unit).toBe("month");
    expect(majors.map(label)).toEqual(["March 2026", "April 2026"]);
    expect(minors.map(label)).toEqual(["9", "16", "23", "30", "6", "13", "20"]);
  });

  it("a_zone_with_a_quarter_hour_offset_has_its_own_midnights", () => {
    const { majors } = axis(at("2026-03-18T00:00:00Z"), at("2026-03-18T12:00:00Z"), 4.5, "Asia/Kathmandu");
    expect(majors[0]?.time).toBe(at("2026-03-17T18:15:00Z"));
  });

  it("the_first_of_a_month_says_which", () => {
    const { majors } = axis(at("2026-03-30T22:00:00Z"), at("2026-04-02T22:00:00Z"), 5, BERLIN);
    expect(majors.map(label)).toEqual(["Tue 31", "Wed 1 April", "Thu 2"]);
  });
});

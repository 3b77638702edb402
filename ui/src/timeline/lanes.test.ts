import { describe, expect, it } from "vitest";
import { account, NOW, post, targets } from "./fixtures";
import { buildLanes, countBetween, rememberedTime } from "./lanes";

const at = (text: string) => Date.parse(text);
const THURSDAY = "2026-03-19T13:30:00Z";
const FRIDAY = "2026-03-20T08:00:00Z";

function placements(...posts: ReturnType<typeof post>[]) {
  return buildLanes([account()], posts, NOW).lanes.flatMap((lane) => lane.placements);
}

describe("lanes", () => {
  it("each_channel_has_one_in_the_order_of_the_accounts_even_without_posts", () => {
    const other = account({
      id: "harbour",
      channels: [{ id: "b", network: "bluesky", name: "", handle: null, problem: null, hidden: false }],
    });
    const { lanes } = buildLanes([account(), other], [], NOW);
    expect(lanes.map((lane) => [lane.account.id, lane.network])).toEqual([
      ["studio", "LinkedIn"],
      ["studio", "X"],
      ["harbour", "Bluesky"],
    ]);
  });

  it("a_hidden_one_is_left_out_with_its_posts_and_counted_at_its_own_account_alone", () => {
    const [linkedin, x] = account().channels;
    if (!linkedin || !x) throw new Error("the fixture has two channels");
    const mine = account({ channels: [{ ...linkedin, hidden: true }, x] });
    const posts = [
      post({ targets: targets("linkedin-1") }),
      post({ id: "both", targets: targets("linkedin-1", "x-1") }),
      post({ id: "other", account: "other", targets: targets("linkedin-1") }),
    ];
    const { lanes, hidden } = buildLanes([mine, account({ id: "other" })], posts, NOW);
    expect(hidden.map(({ id }) => id)).toEqual(["linkedin-1"]);
    expect(lanes.map((lane) => [lane.account.id, ...lane.placements.map(({ post }) => post.id)])).toEqual([
      ["studio", "both"],
      ["other", "other"],
      ["other"],
    ]);
  });

  it("a_post_stands_in_every_lane_it_targets_once_each", () => {
    const both = placements(post({ targets: targets("linkedin-1", "x-1", "x-1") }));
    expect(both.map(({ channel }) => channel.id)).toEqual(["linkedin-1", "x-1"]);
    expect(new Set(both.map(({ key }) => key)).size).toBe(2);
  });

  it("the_same_channel_id_at_two_accounts_is_two_lanes", () => {
    const { lanes } = buildLanes([account(), account({ id: "other" })], [post({ account: "other" })], NOW);
    expect(lanes.map((lane) => lane.placements.length)).toEqual([0, 0, 0, 1]);
  });

  it("a_channel_only_a_post_names_gets_a_lane_in_its_own_account", () => {
    const accounts = [account(), account({ id: "other" })];
    const { lanes } = buildLanes(accounts, [post({ targets: targets("gone") })], NOW);
    expect(lanes.map((lane) => `${lane.account.id} ${lane.channel.id}`)).toEqual([
      "studio linkedin-1",
      "studio x-1",
      "studio gone",
      "other linkedin-1",
      "other x-1",
    ]);
    expect(lanes[2]?.placements).toHaveLength(1);
  });

  it("placements_are_sorted_by_time_and_counted_in_a_range", () => {
    const lane = placements(post({ id: "b", time: FRIDAY, confirmedTime: FRIDAY }), post({ id: "a" }));
    expect(lane.map((placement) => placement.post.id)).toEqual(["a", "b"]);
    expect(countBetween(lane, at(THURSDAY), at(FRIDAY))).toBe(1);
    expect(countBetween(lane, at(THURSDAY), at(FRIDAY) + 1)).toBe(2);
  });
});

describe("the time a post stands at", () => {
  const own = targets("x-1").map((target) => ({ ...target, time: "2026-03-19T14:00:00Z" }));

  it("is_the_targets_own_where_it_has_one", () => {
    expect(placements(post({ targets: own }))[0]?.time).toBe(at("2026-03-19T14:00:00Z"));
  });

  it("is_the_wish_while_a_move_waits", () => {
    const [moved] = placements(post({ time: FRIDAY, confirmedTime: THURSDAY, targets: own }));
    expect(moved?.time).toBe(at(FRIDAY));
  });

  it("each_target_has_its_own_status_once_the_post_is_on_its_way", () => {
    const [linkedin, x] = targets("linkedin-1", "x-1");
    if (!linkedin || !x) throw new Error("two targets");
    const partly = post({
      status: "partially-published",
      targets: [
        { ...linkedin, status: "published" },
        { ...x, status: "failed" },
      ],
    });
    expect(
      placements({ ...partly, time: THURSDAY, confirmedTime: THURSDAY }).map(({ status }) => status),
    ).toEqual(["published", "failed"]);
  });
});

describe("paused posts", () => {
  const paused = post({ status: "draft", rememberedTime: FRIDAY });

  it("stand_at_the_time_they_remember_until_it_has_passed", () => {
    expect(placements(paused)[0]).toMatchObject({ time: at(FRIDAY), paused: true });
    expect(buildLanes([account()], [paused], NOW).staleAt).toBe(at(FRIDAY));
    expect(buildLanes([account()], [paused], at(FRIDAY)).lanes.flatMap((lane) => lane.placements)).toEqual(
      [],
    );
  });

  it("a_draft_without_a_time_stands_nowhere", () => {
    expect(placements(post({ status: "draft" }))).toEqual([]);
  });

  it("a_pause_the_service_has_not_confirmed_stays_where_it_still_goes_out", () => {
    const unconfirmed = post({ status: "draft", confirmedStatus: "scheduled", confirmedTime: THURSDAY });
    expect(placements(unconfirmed)[0]).toMatchObject({ time: at(THURSDAY), paused: true });
  });

  it("only_a_draft_remembers", () => {
    expect(rememberedTime(post({ rememberedTime: FRIDAY }))).toBeNull();
  });
});

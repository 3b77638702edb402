import { describe, expect, it } from "vitest";
import { aim, earliest, whyFixed, type Over, type Subject } from "./aim";
import { account, BERLIN, NOW, post } from "./fixtures";
import { MINUTE } from "./geometry";

const THURSDAY = Date.parse("2026-03-19T13:30:00Z");
const FRIDAY: Over = { on: "lanes", time: Date.parse("2026-03-20T16:15:00Z") };

function subject(overrides: Partial<Subject> = {}): Subject {
  return {
    post: post(),
    account: account(),
    lane: "studio x-1",
    color: "",
    from: "lanes",
    time: THURSDAY,
    ...overrides,
  };
}
const draft = (overrides: Partial<Subject> = {}) =>
  subject({ post: post({ status: "draft" }), from: "drafts", time: null, ...overrides });
const at = (over: Over, what = subject()) => aim(what, over, NOW, BERLIN);

describe("a post that no service has yet", () => {
  const nothing = account({}, { reschedule: false, pause: false });

  it("is_moved_and_paused_here_whatever_its_service_can_do", () => {
    const ours = subject({ account: nothing, post: post({ remote: null }) });
    expect(whyFixed(ours)).toBeNull();
    expect(at(FRIDAY, ours).drop?.kind).toBe("move");
    expect(at({ on: "drafts" }, ours).drop?.kind).toBe("pause");
    expect(at(FRIDAY, subject({ account: nothing })).refusal).not.toBeNull();
  });
});

describe("over the lanes", () => {
  it("a_scheduled_post_moves", () => {
    expect(at(FRIDAY)).toMatchObject({
      drop: { kind: "move", post: "post-1", time: "2026-03-20T16:15:00Z" },
      refusal: null,
    });
  });

  it("a_draft_is_scheduled_from_the_panel_and_from_the_time_it_remembers", () => {
    expect(at(FRIDAY, draft()).drop).toEqual({
      kind: "schedule",
      post: "post-1",
      time: "2026-03-20T16:15:00Z",
    });
    expect(at(FRIDAY, draft({ from: "lanes", time: THURSDAY })).drop?.kind).toBe("schedule");
  });

  it("its_own_time_is_no_change", () => {
    expect(at({ on: "lanes", time: THURSDAY })).toMatchObject({ drop: null, refusal: null });
  });

  it("a_draft_can_be_scheduled_for_the_time_it_remembers", () => {
    expect(at({ on: "lanes", time: THURSDAY }, draft({ time: THURSDAY })).drop?.kind).toBe("schedule");
  });

  it("a_time_that_has_passed_or_is_too_soon_is_refused_with_the_reason", () => {
    for (const time of [NOW - MINUTE, NOW, NOW + MINUTE]) {
      const { drop, refusal } = at({ on: "lanes", time });
      expect(drop).toBeNull();
      expect(refusal).toBeTruthy();
    }
    expect(at({ on: "lanes", time: earliest(account(), NOW) }).drop).not.toBeNull();
  });

  it("a_time_beyond_the_plan_is_refused_with_the_reason", () => {
    const short = account({}, { horizon: "2026-03-20T00:00:00Z" });
    expect(at(FRIDAY, subject({ account: short })).refusal).toContain("PostPost");
    expect(
      at({ on: "lanes", time: Date.parse("2026-03-20T00:00:00Z") }, subject({ account: short })).drop,
    ).not.toBeNull();
  });

  it("what_the_service_can_not_do_is_refused", () => {
    expect(at(FRIDAY, subject({ account: account({}, { reschedule: false }) })).refusal).toContain("moved");
    expect(at(FRIDAY, draft({ account: account({}, { resume: false }) })).refusal).toContain("scheduled");
  });
});

describe("over the drafts", () => {
  it("a_scheduled_post_is_paused", () => {
    expect(at({ on: "drafts" }).drop).toEqual({ kind: "pause", post: "post-1" });
  });

  it("a_draft_stays_a_draft", () => {
    expect(at({ on: "drafts" }, draft())).toMatchObject({ drop: null, refusal: null });
  });

  it("a_service_that_can_not_pause_refuses", () => {
    expect(at({ on: "drafts" }, subject({ account: account({}, { pause: false }) })).refusal).toContain(
      "paused",
    );
  });
});

it("nothing_happens_anywhere_else", () => {
  expect(at({ on: "nothing" })).toMatchObject({ drop: null, refusal: null });
});

describe("picking up", () => {
  it("a_locked_post_stays_with_its_reason", () => {
    expect(whyFixed(subject({ post: post({ lockedBecause: "It has already gone out." }) }))).toBe(
      "It has already gone out.",
    );
  });

  it("a_post_its_service_can_neither_move_nor_pause_stays", () => {
    expect(whyFixed(subject({ account: account({}, { reschedule: false, pause: false }) }))).toContain(
      "PostPost",
    );
    expect(whyFixed(subject({ account: account({}, { reschedule: false }) }))).toBeNull();
  });
});

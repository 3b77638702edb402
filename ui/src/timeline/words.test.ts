import { describe, expect, it } from "vitest";
import { account, BERLIN, NOW, placement, post } from "./fixtures";
import { cardDetail, draftDetail, excerpt, stackDetail, stackSpan, syncTag, tagOf } from "./words";

const at = (text: string) => Date.parse(text);
const THURSDAY = "2026-03-19T13:30:00Z";
const detail = (what: ReturnType<typeof placement>) => cardDetail(what, BERLIN, NOW);

describe("what is read out after a card", () => {
  it("has_status_time_and_channel", () => {
    expect(detail(placement(at(THURSDAY), { post: post() }))).toBe(
      "Scheduled, Thu 19 March, 14:30, X · @studio",
    );
  });

  it("counts_the_attachments", () => {
    const picture = { kind: "image", hasPicture: true } as const;
    const carrying = (count: number) =>
      detail(placement(at(THURSDAY), { post: post({ media: Array(count).fill(picture) }) }));
    expect(carrying(1)).toBe("Scheduled, Thu 19 March, 14:30, X · @studio, 1 attachment");
    expect(carrying(3)).toContain(", 3 attachments");
    expect(draftDetail(post({ status: "draft", media: [picture] }), account(), BERLIN)).toBe(
      "Draft, 1 attachment",
    );
  });

  it("while_a_move_waits_says_when_it_still_goes_out", () => {
    const moved = post({
      confirmedTime: "2026-03-19T09:00:00Z",
      sync: { state: "waiting", askedAt: "2026-03-18T09:00:00Z", note: null },
    });
    expect(detail(placement(at(THURSDAY), { post: moved }))).toContain(
      "waiting: still goes out at 10:00, your change has not reached PostPost yet",
    );
  });

  it("names_the_day_it_still_goes_out_on_where_that_is_another", () => {
    const moved = post({
      confirmedTime: "2026-03-20T09:00:00Z",
      sync: { state: "sending", askedAt: "2026-03-18T09:00:00Z", progress: "under-way", note: null },
    });
    expect(detail(placement(at(THURSDAY), { post: moved }))).toContain(
      "sending: still goes out on Fri 20 March at 10:00",
    );
  });

  it("a_pause_that_waits_still_goes_out", () => {
    const paused = post({
      status: "draft",
      rememberedTime: THURSDAY,
      confirmedStatus: "scheduled",
      confirmedTime: THURSDAY,
      sync: { state: "waiting", askedAt: "2026-03-18T09:00:00Z", note: null },
    });
    const spoken = detail(placement(at(THURSDAY), { post: paused, paused: true }));
    expect(spoken).toContain("Paused from Thu 19 March, 14:30");
    expect(spoken).toContain("still goes out at 14:30");
  });

  it("a_resume_that_waits_does_not_claim_to_go_out", () => {
    const resumed = post({
      confirmedStatus: "draft",
      confirmedTime: null,
      sync: { state: "waiting", askedAt: "2026-03-18T09:00:00Z", note: null },
    });
    const spoken = detail(placement(at(THURSDAY), { post: resumed }));
    expect(spoken).toContain("your change has not reached PostPost yet");
    expect(spoken).not.toContain("still goes out");
  });

  it("says_what_it_needs", () => {
    const stuck = post({
      sync: {
        state: "needs-you",
        why: "The plan is full.",
        problem: "plan-limit",
        wanted: { status: "scheduled", time: "2026-03-20T16:15:00Z", text: null },
      },
    });
    expect(detail(placement(at(THURSDAY), { post: stuck }))).toContain("needs you: The plan is full.");
  });
});

describe("a card of a post that is not simply at its service", () => {
  it("that_is_about_to_be_deleted_says_so_in_its_name_and_its_tag", () => {
    const leaving = post({
      leaving: true,
      sync: { state: "waiting", askedAt: new Date(NOW - 5_000).toISOString(), note: null },
    });
    expect(detail(placement(at(THURSDAY), { post: leaving }))).toMatch(/, being deleted$/);
    expect(tagOf(placement(at(THURSDAY), { post: leaving }), NOW)).toEqual({
      word: "deleting",
      tone: "plain",
    });
  });

  it("that_was_to_be_deleted_a_while_ago_still_goes_out", () => {
    const leaving = post({
      leaving: true,
      sync: { state: "waiting", askedAt: new Date(NOW - 60_000).toISOString(), note: null },
    });
    expect(detail(placement(at(THURSDAY), { post: leaving }))).toMatch(
      /deleting: still goes out .*, your change has not reached PostPost yet$/,
    );
  });

  it("that_is_still_to_be_created_waits", () => {
    const fresh = post({
      remote: null,
      confirmedStatus: "draft",
      confirmedTime: null,
      sync: { state: "waiting", askedAt: "2026-03-18T09:00:00Z", note: null },
    });
    expect(detail(placement(at(THURSDAY), { post: fresh }))).toContain("waiting: not at PostPost yet");
    expect(tagOf(placement(at(THURSDAY), { post: fresh }), NOW)?.word).toBe("waiting");
  });

  it("that_may_be_there_twice_asks_so", () => {
    const spare = post({ status: "draft", isSpare: true });
    expect(syncTag(spare)).toEqual({ word: "twice?", tone: "warn" });
    expect(draftDetail(spare, account(), BERLIN)).toBe("Draft, may be there twice");
  });

  it("that_no_service_is_asked_for_is_only_on_this_computer", () => {
    const here = post({ remote: null, status: "draft" });
    expect(draftDetail(here, account(), BERLIN)).toBe("Draft, only on this computer");
  });
});

describe("the tag of a card", () => {
  const tag = (overrides: Parameters<typeof post>[0], time = at(THURSDAY)) =>
    tagOf(placement(time, { post: post(overrides) }), NOW);

  it("is_missing_on_a_post_that_is_simply_scheduled", () => {
    expect(tag({})).toBeNull();
  });

  it("names_what_waits_before_what_is", () => {
    expect(
      tag({
        status: "published",
        sync: { state: "sending", askedAt: "2026-03-18T09:00:00Z", progress: "under-way", note: null },
      })?.word,
    ).toBe("sending");
  });

  it("shows_a_status_nobody_knows_as_it_is", () => {
    expect(tag({ status: "awaiting_approval" })?.word).toBe("awaiting_approval");
  });

  it("is_bad_for_failure_alone", () => {
    expect(tag({ status: "failed" })?.tone).toBe("bad");
    expect(tag({}, NOW - 4 * 60_000)).toEqual({ word: "overdue", tone: "warn" });
    expect(tag({}, NOW - 2 * 60_000)).toBeNull();
  });
});

describe("other names", () => {
  it("a_post_without_text_says_what_it_has", () => {
    const picture = { kind: "image" as const, hasPicture: false };
    expect(excerpt(post({ text: " \n ", media: [picture, picture] }))).toBe("No text, 2 pictures");
    expect(excerpt(post({ text: "One\n\ntwo" }))).toBe("One two");
    expect(excerpt(post({ text: "word ".repeat(600) })).length).toBeLessThan(150);
  });

  it("a_draft_says_when_it_was_paused_from", () => {
    const draft = post({ status: "draft", rememberedTime: THURSDAY });
    expect(draftDetail(draft, account(), BERLIN)).toBe("Paused from Thu 19 March, 14:30");
    expect(draftDetail(post({ status: "draft" }), account(), BERLIN)).toBe("Draft");
  });

  it("a_stack_says_how_many_and_from_when_to_when", () => {
    const posts = [placement(at("2026-03-21T09:00:00Z")), placement(at("2026-03-21T11:00:00Z"))];
    expect(stackDetail(posts, BERLIN, NOW)).toBe("Sat 21 March, 10:00 to Sat 21 March, 12:00, X · @studio");
    expect(stackSpan(posts, BERLIN, NOW)).toBe("10:00 – 12:00");
  });
});

import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Subject } from "./aim";
import { account, BERLIN, NOW, post } from "./fixtures";
import { Nudging } from "./nudging.svelte";

const THURSDAY = Date.parse("2026-03-19T13:30:00Z");
const announce = vi.fn();
const refuse = vi.fn();
const send = vi.fn();

function start(): Nudging {
  return new Nudging({ zone: () => BERLIN, now: () => NOW, announce, refuse, send });
}
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

beforeEach(() => {
  vi.useFakeTimers();
  for (const spy of [announce, refuse, send]) spy.mockReset();
  return () => vi.useRealTimers();
});

describe("a nudge", () => {
  it("adds_up_and_sends_once_when_asked", () => {
    const nudging = start();
    nudging.by(subject(), { minutes: 15 });
    nudging.by(subject(), { minutes: 15 });
    expect(announce).toHaveBeenLastCalledWith("from Thu 14:30 to Thu 15:00, not sent yet");
    expect(send).not.toHaveBeenCalled();
    expect(nudging.send()).toBe(true);
    expect(nudging.send()).toBe(false);
    expect(send.mock.calls).toEqual([["post-1", "2026-03-19T14:00:00Z"]]);
  });

  it("back_at_its_own_time_sends_nothing", () => {
    const nudging = start();
    nudging.by(subject(), { minutes: 15 });
    nudging.by(subject(), { minutes: -15 });
    expect(nudging.send()).toBe(true);
    expect(send).not.toHaveBeenCalled();
    expect(nudging.nudge).toBeNull();
  });

  it("is_restored_or_dropped_unsent_and_says_so", () => {
    const nudging = start();
    nudging.by(subject(), { days: 1 });
    expect(nudging.restore()).toBe(true);
    expect(announce).toHaveBeenLastCalledWith("Restored, nothing sent.");
    nudging.by(subject(), { days: 1 });
    nudging.drop();
    expect(announce).toHaveBeenLastCalledWith(expect.stringContaining("was not sent"));
    expect(nudging.nudge).toBeNull();
    expect(nudging.send()).toBe(false);
    expect(send).not.toHaveBeenCalled();
  });

  it("into_the_past_or_of_a_locked_post_is_refused_and_stays_where_it_was", () => {
    const nudging = start();
    expect(nudging.by(subject(), { days: -2 })).toBeNull();
    expect(refuse).toHaveBeenLastCalledWith(expect.stringContaining("has passed"));
    expect(
      nudging.by(subject({ post: post({ lockedBecause: "It has already gone out." }) }), { days: 1 }),
    ).toBeNull();
    expect(refuse).toHaveBeenLastCalledWith("It has already gone out.");
    expect(nudging.nudge).toBeNull();
  });

  it("once_sent_stays_until_the_screen_follows_or_does_not", () => {
    const nudging = start();
    nudging.by(subject(), { days: 1 });
    nudging.send();
    nudging.follow(() => true);
    nudging.drop();
    expect(nudging.nudge?.sent).toBe(true);
    nudging.follow((post, time) => post === "post-1" && time !== THURSDAY);
    expect(nudging.nudge).toBeNull();
    nudging.by(subject(), { days: 1 });
    nudging.send();
    vi.runAllTimers();
    expect(nudging.nudge).toBeNull();
  });

  it("of_a_post_that_changed_meanwhile_is_dropped_and_says_so", () => {
    const nudging = start();
    nudging.by(subject(), { days: 1 });
    nudging.follow(() => false);
    expect(nudging.nudge).toBeNull();
    expect(announce).toHaveBeenLastCalledWith("The post was changed meanwhile. Nothing was sent.");
  });
});

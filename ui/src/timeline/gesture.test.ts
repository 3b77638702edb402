import { describe, expect, it } from "vitest";
import type { Subject } from "./aim";
import { account, BERLIN, NOW, post } from "./fixtures";
import { Drag } from "./gesture";

const FRIDAY = { on: "lanes", time: Date.parse("2026-03-20T16:15:00Z") } as const;

function subject(locked: string | null = null): Subject {
  const time = Date.parse("2026-03-19T13:30:00Z");
  return {
    post: post({ lockedBecause: locked }),
    account: account(),
    lane: "studio x-1",
    color: "",
    from: "lanes",
    time,
  };
}

function dragging(): Drag {
  const drag = new Drag();
  drag.press(subject(), 100, 100);
  drag.pull(104, 100);
  return drag;
}

describe("a press", () => {
  it("is_a_click_up_to_the_threshold", () => {
    const drag = new Drag();
    drag.press(subject(), 100, 100);
    expect(drag.pull(102, 103)).toEqual({ kind: "not-yet" });
    expect(drag.phase.kind).toBe("armed");
    expect(drag.release()).toBeNull();
    expect(drag.phase.kind).toBe("idle");
  });

  it("becomes_a_drag_at_four_pixels_in_any_direction", () => {
    for (const [x, y] of [
      [104, 100],
      [96, 100],
      [100, 104],
      [103, 97],
    ] as const) {
      const drag = new Drag();
      drag.press(subject(), 100, 100);
      expect(drag.pull(x, y)).toEqual({ kind: "began" });
    }
  });

  it("on_a_locked_post_ends_with_the_reason", () => {
    const drag = new Drag();
    drag.press(subject("It has already gone out."), 100, 100);
    expect(drag.pull(110, 100)).toEqual({ kind: "fixed", reason: "It has already gone out." });
    expect(drag.phase.kind).toBe("idle");
  });
});

describe("a drag", () => {
  it("drops_where_it_last_hovered", () => {
    const drag = dragging();
    drag.hover({ on: "drafts" }, NOW, BERLIN);
    drag.hover(FRIDAY, NOW, BERLIN);
    expect(drag.release()?.aim.drop).toEqual({ kind: "move", post: "post-1", time: "2026-03-20T16:15:00Z" });
    expect(drag.phase.kind).toBe("idle");
  });

  it("that_never_hovered_over_anything_drops_nothing", () => {
    expect(dragging().release()?.aim.drop).toBeNull();
  });

  it("when_cancelled_forgets_where_it_was", () => {
    const drag = dragging();
    drag.hover(FRIDAY, NOW, BERLIN);
    expect(drag.cancel()?.post.id).toBe("post-1");
    expect(drag.release()).toBeNull();
    expect(drag.hover(FRIDAY, NOW, BERLIN)).toBeNull();
  });
});

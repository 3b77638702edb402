import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DragSession, type DragView, type Ghost, type Subject } from "./drag";
import { account, BERLIN, NOW, post } from "./fixtures";

const THURSDAY = Date.parse("2026-03-19T13:30:00Z");
/** The axis spans 700 pixels from x = 300 for the week from Mon 16 March: a pixel is 14.4 minutes. */
const WEEK = { start: Date.parse("2026-03-15T23:00:00Z"), scale: 700 / 168, width: 700 };
const AXIS = { left: 300, right: 1000, top: 50, bottom: 94 };
const FRAME = { left: 152, right: 1000, top: 50, bottom: 700 };

const onDrop = vi.fn();
const announce = vi.fn();
const refuse = vi.fn();
const pan = vi.fn();
const measure = vi.fn(() => ({ frame: FRAME, axis: AXIS }));

let session: DragSession;
let view: DragView | null;
let ghosts: Ghost[];
let card: HTMLElement;
let drafts: HTMLElement;
/** Where the subject's lane draws its cards. */
let laneTop: number;

function box(element: HTMLElement, left: number, top: number, width: number, height: number): void {
  element.getBoundingClientRect = () => new DOMRect(left, top, width, height);
}

/** Where the axis shows this time. */
function x(time: string | number): number {
  const at = typeof time === "string" ? Date.parse(time) : time;
  return AXIS.left + ((at - WEEK.start) / 3_600_000) * WEEK.scale;
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

function pointer(type: string, clientX: number, clientY: number, more: PointerEventInit = {}): PointerEvent {
  const held = type === "pointerup" ? 0 : 1;
  const button = type === "pointermove" ? -1 : 0;
  return new PointerEvent(type, {
    pointerId: 1,
    isPrimary: true,
    button,
    buttons: held,
    clientX,
    clientY,
    bubbles: true,
    cancelable: true,
    ...more,
  });
}

function move(clientX: number, clientY: number, more: PointerEventInit = {}): void {
  window.dispatchEvent(pointer("pointermove", clientX, clientY, more));
  vi.advanceTimersToNextFrame();
}

/** Presses the card ten pixels inside its left upper corner. */
function grab(what = subject(), heldAs: "card" | "entry" = "card"): { x: number; y: number } {
  const from = { x: x(THURSDAY) + 10, y: 210 };
  const down = pointer("pointerdown", from.x, from.y);
  window.dispatchEvent(down);
  session.press(down, what, card, heldAs);
  return from;
}

function release(clientX: number, clientY: number, more: PointerEventInit = {}): void {
  window.dispatchEvent(pointer("pointerup", clientX, clientY, more));
}

beforeEach(() => {
  vi.useFakeTimers();
  for (const spy of [onDrop, announce, refuse, pan, measure]) spy.mockClear();
  measure.mockImplementation(() => ({ frame: FRAME, axis: AXIS }));
  // jsdom has no pointer capture.
  document.documentElement.setPointerCapture = () => undefined;
  document.documentElement.releasePointerCapture = () => undefined;
  document.documentElement.hasPointerCapture = () => false;
  window.innerWidth = 1200;
  window.innerHeight = 800;
  card = document.createElement("button");
  box(card, x(THURSDAY), 200, 116, 66);
  drafts = document.createElement("section");
  box(drafts, 0, 100, 140, 600);
  ghosts = [];
  laneTop = 200;
  session = new DragSession({ onDrop, announce, refuse });
  session.subscribe((next) => (view = next));
  session.attachDrafts(drafts);
  session.attach(
    { view: () => WEEK, zone: () => BERLIN, now: () => NOW, measure, cardTop: () => laneTop, pan },
    (ghost) => ghosts.push(ghost),
  );
});

afterEach(() => {
  session.cancel();
  vi.useRealTimers();
});

describe("a drag along the lanes", () => {
  it("shows_the_new_time_and_the_difference_and_drops_it", () => {
    const from = grab();
    move(from.x + 5, from.y);
    const to = x("2026-03-20T16:15:00Z") + 10;
    move(to, from.y + 30);
    expect(view?.phase).toBe("dragging");
    expect(ghosts.at(-1)).toMatchObject({
      when: "Fri 20, 17:15",
      detail: "+1 d 2 h 45 min",
      clock: "17:15",
      refused: false,
    });
    release(to, from.y + 30);
    expect(onDrop.mock.calls).toEqual([[{ kind: "move", post: "post-1", time: "2026-03-20T16:15:00Z" }]]);
  });

  it("loses_nothing_to_the_threshold_and_keeps_the_grabbed_point", () => {
    const from = grab();
    const to = x("2026-03-19T19:30:00Z") + 10;
    move(to, from.y);
    release(to, from.y);
    expect(onDrop).toHaveBeenCalledWith({ kind: "move", post: "post-1", time: "2026-03-19T19:30:00Z" });
  });

  it("keeps_the_ghost_in_its_own_lane_whatever_lane_the_pointer_is_over", () => {
    const from = grab();
    move(from.x + 50, from.y + 300);
    expect(ghosts.at(-1)?.y).toBe(200);
  });

  it("lands_between_the_steps_while_alt_is_held", () => {
    const from = grab();
    const to = x("2026-03-20T16:22:00Z") + 10;
    move(to, from.y);
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "Alt" }));
    vi.advanceTimersToNextFrame();
    expect(ghosts.at(-1)?.clock).toBe("17:22");
    release(to, from.y, { altKey: true });
    expect(onDrop).toHaveBeenCalledWith({ kind: "move", post: "post-1", time: "2026-03-20T16:22:00Z" });
  });

  it("back_home_changes_nothing", () => {
    const from = grab();
    move(from.x + 80, from.y);
    move(from.x + 2, from.y);
    expect(ghosts.at(-1)?.detail).toBe("no change");
    release(from.x + 2, from.y);
    expect(onDrop).not.toHaveBeenCalled();
    expect(view?.phase).toBe("returning");
  });

  it("into_the_past_is_shown_refused_and_returns_with_the_reason", () => {
    const from = grab();
    const to = x("2026-03-17T09:00:00Z") + 10;
    move(to, from.y);
    expect(ghosts.at(-1)?.refused).toBe(true);
    release(to, from.y);
    expect(onDrop).not.toHaveBeenCalled();
    expect(refuse).toHaveBeenCalledWith(expect.stringContaining("has passed"));
    expect(ghosts.at(-1)).toMatchObject({ x: x(THURSDAY), y: 200 });
    vi.runAllTimers();
    expect(view).toBeNull();
  });

  it("just_after_the_earliest_time_snaps_forward_not_into_the_past", () => {
    const from = grab();
    const to = x("2026-03-18T09:05:00Z") + 10;
    move(to, from.y);
    release(to, from.y);
    expect(onDrop).toHaveBeenCalledWith({ kind: "move", post: "post-1", time: "2026-03-18T09:15:00Z" });
  });

  it("measures_once_however_far_the_pointer_goes_and_again_after_a_scroll", () => {
    const from = grab();
    for (let i = 1; i <= 60; i++) move(from.x + 5 * i, from.y);
    expect(measure).toHaveBeenCalledTimes(1);
    window.dispatchEvent(new Event("scroll"));
    vi.advanceTimersToNextFrame();
    expect(measure).toHaveBeenCalledTimes(2);
  });

  it.each([-900, 2_000])("keeps_the_ghost_on_screen_when_its_lane_is_scrolled_to_%i", (top) => {
    laneTop = top;
    const from = grab();
    move(from.x + 60, from.y);
    const y = ghosts.at(-1)?.y ?? NaN;
    expect(y).toBeGreaterThan(FRAME.top);
    expect(y).toBeLessThan(FRAME.bottom - 60);
  });

  it("paints_once_a_frame_for_any_number_of_moves", () => {
    const from = grab();
    move(from.x + 5, from.y);
    const before = ghosts.length;
    for (let i = 0; i < 20; i++) window.dispatchEvent(pointer("pointermove", from.x + 10 + i, from.y));
    vi.advanceTimersToNextFrame();
    expect(ghosts.length - before).toBe(1);
  });
});

describe("a press that is no drag", () => {
  it("is_left_to_the_click", () => {
    const from = grab();
    move(from.x + 2, from.y + 2);
    release(from.x + 2, from.y + 2);
    const click = new MouseEvent("click", { detail: 1, cancelable: true });
    window.dispatchEvent(click);
    expect(click.defaultPrevented).toBe(false);
    expect(view).toBeNull();
    expect(onDrop).not.toHaveBeenCalled();
  });

  it("with_another_button_does_nothing", () => {
    session.press(pointer("pointerdown", 700, 210, { button: 2, buttons: 2 }), subject(), card, "card");
    move(800, 210);
    expect(view).toBeNull();
  });

  it("on_a_locked_post_is_refused_once_with_the_reason", () => {
    const from = grab(subject({ post: post({ lockedBecause: "It has already gone out." }) }));
    move(from.x + 10, from.y);
    move(from.x + 60, from.y);
    expect(refuse.mock.calls).toEqual([["It has already gone out."]]);
    expect(view).toBeNull();
  });
});

describe("the click after a drag", () => {
  it("is_swallowed_but_the_next_press_counts_again", () => {
    const from = grab();
    move(from.x + 60, from.y);
    release(from.x + 60, from.y);
    const after = new MouseEvent("click", { detail: 1, cancelable: true });
    window.dispatchEvent(after);
    expect(after.defaultPrevented).toBe(true);
    grab();
    const next = new MouseEvent("click", { detail: 1, cancelable: true });
    window.dispatchEvent(next);
    expect(next.defaultPrevented).toBe(false);
  });

  it("does_not_swallow_a_key_press_on_a_button", () => {
    const from = grab();
    move(from.x + 60, from.y);
    session.cancel();
    const byKey = new MouseEvent("click", { detail: 0, cancelable: true });
    window.dispatchEvent(byKey);
    expect(byKey.defaultPrevented).toBe(false);
  });
});

describe("a drag is cancelled by", () => {
  const cancels: [string, (from: { x: number; y: number }) => void][] = [
    ["escape", () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }))],
    ["the_right_button", () => window.dispatchEvent(new MouseEvent("mousedown", { button: 2 }))],
    ["the_right_button_seen_in_a_move", (from) => move(from.x + 61, from.y, { buttons: 3 })],
    ["the_context_menu", () => window.dispatchEvent(new MouseEvent("contextmenu"))],
    ["pointercancel", (from) => window.dispatchEvent(pointer("pointercancel", from.x, from.y))],
    ["the_window_losing_the_focus", () => window.dispatchEvent(new Event("blur"))],
    ["leaving_the_window", (from) => move(from.x, -1)],
    ["a_release_nobody_saw", (from) => move(from.x + 61, from.y, { buttons: 0 })],
  ];

  it.each(cancels)("%s", (_name, cancel) => {
    const from = grab();
    move(from.x + 60, from.y);
    expect(view?.phase).toBe("dragging");
    cancel(from);
    expect(view?.phase).toBe("returning");
    expect(announce).toHaveBeenCalledWith("Drag cancelled, nothing changed.");
    move(from.x + 90, from.y);
    release(from.x + 90, from.y);
    expect(onDrop).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(view).toBeNull();
  });

  it("the_post_going_out_meanwhile_with_the_reason", () => {
    const from = grab();
    move(from.x + 60, from.y);
    session.update(() => post({ lockedBecause: "It has already gone out." }));
    expect(refuse).toHaveBeenCalledWith("It has already gone out.");
    release(from.x + 60, from.y);
    expect(onDrop).not.toHaveBeenCalled();
  });

  it.each([
    ["paused elsewhere", post({ status: "draft", time: null })],
    ["deleted", undefined],
  ])("the_post_being_%s_meanwhile_and_says_so", (_, changed) => {
    const from = grab();
    move(from.x + 60, from.y);
    session.update(() => changed);
    expect(refuse).toHaveBeenCalledWith("The post was changed or deleted meanwhile. Nothing was sent.");
    release(from.x + 60, from.y);
    expect(onDrop).not.toHaveBeenCalled();
  });

  it("but_not_by_its_post_being_read_again", () => {
    const from = grab();
    move(from.x + 60, from.y);
    session.update(() => post());
    expect(view?.phase).toBe("dragging");
  });
});

describe("the drafts", () => {
  const draft = () => subject({ post: post({ status: "draft" }), from: "drafts", time: null });

  it("a_post_dropped_there_is_paused", () => {
    const from = grab();
    move(from.x + 5, from.y);
    move(70, 300);
    expect(view?.overDrafts).toBe(true);
    expect(ghosts.at(-1)?.when).toBe("Pause");
    release(70, 300);
    expect(onDrop.mock.calls).toEqual([[{ kind: "pause", post: "post-1" }]]);
  });

  it("a_draft_dragged_onto_the_lanes_is_scheduled_for_the_time_at_the_pointer", () => {
    session.press(pointer("pointerdown", 70, 300), draft(), card, "entry");
    move(80, 300);
    const to = x("2026-03-20T16:15:00Z");
    move(to, 400);
    release(to, 400);
    expect(onDrop.mock.calls).toEqual([[{ kind: "schedule", post: "post-1", time: "2026-03-20T16:15:00Z" }]]);
  });

  it("a_draft_dropped_back_there_stays_a_draft", () => {
    session.press(pointer("pointerdown", 70, 300), draft(), card, "entry");
    move(100, 300);
    expect(ghosts.at(-1)?.when).toBe("Stays a draft");
    release(100, 300);
    expect(onDrop).not.toHaveBeenCalled();
  });
});

it("a_drop_outside_of_both_changes_nothing", () => {
  const from = grab();
  move(from.x + 60, from.y);
  move(1100, 300);
  expect(ghosts.at(-1)?.when).toBe("No change here");
  release(1100, 300);
  expect(onDrop).not.toHaveBeenCalled();
});

describe("at the edge", () => {
  it("the_timeline_scrolls_faster_and_faster_and_stops_in_the_middle", () => {
    const from = grab();
    move(990, from.y);
    const frames = () => Array.from({ length: 20 }, () => vi.advanceTimersToNextFrame());
    frames();
    pan.mockClear();
    frames();
    const early = pan.mock.calls.map(([pixels]) => pixels);
    frames();
    frames();
    const late = pan.mock.calls.map(([pixels]) => pixels);
    expect(early[0]).toBeGreaterThan(0);
    expect(late.at(-1)).toBeGreaterThan(early[0] ?? 0);
    move(650, from.y);
    pan.mockClear();
    frames();
    expect(pan).not.toHaveBeenCalled();
  });
});

describe("after the drop", () => {
  function dropped(): void {
    const from = grab();
    const to = x("2026-03-20T16:15:00Z") + 10;
    move(to, from.y);
    release(to, from.y);
  }

  it("the_ghost_waits_for_the_screen_to_show_the_change", () => {
    dropped();
    expect(view?.phase).toBe("settling");
    session.update(() => post());
    expect(view?.phase).toBe("settling");
    session.update(() => post({ time: "2026-03-20T16:15:00Z" }));
    expect(view).toBeNull();
  });

  it("and_goes_when_the_change_never_comes", () => {
    dropped();
    vi.runAllTimers();
    expect(view).toBeNull();
  });

  it("another_drag_can_begin_at_once", () => {
    dropped();
    const from = grab();
    move(from.x + 60, from.y);
    expect(view?.phase).toBe("dragging");
  });
});

// The drag of a window: pointer events in, one Drop out. Shared by the timeline and the drafts panel.
// Pointer Events only, because HTML5 drags do not work in WebKitGTK. Layout is read when the drag begins and after a
// scroll, never while the pointer moves; a move costs one transform on the ghost, once per frame.
import { clockTime } from "../time/format";
import { earliest, type Aim, type Drop, type Over, type Subject } from "./aim";
import { edgeDepth, edgeSpeed } from "./autoscroll";
import { preview } from "./difference";
import { MINUTE, timeAt, xAt, type View } from "./geometry";
import { Drag } from "./gesture";
import { snap, snapStep } from "./snap";

export type { Drop, Subject } from "./aim";

export type Box = { left: number; top: number; right: number; bottom: number };

/** What the timeline offers to a drag. Boxes and tops are in client pixels. */
export type Surface = {
  view(): View;
  zone(): string;
  now(): number;
  /** Reads layout: the whole timeline, and the time axis in it. */
  measure(): { frame: Box; axis: Box };
  /** Where a card of this lane is drawn, going by the last measurement; null for a lane that is not there. */
  cardTop(lane: string): number | null;
  pan(pixels: number): void;
};

/** One picture of the ghost: where its left upper corner is, the time on it, and what its bubble says. */
export type Ghost = {
  x: number;
  y: number;
  clock: string;
  when: string;
  detail: string;
  refused: boolean;
  /** The bubble grows to the left, near the right edge of the window. */
  flipped: boolean;
};

/** What the views need to know of a running drag. It changes when a drag begins, ends, or crosses the drafts. */
export type DragView = {
  subject: Subject;
  /** "settling": dropped, until the screen shows the change; "returning": on its way back. */
  phase: "dragging" | "settling" | "returning";
  overDrafts: boolean;
};

export type DragOptions = {
  onDrop(drop: Drop): void;
  announce(text: string): void;
  refuse(reason: string): void;
};

/** What was measured when the drag began; `window` is its width. */
type Boxes = { frame: Box; axis: Box; drafts: Box | null; window: number };
type Pointer = { id: number; x: number; y: number; free: boolean };

/** This close to where it came from, in pixels, a card goes back to its own time rather than to a snapped one. */
const HOME_SLACK = 3;
/** About as wide as a bubble gets on one line, in pixels. */
const BUBBLE = 300;
/** The height of the ghost, and of the bubble above it with the gap between them, in pixels. */
const GHOST = { card: 66, bubble: 29 };
/** How long a dropped ghost waits for the screen to follow. Milliseconds. */
const SETTLE = 800;
/** The ghost's way back; the same length as its transition. Milliseconds. */
const RETURN = 160;

export class DragSession {
  readonly #options: DragOptions;
  readonly #drag = new Drag();
  readonly #listeners = new Set<(view: DragView | null) => void>();
  #view: DragView | null = null;
  #surface: Surface | null = null;
  #drafts: HTMLElement | null = null;
  #paint: ((ghost: Ghost) => void) | null = null;

  #pointer: Pointer = { id: -1, x: 0, y: 0, free: false };
  /** From the ghost's left edge to the pointer. */
  #grab = 0;
  #grabY = 0;
  /** Where the card was picked up, and where the ghost returns to. */
  #home = { x: 0, y: 0 };
  #boxes: Boxes | null = null;
  #events = new AbortController();
  #frame = 0;
  #lastFrame = 0;
  #edge = { side: 0, since: 0 };
  #ending = 0;

  constructor(options: DragOptions) {
    this.#options = options;
  }

  /** Svelte's store contract. */
  subscribe(listener: (view: DragView | null) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#view);
    return () => this.#listeners.delete(listener);
  }

  /** The timeline and its ghost; returns how to take them out. */
  attach(surface: Surface, paint: (ghost: Ghost) => void): () => void {
    this.#surface = surface;
    this.#paint = paint;
    return () => {
      if (this.#surface !== surface) return;
      this.cancel();
      this.#end();
      this.#surface = null;
      this.#paint = null;
    };
  }

  /** Dropping on this element pauses. */
  attachDrafts(element: HTMLElement): () => void {
    this.#drafts = element;
    return () => {
      if (this.#drafts === element) this.#drafts = null;
    };
  }

  /**
   * A pointer went down on the element that stands for `subject`. The ghost keeps hold of the point where a card of
   * the lanes was grabbed; anything else is a list entry, whose ghost hangs with its left edge at the pointer.
   */
  press(event: PointerEvent, subject: Subject, element: HTMLElement, heldAs: "card" | "entry"): void {
    if (event.button !== 0 || !event.isPrimary || !this.#surface) return;
    this.cancel();
    this.#end();
    const box = element.getBoundingClientRect();
    this.#home = { x: box.left, y: box.top };
    this.#grab = heldAs === "card" ? event.clientX - box.left : 0;
    this.#grabY = heldAs === "card" ? event.clientY - box.top : 12;
    this.#pointer = pointerOf(event);
    this.#drag.press(subject, event.clientX, event.clientY);
    this.#listen();
  }

  /** Says why something can't be moved, the way a refused drop does. */
  refuse(reason: string): void {
    this.#options.refuse(reason);
  }

  /** Ends a running drag without effect; the card goes back. */
  cancel(): void {
    const subject = this.#drag.cancel();
    this.#unlisten();
    if (!subject) return;
    this.#options.announce("Drag cancelled, nothing changed.");
    this.#return(subject);
  }

  /**
   * The posts changed. A dropped ghost whose post now shows the change is done; a drag ends when what it would have
   * done to its post no longer makes sense.
   */
  update(find: (id: string) => Subject["post"] | undefined): void {
    const view = this.#view;
    if (!view) return;
    const post = find(view.subject.post.id);
    if (view.phase === "settling" && (!post || differs(post, view.subject.post))) this.#end();
    if (view.phase !== "dragging") return;
    const reason = whyOver(post, view.subject.post);
    if (reason === null) return;
    this.cancel();
    this.#options.refuse(reason);
  }

  /** The view or the layout moved under the pointer: look again. */
  refresh(): void {
    if (this.#drag.phase.kind === "dragging") this.#schedule();
  }

  #listen(): void {
    this.#events = new AbortController();
    const { signal } = this.#events;
    const on = <K extends keyof WindowEventMap>(type: K, listener: (event: WindowEventMap[K]) => void) =>
      window.addEventListener(type, listener, { signal, capture: true });
    on("pointermove", (event) => this.#moved(event));
    on("pointerup", (event) => {
      if (event.pointerId === this.#pointer.id && event.button === 0) this.#released(event);
    });
    on("pointercancel", (event) => {
      if (event.pointerId === this.#pointer.id) this.cancel();
    });
    on("keydown", (event) => this.#key(event));
    on("keyup", (event) => this.#key(event));
    // The right button: a second button raises no pointerdown, only these.
    on("mousedown", (event) => {
      if (event.button !== 0) this.#cancelOn(event);
    });
    on("contextmenu", (event) => this.#cancelOn(event));
    on("blur", (event) => {
      // Not the focus going from one element to another.
      if (!(event.target instanceof Element)) this.cancel();
    });
    on("scroll", () => {
      this.#boxes = null;
      this.refresh();
    });
    on("resize", () => {
      this.#boxes = null;
      this.refresh();
    });
  }

  #unlisten(): void {
    this.#events.abort();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#edge = { side: 0, since: 0 };
    document.documentElement.removeAttribute("data-dragging");
    releaseCapture(this.#pointer.id);
  }

  #cancelOn(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    this.cancel();
  }

  #key(event: KeyboardEvent): void {
    if (this.#drag.phase.kind !== "dragging") return;
    if (event.key === "Escape" && event.type === "keydown") this.#cancelOn(event);
    if (event.key !== "Alt") return;
    // Alt alone would move the focus to a menu bar.
    event.preventDefault();
    this.#pointer.free = event.type === "keydown";
    this.#schedule();
  }

  #moved(event: PointerEvent): void {
    if (event.pointerId !== this.#pointer.id) return;
    // Released where we could not see it, or joined by another button.
    if ((event.buttons & 1) === 0 || (event.buttons & 2) !== 0) return this.cancel();
    const outside =
      event.clientX < 0 ||
      event.clientY < 0 ||
      event.clientX >= window.innerWidth ||
      event.clientY >= window.innerHeight;
    if (outside) return this.cancel();
    this.#pointer = pointerOf(event);
    if (this.#drag.phase.kind === "armed") this.#pull();
    else this.#schedule();
  }

  #pull(): void {
    const began = this.#drag.pull(this.#pointer.x, this.#pointer.y);
    if (began.kind === "not-yet") return;
    swallowClick();
    if (began.kind === "fixed") {
      this.#unlisten();
      this.#options.refuse(began.reason);
      return;
    }
    if (this.#drag.phase.kind !== "dragging") return;
    const { subject } = this.#drag.phase;
    // On the document: the pressed element may leave the screen while the timeline scrolls.
    document.documentElement.setPointerCapture(this.#pointer.id);
    document.documentElement.setAttribute("data-dragging", "");
    this.#lastFrame = performance.now();
    this.#show({ subject, phase: "dragging", overDrafts: false });
    this.#look();
    this.#schedule();
  }

  #schedule(): void {
    this.#frame ||= requestAnimationFrame((now) => {
      this.#frame = 0;
      this.#scrollAtEdge(now);
      this.#lastFrame = now;
      this.#look();
    });
  }

  /** Scrolls by the time since the last frame, and keeps the frames coming while the pointer stays at the edge. */
  #scrollAtEdge(now: number): void {
    const { axis, frame, drafts } = this.#measured();
    const { x, y } = this.#pointer;
    const depth =
      inside(frame, x, y) && !inside(drafts, x, y) ? edgeDepth(x - axis.left, axis.right - axis.left) : 0;
    const side = Math.sign(depth);
    if (side !== this.#edge.side) this.#edge = { side, since: now };
    if (side === 0) return;
    const seconds = Math.min(50, now - this.#lastFrame) / 1000;
    this.#surface?.pan(edgeSpeed(depth, now - this.#edge.since) * seconds);
    this.#schedule();
  }

  /** Sees what is under the pointer and paints the ghost there. */
  #look(): void {
    const surface = this.#surface;
    if (!surface || this.#drag.phase.kind !== "dragging") return;
    const aim = this.#drag.hover(this.#over(surface), surface.now(), surface.zone());
    const view = this.#view;
    if (!aim || !view) return;
    const overDrafts = aim.over.on === "drafts";
    if (view.overDrafts !== overDrafts) this.#show({ ...view, overDrafts });
    this.#paint?.(this.#ghost(surface, view.subject, aim));
  }

  #over(surface: Surface): Over {
    const { x, y } = this.#pointer;
    const { frame, axis, drafts } = this.#measured();
    if (inside(drafts, x, y)) return { on: "drafts" };
    if (!inside(frame, x, y) || this.#drag.phase.kind !== "dragging") return { on: "nothing" };
    const view = surface.view();
    const { subject } = this.#drag.phase;
    const left = x - axis.left - this.#grab;
    if (subject.from === "lanes" && subject.time !== null) {
      const home = xAt(view, subject.time);
      if (Math.abs(left - home) <= HOME_SLACK) return { on: "lanes", time: subject.time };
    }
    const step = this.#pointer.free ? 1 : snapStep(view.scale);
    const time = snap(timeAt(view, left), step, surface.zone());
    // Snapping must not carry a time that would do back to one that has passed.
    const soonest = earliest(subject.account, surface.now());
    const lost = time < soonest && timeAt(view, left) >= soonest;
    return { on: "lanes", time: lost ? time + step * MINUTE : time };
  }

  #ghost(surface: Surface, subject: Subject, aim: Aim): Ghost {
    const { axis, frame, window: right } = this.#measured();
    const looseY = Math.max(GHOST.bubble, this.#pointer.y - this.#grabY);
    const loose = { x: this.#pointer.x - this.#grab, y: looseY };
    const refused = aim.refusal !== null;
    const flipped = loose.x + BUBBLE > right;
    const zone = surface.zone();
    if (aim.over.on !== "lanes") {
      const stays = subject.post.status === "draft" ? "Stays a draft" : "Pause";
      const when = refused ? "" : aim.over.on === "nothing" ? "No change here" : stays;
      const clock = subject.time === null ? "" : clockTime(subject.time, zone);
      return { ...loose, clock, when, detail: aim.refusal ?? "", refused, flipped };
    }
    const { time } = aim.over;
    // The post's own lane may be scrolled out of sight, the ghost must not be.
    const [highest, lowest] = [frame.top + GHOST.bubble, frame.bottom - GHOST.card];
    const laneY = surface.cardTop(subject.lane) ?? loose.y;
    const channels = subject.post.targets.length;
    const [when, change] = preview(subject.time, time, surface.now(), zone);
    return {
      x: axis.left + xAt(surface.view(), time),
      y: Math.max(highest, Math.min(lowest, laneY)),
      clock: clockTime(time, zone),
      when: refused ? "" : when,
      detail: aim.refusal ?? (channels > 1 ? `${change}, in ${channels} channels` : change),
      refused,
      flipped,
    };
  }

  #measured(): Boxes {
    if (!this.#boxes) {
      const nowhere: Box = { left: 0, top: 0, right: 0, bottom: 0 };
      const { frame, axis } = this.#surface?.measure() ?? { frame: nowhere, axis: nowhere };
      const drafts = this.#drafts?.getBoundingClientRect() ?? null;
      this.#boxes = { frame, axis, drafts, window: window.innerWidth };
    }
    return this.#boxes;
  }

  #released(event: PointerEvent): void {
    this.#pointer = pointerOf(event);
    this.#look();
    const ended = this.#drag.release();
    this.#unlisten();
    if (!ended) return;
    const { subject, aim } = ended;
    if (aim.drop) {
      this.#show({ subject, phase: "settling", overDrafts: aim.over.on === "drafts" });
      this.#ending = window.setTimeout(() => this.#end(), SETTLE);
      this.#options.onDrop(aim.drop);
      return;
    }
    this.#return(subject);
    if (aim.refusal !== null) this.#options.refuse(aim.refusal);
    else this.#options.announce("Dropped where it was, nothing changed.");
  }

  #return(subject: Subject): void {
    this.#show({ subject, phase: "returning", overDrafts: false });
    const clock = subject.time === null ? "" : clockTime(subject.time, this.#surface?.zone() ?? "UTC");
    this.#paint?.({ ...this.#home, clock, when: "", detail: "", refused: false, flipped: false });
    this.#ending = window.setTimeout(() => this.#end(), RETURN);
  }

  #end(): void {
    clearTimeout(this.#ending);
    this.#boxes = null;
    this.#show(null);
  }

  #show(view: DragView | null): void {
    if (this.#view === view) return;
    this.#view = view;
    for (const listener of this.#listeners) listener(view);
  }
}

function pointerOf(event: PointerEvent): Pointer {
  return { id: event.pointerId, x: event.clientX, y: event.clientY, free: event.altKey };
}

function inside(box: Box | null, x: number, y: number): boolean {
  return box !== null && x >= box.left && x < box.right && y >= box.top && y < box.bottom;
}

function differs(a: Subject["post"], b: Subject["post"]): boolean {
  return a.time !== b.time || a.status !== b.status || a.rememberedTime !== b.rememberedTime;
}

/** Why a drag of `held` can't go on now that its post is `post`; null when it can. */
function whyOver(post: Subject["post"] | undefined, held: Subject["post"]): string | null {
  if (post && post.lockedBecause !== null) return post.lockedBecause;
  return post?.status === held.status ? null : "The post was changed or deleted meanwhile. Nothing was sent.";
}

function releaseCapture(pointer: number): void {
  const root = document.documentElement;
  if (root.hasPointerCapture(pointer)) root.releasePointerCapture(pointer);
}

/** The click that follows the release of a drag is not one. The next press of a pointer is again. */
function swallowClick(): void {
  const events = new AbortController();
  const { signal } = events;
  const once = { signal, capture: true };
  window.addEventListener(
    "click",
    (event) => {
      // A click from the keyboard counts no presses.
      if (event.detail === 0) return;
      event.stopPropagation();
      event.preventDefault();
      events.abort();
    },
    once,
  );
  window.addEventListener("pointerdown", () => events.abort(), once);
}

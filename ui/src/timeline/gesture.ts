// A drag as a state machine: idle, armed by a press, dragging past the threshold, over when dropped or cancelled.
// It knows no DOM: whoever feeds it says where the pointer is and what lies there.
import { aim, whyFixed, type Aim, type Over, type Subject } from "./aim";

/** How far the pointer travels, in pixels, before a press is a drag and no longer a click. */
export const THRESHOLD = 4;

export type Phase =
  | { kind: "idle" }
  | { kind: "armed"; subject: Subject; x: number; y: number }
  | { kind: "dragging"; subject: Subject; aim: Aim };

/** What a movement did: nothing yet, began the drag, or found that this post stays where it is. */
export type Began = { kind: "not-yet" } | { kind: "began" } | { kind: "fixed"; reason: string };

export class Drag {
  phase: Phase = { kind: "idle" };

  press(subject: Subject, x: number, y: number): void {
    this.phase = { kind: "armed", subject, x, y };
  }

  /** An armed press moves; past the threshold the drag begins, or is refused where the post is fixed. */
  pull(x: number, y: number): Began {
    const phase = this.phase;
    if (phase.kind !== "armed") return { kind: "not-yet" };
    if (Math.hypot(x - phase.x, y - phase.y) < THRESHOLD) return { kind: "not-yet" };
    const reason = whyFixed(phase.subject);
    if (reason !== null) {
      this.phase = { kind: "idle" };
      return { kind: "fixed", reason };
    }
    const nowhere: Aim = { over: { on: "nothing" }, drop: null, refusal: null };
    this.phase = { kind: "dragging", subject: phase.subject, aim: nowhere };
    return { kind: "began" };
  }

  /** The pointer of a running drag is over something. Null when no drag runs. */
  hover(over: Over, now: number, zone: string): Aim | null {
    if (this.phase.kind !== "dragging") return null;
    const next = aim(this.phase.subject, over, now, zone);
    this.phase = { ...this.phase, aim: next };
    return next;
  }

  /** Ends the drag where it last hovered. Null when it never was one: then the press was a click. */
  release(): { subject: Subject; aim: Aim } | null {
    const phase = this.phase;
    this.phase = { kind: "idle" };
    return phase.kind === "dragging" ? { subject: phase.subject, aim: phase.aim } : null;
  }

  /** Ends the drag without effect. Null when none ran. */
  cancel(): Subject | null {
    return this.release()?.subject ?? null;
  }
}

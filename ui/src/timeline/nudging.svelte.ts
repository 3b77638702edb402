// Moving a post by keys: it is drawn at its new time, and nothing is sent until Enter says so.
import { aim, whyFixed, type Subject } from "./aim";
import { rfc3339 } from "./dates";
import { nudgeText, stepped, type Nudge, type Step } from "./keyboard";

export type NudgingOptions = {
  zone(): string;
  now(): number;
  announce(text: string): void;
  refuse(reason: string): void;
  /** `time` is RFC 3339 UTC. */
  send(post: string, time: string): void;
};

/** How long the screen may take to follow a sent nudge before the card goes back. Milliseconds. */
const SETTLE = 800;

export class Nudging {
  nudge = $state.raw<Nudge | null>(null);
  readonly #options: NudgingOptions;

  constructor(options: NudgingOptions) {
    this.#options = options;
  }

  /** Moves on from where the post was last nudged to. The new time, or null where it can't go. */
  by(subject: Subject, step: Step): number | null {
    const { zone, now, announce, refuse } = this.#options;
    if (this.nudge?.sent || subject.time === null) return null;
    const from = subject.time;
    const at = this.nudge?.post === subject.post.id ? this.nudge.to : from;
    const { time, note } = stepped(at, step, zone());
    const reason = whyFixed(subject) ?? aim(subject, { on: "lanes", time }, now(), zone()).refusal;
    if (reason !== null) {
      refuse(reason);
      return null;
    }
    this.nudge = { post: subject.post.id, from, to: time, sent: false };
    announce(nudgeText(this.nudge, note, zone()));
    return time;
  }

  /** Whether there was anything for Enter to do. */
  send(): boolean {
    const nudge = this.nudge;
    if (!nudge || nudge.sent) return false;
    if (nudge.from === nudge.to) {
      this.nudge = null;
      this.#options.announce("Back at its own time, nothing to send.");
      return true;
    }
    const sent: Nudge = { ...nudge, sent: true };
    this.nudge = sent;
    setTimeout(() => {
      if (this.nudge === sent) this.nudge = null;
    }, SETTLE);
    this.#options.send(sent.post, rfc3339(sent.to));
    return true;
  }

  /** Whether there was anything for Escape to do. */
  restore(): boolean {
    if (!this.nudge || this.nudge.sent) return false;
    this.nudge = null;
    this.#options.announce("Restored, nothing sent.");
    return true;
  }

  /** The focus went elsewhere: what was not sent is dropped, and said so. */
  drop(): void {
    if (!this.nudge || this.nudge.sent) return;
    this.nudge = null;
    this.#options.announce("The move was not sent. The post is back at its own time.");
  }

  /** The posts on screen changed: a nudge is over once its post no longer stands where it was nudged from. */
  follow(stands: (post: string, time: number) => boolean): void {
    const nudge = this.nudge;
    if (!nudge || stands(nudge.post, nudge.from)) return;
    this.nudge = null;
    if (!nudge.sent) this.#options.announce("The post was changed meanwhile. Nothing was sent.");
  }
}

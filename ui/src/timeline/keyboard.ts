// The timeline by keyboard: which key does what, where the focus goes next, and the nudge that waits to be sent.
import { zoned } from "./dates";
import { fromTo } from "./difference";
import { MINUTE } from "./geometry";
import { firstAt, placementsOf, type Item } from "./packing";

export type Direction = "left" | "right" | "up" | "down" | "first" | "last";
export type Step = { minutes: number } | { days: number };
export type Command =
  | { do: "go"; to: Direction }
  | { do: "nudge"; by: Step }
  | { do: "move-to" }
  | { do: "send" }
  | { do: "restore" }
  | { do: "zoom"; to: "in" | "out" };

type Key = Pick<KeyboardEvent, "key" | "altKey" | "shiftKey" | "ctrlKey" | "metaKey">;

const GO: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
};

/** What a key pressed on a card asks for; null when it is not the timeline's. */
export function commandOf(event: Key): Command | null {
  if (event.ctrlKey || event.metaKey) return null;
  if (event.altKey) return nudgeOf(event);
  const to = GO[event.key];
  if (to && !event.shiftKey) return { do: "go", to };
  switch (event.key) {
    case "Enter":
      return { do: "send" };
    case "Escape":
      return { do: "restore" };
    case "m":
    case "M":
      return { do: "move-to" };
    case "+":
    case "=":
      return { do: "zoom", to: "in" };
    case "-":
      return { do: "zoom", to: "out" };
    default:
      return null;
  }
}

function nudgeOf({ key, shiftKey }: Key): Command | null {
  switch (key) {
    case "ArrowLeft":
      return { do: "nudge", by: shiftKey ? { days: -1 } : { minutes: -15 } };
    case "ArrowRight":
      return { do: "nudge", by: shiftKey ? { days: 1 } : { minutes: 15 } };
    case "ArrowUp":
      return { do: "nudge", by: { days: -1 } };
    case "ArrowDown":
      return { do: "nudge", by: { days: 1 } };
    default:
      return null;
  }
}

/** `time` a step later or earlier. A step by days keeps the time on the clock, or says that the day lacks it. */
export function stepped(time: number, by: Step, zone: string): { time: number; note: string | null } {
  if ("minutes" in by) return { time: time + by.minutes * MINUTE, note: null };
  const from = zoned(time, zone);
  const to = from.add({ days: by.days });
  const kept = to.toPlainTime().equals(from.toPlainTime());
  return { time: to.epochMilliseconds, note: kept ? null : "the clocks skip that hour on this day" };
}

/** A post moved by keys and drawn at its new time; `sent` once Enter was pressed, until the screen follows. */
export type Nudge = { post: string; from: number; to: number; sent: boolean };

export function nudgeText(nudge: Pick<Nudge, "from" | "to">, note: string | null, zone: string): string {
  if (nudge.from === nudge.to) return "Back at its own time, nothing to send.";
  const way = fromTo(nudge.from, nudge.to, zone);
  return `${way}${note ? `, ${note}` : ""}, not sent yet`;
}

export type Spot = { lane: number; index: number };

/** Where the placement with this key stands, alone or in a stack. */
export function spotOf(lanes: Item[][], key: string): Spot | null {
  for (const [lane, items] of lanes.entries()) {
    const index = items.findIndex((item) => placementsOf(item).some((placement) => placement.key === key));
    if (index >= 0) return { lane, index };
  }
  return null;
}

/** The item the focus goes to; null at the end of the way. Up and down skip empty lanes and keep to the time. */
export function neighbour(lanes: Item[][], from: Spot, to: Direction): Item | null {
  const items = lanes[from.lane] ?? [];
  const current = items[from.index];
  switch (to) {
    case "left":
      return items[from.index - 1] ?? null;
    case "right":
      return items[from.index + 1] ?? null;
    case "first":
      return items[0] ?? null;
    case "last":
      return items.at(-1) ?? null;
    case "up":
    case "down": {
      const step = to === "up" ? -1 : 1;
      for (let lane = from.lane + step; lane >= 0 && lane < lanes.length; lane += step) {
        const near = nearest(lanes[lane] ?? [], current?.x ?? 0);
        if (near) return near;
      }
      return null;
    }
  }
}

function nearest(items: Item[], x: number): Item | null {
  const right = firstAt(items, x);
  const [before, after] = [items[right - 1], items[right]];
  if (!before || !after) return before ?? after ?? null;
  return x - before.x <= after.x - x ? before : after;
}

// A change in Activity, in words.
import type { ActivityEntryView, OutcomeWord } from "../host";
import { dayAndTime } from "../time/format";
import { statusLabel } from "./status";

const OUTCOMES: Record<OutcomeWord, { words: string; tone: string }> = {
  waiting: { words: "waiting", tone: "accent" },
  sending: { words: "on its way", tone: "accent" },
  unknown: { words: "finding out", tone: "warn" },
  accepted: { words: "accepted, not confirmed", tone: "accent" },
  done: { words: "confirmed", tone: "ok" },
  refused: { words: "refused", tone: "bad" },
  ignored: { words: "ignored", tone: "bad" },
  shifted: { words: "given another time", tone: "warn" },
  "too-late": { words: "came too late", tone: "warn" },
  gone: { words: "post is gone", tone: "bad" },
  "plan-limit": { words: "over the plan's limit", tone: "bad" },
  conflict: { words: "changed elsewhere", tone: "warn" },
  withdrawn: { words: "taken back", tone: "" },
};

export const outcomeWords = ({ outcome }: ActivityEntryView): string => OUTCOMES[outcome].words;

/** The class of its colour. */
export const outcomeTone = ({ outcome }: ActivityEntryView): string => OUTCOMES[outcome].tone;

/** "Move to Fri 20 March, 17:15", "Create as a draft" */
export function activityWords({ wanted, creates }: ActivityEntryView, zone: string, now: number): string {
  const { status, time, text } = wanted;
  const when = time === null ? null : dayAndTime(time, zone, now);
  if (creates) return when === null ? "Create as a draft" : `Create for ${when}`;
  if (text !== null) return when === null ? "Change the text" : `Change the text, for ${when}`;
  switch (status) {
    case "deleted":
      return "Delete";
    case "published":
      return "Publish now";
    case "retried":
      return "Try again";
    case "skipped":
      return "Skip";
    case "draft":
      return "Pause";
    default:
      return when === null ? statusLabel(status) : `Schedule for ${when}`;
  }
}

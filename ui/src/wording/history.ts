// What was asked of a post and what became of it, in words.
import type { HistoryEntry, OutcomeWord } from "../host";
import { dayAndTime } from "../time/format";

const OUTCOMES: Record<OutcomeWord, string> = {
  waiting: "waiting to be sent",
  sending: "being sent",
  unknown: "sent, answer unknown",
  done: "sent",
  refused: "refused",
  ignored: "ignored by the service",
  shifted: "given another time",
  "too-late": "came too late",
  gone: "the post no longer exists",
  "plan-limit": "over the plan's limit",
  conflict: "changed elsewhere",
  withdrawn: "taken back",
};

/** "To Fri 20 March, 17:15 · sent", "Pause · waiting to be sent" */
export function historyWords({ wanted, outcome }: HistoryEntry, zone: string, now: number): string {
  const asked = wanted.time === null ? "Pause" : `To ${dayAndTime(wanted.time, zone, now)}`;
  return `${asked} · ${OUTCOMES[outcome]}`;
}

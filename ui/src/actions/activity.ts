// The outbox and its history, and what can be done with a change in it.
import type { ActivityEntryView, ActivityFilter, OutcomeWord } from "../host";
import { always, type Action } from "./action";

type OfAChange = Action<[entry: ActivityEntryView]>;

const WAITS: OutcomeWord[] = ["waiting", "unknown", "accepted"];
const CAN_BE_ASKED_AGAIN: OutcomeWord[] = ["refused", "ignored", "shifted", "plan-limit"];

/** Opens the list, with all of it or a part. */
export const openActivity: Action<[filter?: ActivityFilter]> = {
  name: "open-activity",
  label: "Activity",
  applies: always,
  run: (app, filter = "all") => app.dialogs.open({ kind: "activity", filter }),
};

/** Does not let it wait any longer. Throws what the host throws: the list says it. */
export const retryNow: OfAChange = {
  name: "retry-now",
  label: "Retry now",
  applies: (_, { outcome, isQuestion, nextAt }) =>
    (WAITS.includes(outcome) && nextAt !== null) || (isQuestion && CAN_BE_ASKED_AGAIN.includes(outcome)),
  run: (app, { change }) => app.host.retryChange(change).then(() => undefined),
};

/** Gives it up, and says so. */
export const discard: OfAChange = {
  name: "discard",
  label: "Discard",
  applies: (_, { outcome, isQuestion }) => outcome === "waiting" || isQuestion,
  async run(app, entry) {
    await app.host.discardChange(entry.change);
    app.toasts.info(discarded(entry));
  },
};

/** What giving it up means, for whoever is about to. */
export function discardMeans({ outcome, creates }: ActivityEntryView): string {
  if (outcome !== "waiting") return "Nothing is sent. The post stays as its service has it.";
  return creates
    ? "The post is not created. It stays here as a draft."
    : "Nothing is sent. The post stays as its service has it.";
}

function discarded({ outcome, creates }: ActivityEntryView): string {
  if (outcome !== "waiting") return "Dismissed.";
  return creates ? "Not created. It is kept in Drafts." : "Discarded. Nothing was sent.";
}

/** Copies what is known of it, for a question to the service. */
export const copyDetails: OfAChange = {
  name: "copy-details",
  label: "Copy details",
  applies: (_, { post }) => post !== null,
  async run(app, { change }) {
    await app.host.copyChangeDetails(change);
    app.toasts.info("Copied. No key is in it.");
  },
};

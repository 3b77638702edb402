// How an account is doing, in words.
import type { AccountView, HealthState, PlanLimitView } from "../host";
import { ago, day, duration, shortest } from "../time/format";

const STATES: Record<HealthState, { label: string; tone: string }> = {
  ok: { label: "connected", tone: "var(--ok)" },
  checking: { label: "checking…", tone: "var(--ink-2)" },
  "needs-key": { label: "key needed", tone: "var(--warn)" },
  "keychain-locked": { label: "keychain locked", tone: "var(--warn)" },
  unreachable: { label: "not reached", tone: "var(--warn)" },
  error: { label: "problem", tone: "var(--bad)" },
  limited: { label: "limited", tone: "var(--warn)" },
};

const number = new Intl.NumberFormat("en-GB");

export function stateName(state: HealthState): string {
  return STATES[state].label;
}

/** A CSS colour. */
export function stateTone(state: HealthState): string {
  return STATES[state].tone;
}

/** "2 min ago" while all is well, else what is the matter. */
export function stateWords({ health, syncing }: AccountView, now: number): string {
  if (syncing) return "reading…";
  const { state, lastContact } = health;
  return state === "ok" && lastContact !== null ? ago(lastContact, now) : stateName(state);
}

/** "Last answered 2 min ago." */
export function contactWords({ health }: AccountView, now: number): string {
  return health.lastContact === null
    ? "It has not answered yet."
    : `Last answered ${ago(health.lastContact, now)}.`;
}

/** "Its clock is 2 min ahead of this computer's."; null where they agree. */
export function clockWords({ health }: AccountView): string | null {
  if (health.clockDifference === null) return null;
  const by = duration(health.clockDifference * 1000);
  const which = health.clockDifference > 0 ? "ahead of" : "behind";
  return `Its clock is ${by} ${which} this computer's; the later one decides what is too late.`;
}

/** "Waits until 14:05."; null where nothing is waited for, or no longer. */
export function waitWords({ health }: AccountView, zone: string, now: number): string | null {
  if (health.until === null || Date.parse(health.until) <= now) return null;
  return `Waits until ${shortest(health.until, zone, now)}.`;
}

/** "30 of 30 posts used on the plan Starter."; null where the service told no number. */
export function limitNumbers({ used, limit, metric, plan }: PlanLimitView): string | null {
  const of = plan === null ? "" : ` on the plan ${plan}`;
  const what = metric === null ? "" : ` ${metric}`;
  if (limit === null) return used === null ? null : `${number.format(used)}${what} used${of}.`;
  if (used === null) return `The limit is ${number.format(limit)}${what}${of}.`;
  return `${number.format(used)} of ${number.format(limit)}${what} used${of}.`;
}

/** "Posts up to Fri 20 March"; null where the plan sets no end that is known. */
export function horizonWords({ capabilities }: AccountView, zone: string, now: number): string | null {
  const { horizon } = capabilities;
  return horizon === null ? null : `Posts up to ${day(horizon, zone, now)}`;
}

/** "Reading… 1,200 of 10,000 posts"; null while nothing is being read for the first time. */
export function progressWords({ syncing, syncedPosts, totalPosts }: AccountView): string | null {
  if (!syncing) return null;
  if (syncedPosts === null) return "Reading…";
  const read = number.format(syncedPosts);
  if (totalPosts === null) return `Reading… ${read} ${syncedPosts === 1 ? "post" : "posts"}`;
  // Posts made meanwhile are read as well.
  const total = Math.max(totalPosts, syncedPosts);
  return `Reading… ${read} of ${number.format(total)} ${total === 1 ? "post" : "posts"}`;
}

/** The same for the ear, in steps of a quarter: whoever listens is not told every page. */
export function progressSteps({ syncedPosts, totalPosts }: AccountView): string {
  if (syncedPosts === null || !totalPosts) return "Reading posts";
  const quarters = Math.min(4, Math.floor((4 * syncedPosts) / totalPosts));
  return quarters === 0 ? "Reading posts" : `Reading posts, ${quarters * 25} % done`;
}

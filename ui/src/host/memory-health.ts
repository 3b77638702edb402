// Accounts that are not well, each in another way, and one that is being read for the first time.
import type { AccountView, HealthView } from "./bindings";
import { account } from "./memory-demo";
import { iso } from "./memory-outbox";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function ailingAccounts(now: number): AccountView[] {
  const ailing = (id: string, label: string, health: Partial<HealthView>): AccountView => {
    const base = account(id, label, now, [["linkedin", label, label]]);
    return { ...base, health: { ...base.health, ...health } };
  };
  const capped = ailing("capped", "Capped", {
    clockDifference: null,
    planLimit: {
      message: "Monthly post limit reached",
      advice: "Wait until 1 April, or choose a larger plan at PostPost.",
      metric: "posts",
      used: 30,
      limit: 30,
      plan: "Starter",
      at: iso(now - 10 * MINUTE),
    },
  });
  capped.capabilities.horizon = iso(now + 2.5 * DAY);
  const [channel] = capped.channels;
  if (channel) channel.problem = "LinkedIn wants to be connected again. Do that at PostPost.";
  return [
    capped,
    ailing("limited", "Limited", {
      state: "limited",
      message: "PostPost takes no more requests for now.",
      advice: "Nothing is lost: your changes are sent when it does.",
      until: iso(now + 3 * MINUTE),
      lastContact: iso(now - 4 * MINUTE),
    }),
    ailing("unreached", "Unreached", {
      state: "unreachable",
      message: "PostPost can't be reached.",
      advice: "Check your connection.",
      until: iso(now + MINUTE),
      lastContact: iso(now - 3 * 60 * MINUTE),
    }),
    ailing("keyless", "Keyless", {
      state: "needs-key",
      message: "PostPost refused the key.",
      advice: "Enter a new one.",
    }),
    { ...account("reading", "Reading", now, []), syncing: true, syncedPosts: 1200, totalPosts: 10_000 },
  ];
}

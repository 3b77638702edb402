// Accounts and posts for the tests of this folder: valid, plain, and overridden where a test says so.
import type { AccountView, CapabilitiesView, PostView } from "../host/bindings";
import { networkColor, networkName } from "../wording/channel";
import { laneKey, type Placement } from "./lanes";

export const BERLIN = "Europe/Berlin";
/** Wed 18 March 2026, 10:02 in Berlin. */
export const NOW = Date.parse("2026-03-18T09:02:00Z");

export function account(
  overrides: Partial<AccountView> = {},
  can: Partial<CapabilitiesView> = {},
): AccountView {
  return {
    id: "studio",
    service: "postpost",
    serviceName: "PostPost",
    label: "Studio",
    colour: "blue",
    workspace: null,
    baseUrl: "https://example.com",
    health: {
      state: "ok",
      message: null,
      advice: null,
      lastContact: null,
      until: null,
      planLimit: null,
      clockDifference: null,
    },
    channels: [
      { id: "linkedin-1", network: "linkedin", name: "Studio", handle: null, problem: null, hidden: false },
      { id: "x-1", network: "x", name: "Studio", handle: "@studio", problem: null, hidden: false },
    ],
    capabilities: {
      reschedule: true,
      pause: true,
      resume: true,
      create: true,
      editText: true,
      delete: "removes",
      publishNow: "never",
      retry: false,
      oneChannelPerPost: false,
      leadSeconds: 120,
      horizon: null,
      ...can,
    },
    waiting: 0,
    syncing: false,
    syncedPosts: null,
    totalPosts: null,
    builtIn: false,
    keyKeptIn: "keychain",
    ...overrides,
  };
}

/** Scheduled for Thu 19 March 2026, 14:30 in Berlin, to X, and confirmed. */
export function post(overrides: Partial<PostView> = {}): PostView {
  const { status = "scheduled", time = status === "draft" ? null : "2026-03-19T13:30:00Z" } = overrides;
  return {
    id: "post-1",
    remote: "68c0f1e2d3a4b5c6d7e8f901",
    account: "studio",
    text: "Thursday thought: your audience is waiting",
    confirmedText: null,
    status,
    time,
    confirmedStatus: status,
    confirmedTime: time,
    rememberedTime: null,
    sync: { state: "synced" },
    lockedBecause: null,
    undeletableBecause: null,
    leaving: false,
    targets: targets("x-1"),
    media: [],
    isSpare: false,
    handOver: null,
    ...overrides,
  };
}

export function targets(...channels: string[]): PostView["targets"] {
  return channels.map((channel) => ({ channel, status: "scheduled", time: null, link: null, error: null }));
}

/** A post where its lane would place it: on X, at `time` in epoch milliseconds. */
export function placement(time: number, overrides: Partial<Placement> = {}): Placement {
  const owner = overrides.account ?? account();
  const channel = owner.channels[1] ?? {
    id: "x-1",
    network: "x",
    name: "",
    handle: null,
    problem: null,
    hidden: false,
  };
  const shown = overrides.post ?? post({ id: `post-${time}`, time: new Date(time).toISOString() });
  return {
    key: `${shown.id} ${laneKey(owner.id, channel.id)}`,
    post: shown,
    account: owner,
    channel,
    color: networkColor(networkName(channel.network)),
    time,
    stamp: shown.time,
    status: shown.status,
    paused: false,
    ...overrides,
  };
}

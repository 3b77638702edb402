// Which posts stand in which lane, and when. A lane is a channel; a post stands in every lane it targets, once.
import type { AccountView, ChannelView, PostView, TargetView } from "../host/bindings";
import { networkColor, networkName } from "../wording/channel";

export type Lane = {
  key: string;
  account: AccountView;
  channel: ChannelView;
  /** "LinkedIn" */
  network: string;
  /** A CSS colour. */
  color: string;
  /** Sorted by time. */
  placements: Placement[];
};

/** One post in one lane. */
export type Placement = {
  /** Unique by post and lane. */
  key: string;
  post: PostView;
  account: AccountView;
  channel: ChannelView;
  color: string;
  /** Epoch milliseconds: when it goes out, went out, or was paused from. */
  time: number;
  /** The same as the host gave it, RFC 3339; null for a paused post, which goes out at no time. */
  stamp: string | null;
  status: string;
  /** A draft, standing at the time it remembers. */
  paused: boolean;
};

export type Lanes = {
  lanes: Lane[];
  /** The channels that are left out. */
  hidden: ChannelView[];
  /** When the first paused post loses its place because its remembered time has passed. */
  staleAt: number;
};

/** Once a post is on its way, each target has a fate of its own. */
const UNDER_WAY = new Set(["publishing", "published", "partially-published", "failed"]);

/**
 * Lanes in the order of the accounts, without those the user has hidden. Channels that only posts name get a lane at
 * the end of their account.
 */
export function buildLanes(accounts: AccountView[], posts: PostView[], now: number): Lanes {
  const lanes = new Map<string, Lane>();
  const byAccount = new Map(accounts.map((account) => [account.id, account]));
  const hidden: ChannelView[] = [];
  const isHidden = new Set<string>();
  for (const account of accounts) {
    for (const channel of account.channels) {
      if (!channel.hidden) {
        addLane(lanes, account, channel);
        continue;
      }
      hidden.push(channel);
      isHidden.add(laneKey(account.id, channel.id));
    }
  }
  let staleAt = Infinity;
  for (const post of posts) {
    const account = byAccount.get(post.account);
    if (!account) continue;
    for (const target of targetsOf(post)) {
      if (isHidden.has(laneKey(account.id, target.channel))) continue;
      const shown = shownAt(post, target, now);
      if (!shown) continue;
      const lane =
        lanes.get(laneKey(account.id, target.channel)) ??
        addLane(lanes, account, unknownChannel(target.channel));
      lane.placements.push({
        key: `${post.id} ${lane.key}`,
        post,
        account,
        channel: lane.channel,
        color: lane.color,
        ...shown,
      });
      if (shown.paused) staleAt = Math.min(staleAt, shown.time);
    }
  }
  const order = new Map(accounts.map((account, index) => [account.id, index]));
  const sorted = [...lanes.values()].sort(
    (a, b) => (order.get(a.account.id) ?? 0) - (order.get(b.account.id) ?? 0),
  );
  for (const lane of sorted) lane.placements.sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1));
  return { lanes: sorted, hidden, staleAt };
}

export function laneKey(account: string, channel: string): string {
  return `${account} ${channel}`;
}

function addLane(lanes: Map<string, Lane>, account: AccountView, channel: ChannelView): Lane {
  const key = laneKey(account.id, channel.id);
  const lane: Lane = {
    key,
    account,
    channel,
    network: networkName(channel.network),
    color: networkColor(channel.network),
    placements: [],
  };
  lanes.set(key, lane);
  return lane;
}

/** A channel the service no longer lists must not take its posts off the screen. */
function unknownChannel(id: string): ChannelView {
  return { id, network: "", name: id || "No channel", handle: null, problem: null, hidden: false };
}

/** Each channel once; a post without any stands in a lane of its own. */
function targetsOf(post: PostView): TargetView[] {
  if (post.targets.length === 0) {
    return [{ channel: "", status: post.status, time: null, link: null, error: null }];
  }
  if (post.targets.length === 1) return post.targets;
  return [...new Map(post.targets.map((target) => [target.channel, target])).values()];
}

type Shown = Pick<Placement, "time" | "stamp" | "status" | "paused">;

function shownAt(post: PostView, target: TargetView, now: number): Shown | null {
  if (post.time === null) {
    const remembered = rememberedTime(post);
    if (remembered === null || remembered <= now) return null;
    return { time: remembered, stamp: null, status: post.status, paused: true };
  }
  // A target's own time is the service's: it stands only while nothing newer was asked for.
  const moved = post.time !== post.confirmedTime;
  const stamp = !moved && target.time !== null ? target.time : post.time;
  const status = UNDER_WAY.has(post.status) && target.status ? target.status : post.status;
  return { time: Date.parse(stamp), stamp, status, paused: false };
}

/** The time a draft would go out at again. A pause the service has not confirmed keeps the time it still has there. */
export function rememberedTime(post: PostView): number | null {
  if (post.status !== "draft") return null;
  const time = post.rememberedTime ?? (post.confirmedStatus === "scheduled" ? post.confirmedTime : null);
  return time === null ? null : Date.parse(time);
}

/** How many go out from `from` up to `to`. */
export function countBetween(placements: Placement[], from: number, to: number): number {
  return firstFrom(placements, to) - firstFrom(placements, from);
}

function firstFrom(placements: Placement[], time: number): number {
  let low = 0;
  let high = placements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((placements[middle] as Placement).time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

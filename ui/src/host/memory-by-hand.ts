// What the in-memory twin does for the account that is always there: its channels, and posts handed over to the user.
import type { AccountView, ChannelView, HandOverAnswer, HandOverView, NextPost } from "./bindings";
import { account, capabilitiesOf } from "./memory-demo";
import { error } from "./memory-connect";
import { iso, type MemoryPost } from "./memory-outbox";

type World = {
  accounts: AccountView[];
  posts: Map<string, MemoryPost>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** As the host words them: "Instagram @harbour". */
  words(post: MemoryPost): string;
  changed(): void;
};

/** The networks with a page to write a post on. */
const WITH_PAGE = ["twitter", "x", "bluesky", "threads", "linkedin", "reddit", "telegram", "facebook"];
const DUE_SHOWN = 20;

export function builtInAccount(now: number, channels: [string, string, string][]): AccountView {
  const capabilities = { ...capabilitiesOf("computer"), oneChannelPerPost: true, leadSeconds: 0 };
  return {
    ...account("by-hand", "This computer", now, channels, "slate"),
    service: "computer",
    serviceName: "This computer",
    baseUrl: "rundown://this-computer",
    capabilities,
    keyKeptIn: "session",
    builtIn: true,
  };
}

/** A post whose time came a quarter of an hour ago. */
export function duePost(now: number, account: string, channel: string): MemoryPost {
  const time = iso(now - 15 * 60_000);
  return {
    id: "due",
    remote: "0190c0f1-e2d3-7a45-8b6c-000000000001",
    account,
    text: "A walk along the pier on Saturday: who is coming?",
    confirmed: { status: "scheduled", time },
    wish: null,
    remembered: null,
    sync: { state: "synced" },
    targets: [{ channel, status: "scheduled", time: null, link: null, error: null }],
    media: [],
    history: [
      {
        at: iso(now - 24 * 3_600_000),
        wanted: { status: "scheduled", time, text: null },
        outcome: "done",
        detail: null,
      },
    ],
  };
}

export function createByHand(world: World) {
  const { accounts, posts } = world;
  let added = 0;

  function owner(id: string): AccountView {
    const found = accounts.find((candidate) => candidate.id === id);
    if (!found) throw error("not-found", "This account is no longer connected.");
    if (found.builtIn) return found;
    throw error("not-possible", `The channels of “${found.label}” are added and removed at its service.`);
  }

  function channelOf(account: AccountView, id: string): ChannelView {
    const found = account.channels.find((channel) => channel.id === id);
    if (!found) throw error("not-found", "This channel is no longer here.");
    return found;
  }

  function checked(account: AccountView, id: string, network: string, name: string) {
    const bare = name.trim().replace(/^@/, "");
    const kind = network.trim().toLowerCase();
    if (kind === "" || bare === "") {
      throw error("empty-text", "Choose a network, and write the handle or name of the channel there.");
    }
    const isTwin = (other: ChannelView) =>
      other.id !== id && other.network === kind && other.name.toLowerCase() === bare.toLowerCase();
    if (account.channels.some(isTwin)) {
      throw error("already-connected", "There is a channel of this name already.");
    }
    return { network: kind, name: bare, handle: name.includes("@") ? `@${bare}` : null };
  }

  function isByHand(post: MemoryPost): boolean {
    const found = accounts.find(({ id }) => id === post.account);
    return found?.capabilities.publishNow === "by-hand";
  }

  function isDue(post: MemoryPost): boolean {
    const { status, time } = post.confirmed;
    return post.wish === null && status === "scheduled" && time !== null && Date.parse(time) <= world.now();
  }

  function view(post: MemoryPost): HandOverView | null {
    if (!isByHand(post)) return null;
    const channels = accounts.flatMap((account) => account.channels);
    const opensPage = post.targets.some((target) =>
      WITH_PAGE.includes(channels.find(({ id }) => id === target.channel)?.network ?? ""),
    );
    return { isDue: isDue(post), opensPage };
  }

  return {
    view,
    addChannel(account: string, network: string, name: string): ChannelView {
      const found = owner(account);
      added += 1;
      const id = `${account}/added-${added}`;
      const channel = { id, ...checked(found, id, network, name), problem: null, hidden: false };
      found.channels.push(channel);
      world.changed();
      return channel;
    },
    renameChannel(account: string, id: string, network: string, name: string): ChannelView {
      const found = owner(account);
      const channel = channelOf(found, id);
      Object.assign(channel, checked(found, id, network, name));
      world.changed();
      return channel;
    },
    removeChannel(account: string, id: string): null {
      const found = owner(account);
      const channel = channelOf(found, id);
      const planned = [...posts.values()].filter(
        (post) =>
          ["draft", "scheduled"].includes(post.confirmed.status) &&
          post.targets.some((target) => target.channel === id),
      ).length;
      if (planned > 0) {
        const those = planned === 1 ? "1 post is" : `${planned} posts are`;
        throw error(
          "not-possible",
          `${those} still planned for this channel. Publish, skip or delete what is, first.`,
        );
      }
      found.channels.splice(found.channels.indexOf(channel), 1);
      world.changed();
      return null;
    },
    handOver(id: string): HandOverAnswer {
      const post = posts.get(id);
      if (!post) throw error("not-found", "This post no longer exists.");
      const handed = view(post);
      if (handed === null) throw error("not-possible", "This post is published by its service.");
      return { copied: true, openedUrl: handed.opensPage ? "https://example.com/compose" : null };
    },
    due(): NextPost[] {
      return [...posts.values()]
        .filter((post) => isByHand(post) && isDue(post))
        .map((post) => ({ post: post.id, channel: world.words(post), time: post.confirmed.time ?? "" }))
        .sort((one, other) => one.time.localeCompare(other.time))
        .slice(0, DUE_SHOWN);
    },
  };
}

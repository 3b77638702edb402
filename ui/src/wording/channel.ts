// The names and colours of networks and channels. A network Rundown does not know keeps its own word.
import type { AccountView, ChannelView } from "../host";

const NETWORKS: Record<string, { name: string; color: string }> = {
  x: { name: "X", color: "var(--x)" },
  twitter: { name: "X", color: "var(--x)" },
  linkedin: { name: "LinkedIn", color: "var(--linkedin)" },
  bluesky: { name: "Bluesky", color: "var(--bluesky)" },
  mastodon: { name: "Mastodon", color: "var(--mastodon)" },
  instagram: { name: "Instagram", color: "var(--instagram)" },
  threads: { name: "Threads", color: "var(--threads)" },
  facebook: { name: "Facebook", color: "var(--facebook)" },
  tiktok: { name: "TikTok", color: "var(--tiktok)" },
  youtube: { name: "YouTube", color: "var(--youtube)" },
  telegram: { name: "Telegram", color: "var(--telegram)" },
  pinterest: { name: "Pinterest", color: "var(--pinterest)" },
  reddit: { name: "Reddit", color: "var(--ink-3)" },
};

/** The word each known network is kept by, where the user chooses one. */
export const KNOWN_NETWORKS = Object.keys(NETWORKS).filter((key) => key !== "twitter");

/** The one of those words that means the same network; null for a network that is not known. */
export function networkKey(network: string): string | null {
  return KNOWN_NETWORKS.find((key) => networkName(key) === networkName(network)) ?? null;
}

export function networkName(network: string): string {
  return NETWORKS[network.toLowerCase()]?.name ?? network;
}

/** A CSS colour. */
export function networkColor(network: string): string {
  return NETWORKS[network.toLowerCase()]?.color ?? "var(--ink-3)";
}

/** "LinkedIn · Studio", "X · @studio" */
export function channelLabel(channel: ChannelView): string {
  const who = channel.handle ?? channel.name;
  return who ? `${networkName(channel.network)} · ${who}` : networkName(channel.network);
}

export function findChannel(accounts: AccountView[], id: string): ChannelView | undefined {
  for (const account of accounts) {
    const channel = account.channels.find((candidate) => candidate.id === id);
    if (channel) return channel;
  }
  return undefined;
}

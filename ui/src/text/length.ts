// How long a text is to a network, and how long it may be there. A text that is too long is warned of, never refused:
// limits change, and some accounts have higher ones.
import { networkName } from "../wording/channel";

/** By the name of the network. */
const LIMITS: Record<string, number> = {
  X: 280,
  Bluesky: 300,
  Threads: 500,
  Mastodon: 500,
  Pinterest: 500,
  Instagram: 2_200,
  TikTok: 2_200,
  LinkedIn: 3_000,
  Telegram: 4_096,
  Facebook: 63_206,
};

export type Measure = (text: string) => number;
export type Length = { network: string; count: number; limit: number | null };

const segmenter = new Intl.Segmenter();

/** What a reader takes for one character counts one. */
export function graphemes(text: string): number {
  return [...segmenter.segment(text)].length;
}

/** One for each network, in their order; `weigh` counts for X, once it is there. */
export function lengthsOf(text: string, networks: string[], weigh: Measure | null): Length[] {
  const plain = graphemes(text);
  return [...new Set(networks.map(networkName))].map((network) => ({
    network,
    count: network === "X" && weigh !== null ? weigh(text) : plain,
    limit: LIMITS[network] ?? null,
  }));
}

/** X counts by weight: a link is 23, an emoji or a character of Chinese 2. Its own code does it, fetched when needed. */
export async function loadWeight(): Promise<Measure> {
  const { default: parseTweet } = await import("twitter-text/dist/esm/parseTweet.js");
  return (text) => parseTweet(text.normalize("NFC")).weightedLength;
}

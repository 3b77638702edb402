// What the form for a new post begins with, and which of its fields a refusal is about.
import type { AccountView, ErrorCode, PostView, Unsaved as Typed } from "../host";
import { networkName } from "../wording/channel";
import { mediaWords } from "../wording/media";

export type Field = "account" | "channels" | "text" | "time";
export type Begun = { account: string; channels: string[]; text: string };

const FIELDS: Partial<Record<ErrorCode, Field>> = {
  "empty-text": "text",
  "no-channel": "channels",
  "past-time": "time",
  "too-late": "time",
  "not-possible": "account",
};

/** The field the host's refusal is about; null where it is about none. */
export function fieldOf(code: ErrorCode): Field | null {
  return FIELDS[code] ?? null;
}

/**
 * `accounts` are those at which posts can be created, at least one; `networks` are those of the post to be like, for
 * where its own account is not among them; `asked` is the account the form was opened for, if any.
 */
export function begin(
  accounts: AccountView[],
  like: PostView | undefined,
  kept: Pick<Typed, "text" | "account" | "channels"> | null,
  networks: string[] = [],
  asked: string | null = null,
): Begun {
  const wanted = asked ?? kept?.account ?? like?.account;
  const account = accounts.find(({ id }) => id === wanted) ?? readiest(accounts);
  const known = account?.channels.map(({ id }) => id) ?? [];
  const alike =
    like && account?.id === like.account
      ? like.targets.map(({ channel }) => channel)
      : account && matching(account, networks);
  const channels = kept?.channels ?? alike ?? [];
  const same = channels.filter((id) => known.includes(id));
  const only = known.length === 1 ? known : [];
  return {
    account: account?.id ?? "",
    channels: same.length > 0 || like ? same : only,
    text: kept?.text ?? like?.text ?? "",
  };
}

/** The first with channels to post to, and one of a service before the one that is always there. */
function readiest(accounts: AccountView[]): AccountView | undefined {
  const ready = accounts.filter(({ channels }) => channels.length > 0);
  return (
    ready.find(({ builtIn }) => !builtIn) ??
    ready[0] ??
    accounts.find(({ builtIn }) => !builtIn) ??
    accounts[0]
  );
}

/** The channels of `to` on the networks these channels are on. */
export function matching(to: AccountView, networks: string[]): string[] {
  const names = new Set(networks.map(networkName));
  return to.channels.filter(({ network }) => names.has(networkName(network))).map(({ id }) => id);
}

/** "2 pictures can't be carried over: Rundown can't upload pictures yet."; null where nothing is lost. */
export function leftBehind({ media }: PostView): string | null {
  if (media.length === 0) return null;
  const kinds = new Set(media.map(({ kind }) => kind));
  const what =
    kinds.size === 1 && kinds.has("video") ? "videos" : kinds.has("image") ? "pictures" : "attachments";
  return `${mediaWords(media)} can't be carried over: Rundown can't upload ${what} yet.`;
}

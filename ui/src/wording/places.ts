// Where a post goes, in a sentence.
import type { AccountView, PostView } from "../host";
import { findChannel, networkName } from "./channel";

const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** "LinkedIn Studio and X @studio"; empty where it goes nowhere that is known. */
export function places(accounts: AccountView[], post: Pick<PostView, "targets">): string {
  return list.format(
    post.targets.flatMap((target) => {
      const channel = findChannel(accounts, target.channel);
      if (!channel) return [];
      return `${networkName(channel.network)} ${channel.handle ?? channel.name}`.trim();
    }),
  );
}

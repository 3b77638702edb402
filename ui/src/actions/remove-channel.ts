import type { AccountView, ChannelView } from "../host";
import { channelLabel } from "../wording/channel";
import type { Action } from "./action";

/** Opens the warning. */
export const askToRemoveChannel: Action<[account: AccountView, channel: ChannelView]> = {
  name: "ask-to-remove-channel",
  label: "Remove channel…",
  applies: (_, account) => account.builtIn,
  run: (app, account, channel) =>
    app.dialogs.open({ kind: "remove-channel", account: account.id, channel: channel.id }),
};

/** Removes a channel with the record of its posts. Throws what the host throws: the dialog says it. */
export const removeChannel: Action<[account: AccountView, channel: ChannelView]> = {
  name: "remove-channel",
  label: "Remove",
  applies: (_, account) => account.builtIn,
  async run(app, account, channel) {
    await app.host.removeChannel(account.id, channel.id);
    await Promise.all([app.accounts.load(), app.posts.reload()]);
    app.toasts.info(`${channelLabel(channel)} is removed.`);
  },
};

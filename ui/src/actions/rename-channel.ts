import type { AccountView, ChannelView } from "../host";
import type { Action } from "./action";

/** Opens the form. */
export const askForChannelName: Action<[account: AccountView, channel: ChannelView]> = {
  name: "ask-for-channel-name",
  label: "Rename channel…",
  applies: (_, account) => account.builtIn,
  run: (app, account, channel) =>
    app.dialogs.open({ kind: "channel", account: account.id, channel: channel.id, back: null }),
};

/** Gives a channel another network or name. Throws what the host throws: the form says it. */
export const renameChannel: Action<
  [account: AccountView, channel: ChannelView, network: string, name: string]
> = {
  name: "rename-channel",
  label: "Rename",
  applies: (_, account) => account.builtIn,
  async run(app, account, channel, network, name) {
    await app.host.renameChannel(account.id, channel.id, network, name);
    await app.accounts.load();
  },
};

import type { AccountView } from "../host";
import type { Dialog } from "../state/dialogs.svelte";
import { channelLabel } from "../wording/channel";
import type { Action } from "./action";

/** Opens the form. `back` is the dialog to go on with, once the channel is there or the form is closed. */
export const askForChannel: Action<[account: AccountView, back?: Dialog]> = {
  name: "ask-for-channel",
  label: "Add channel…",
  applies: (_, account) => account.builtIn,
  run: (app, account, back) =>
    app.dialogs.open({ kind: "channel", account: account.id, channel: null, back: back ?? null }),
};

/** Adds a channel whose posts the user publishes. Throws what the host throws: the form says it. */
export const addChannel: Action<[account: AccountView, network: string, name: string]> = {
  name: "add-channel",
  label: "Add channel",
  applies: (_, account) => account.builtIn,
  async run(app, account, network, name) {
    const added = await app.host.addChannel(account.id, network, name);
    await app.accounts.load();
    app.toasts.info(`${channelLabel(added)} is added.`);
  },
};

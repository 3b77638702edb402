import type { AccountView } from "../host";
import { always, type Action } from "./action";

/** Opens the warning. */
export const askToDisconnect: Action<[account: AccountView]> = {
  name: "ask-to-disconnect",
  label: "Disconnect",
  applies: (_, account) => !account.builtIn,
  run: (app, account) => app.dialogs.open({ kind: "disconnect", account: account.id }),
};

/** Forgets the account, its key and what waited for it. Nothing changes at the service. */
export const disconnect: Action<[account: AccountView]> = {
  name: "disconnect",
  label: "Disconnect",
  applies: always,
  run: (app, account) =>
    app.attempt(async () => {
      await app.host.disconnectAccount(account.id);
      if (app.selectedPost?.account === account.id) app.selection.select(null);
      await app.accounts.load();
      app.toasts.info(`${account.label} is disconnected.`);
    }),
};

import type { AccountView, KeepKey } from "../host";
import { always, type Action } from "./action";

/** Opens the form. */
export const askForNewKey: Action<[account: AccountView]> = {
  name: "ask-for-new-key",
  label: "Replace key",
  applies: (_, account) => !account.builtIn,
  run: (app, account) => app.dialogs.open({ kind: "replace-key", account: account.id }),
};

/** Gives an account a new key. Throws what the host throws: the form says it. */
export const replaceKey: Action<[account: AccountView, key: string, keep: KeepKey]> = {
  name: "replace-key",
  label: "Replace key",
  applies: always,
  async run(app, account, key, keep) {
    await app.host.replaceKey(account.id, key, keep);
    await app.accounts.load();
    app.toasts.info(`${account.label} has its new key.`);
  },
};

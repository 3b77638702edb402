import type { AccountView } from "../host";
import type { AppState } from "../state/app.svelte";
import { always, type Action } from "./action";

/** Opens the form. */
export const askForName: Action<[account: AccountView]> = {
  name: "ask-for-name",
  label: "Rename…",
  applies: always,
  run: (app, account) => app.dialogs.open({ kind: "rename", account: account.id }),
};

/** Calls an account something else. Throws what the host throws: the form says it. */
export const renameAccount: Action<[account: AccountView, label: string]> = {
  name: "rename-account",
  label: "Rename",
  applies: always,
  async run(app: AppState, account, label) {
    await app.host.renameAccount(account.id, label);
    await app.accounts.load();
  },
};

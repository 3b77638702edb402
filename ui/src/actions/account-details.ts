import type { AccountView } from "../host";
import type { Action } from "./action";

/** Shows how an account is doing and what its service and plan allow. */
export const openDetails: Action<[account: AccountView]> = {
  name: "open-details",
  label: "Details…",
  // Nothing stands between this computer and itself.
  applies: (_, account) => !account.builtIn,
  run: (app, account) => app.dialogs.open({ kind: "account-details", account: account.id }),
};

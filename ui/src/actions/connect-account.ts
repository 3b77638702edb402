import type { ConnectForm } from "../host";
import { always, type Action } from "./action";

/** Opens the form. */
export const addAccount: Action = {
  name: "add-account",
  label: "Add account",
  applies: always,
  run: (app) => app.dialogs.open({ kind: "connect" }),
};

/** Checks the key with the service and keeps the account. Throws what the host throws: the form says it. */
export const connectAccount: Action<[form: ConnectForm]> = {
  name: "connect-account",
  label: "Connect",
  applies: always,
  async run(app, form) {
    const id = await app.host.connectAccount(form);
    await app.accounts.load();
    app.toasts.info(`${app.accounts.find(id)?.label ?? form.label} is connected.`);
  },
};

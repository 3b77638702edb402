import type { ConnectForm, WorkspaceView } from "../host";
import type { AppState } from "../state/app.svelte";
import { always, type Action } from "./action";

/** Opens the form. */
export const addAccount: Action = {
  name: "add-account",
  label: "Add account",
  applies: always,
  run: (app) => app.dialogs.open({ kind: "connect" }),
};

/**
 * Checks the key with the service and keeps the account. Where the key opens several workspaces, nothing is kept yet:
 * it resolves to them, and one is to be chosen. Throws what the host throws: the form says it.
 */
export const connectAccount: Action<[form: ConnectForm], WorkspaceView[] | null> = {
  name: "connect-account",
  label: "Connect",
  applies: always,
  async run(app, form) {
    const answer = await app.host.connectAccount(form);
    if (answer.outcome === "chooseWorkspace") return answer.workspaces;
    await welcome(app, answer.account, form.label);
    return null;
  },
};

/** Connects one of the workspaces the key opens. Throws what the host throws: another may be chosen then. */
export const chooseWorkspace: Action<[workspace: string, label: string]> = {
  name: "choose-workspace",
  label: "Connect",
  applies: always,
  run: async (app, workspace, label) => welcome(app, await app.host.chooseWorkspace(workspace), label),
};

/** No workspace will be chosen: the host forgets the key. */
export const cancelConnect: Action = {
  name: "cancel-connect",
  label: "Cancel",
  applies: always,
  run: (app) => app.attempt(() => app.host.cancelConnect()),
};

async function welcome(app: AppState, account: string, label: string): Promise<void> {
  await app.accounts.load();
  app.toasts.info(`${app.accounts.find(account)?.label ?? label} is connected.`);
}

import type { AccountView } from "../host";
import { postsWord } from "../wording/pauses";
import { always, type Action } from "./action";

/** Asks what to pause. */
export const askToPauseAll: Action = {
  name: "ask-to-pause-all",
  label: "Pause all",
  applies: (app) => !app.accounts.isBare,
  run: (app) => app.dialogs.open({ kind: "pause-all", only: null }),
};

/** Asks to pause everything at one account. */
export const askToPauseAccount: Action<[account: AccountView]> = {
  name: "ask-to-pause-account",
  label: "Pause all…",
  applies: (_, account) => account.channels.length > 0,
  run: (app, account) => app.dialogs.open({ kind: "pause-all", only: account.id }),
};

/** Pauses everything that these accounts send out. */
export const pauseAll: Action<[accounts: string[], posts: number]> = {
  name: "pause-all",
  label: "Pause",
  applies: always,
  run: (app, accounts, posts) =>
    app.attempt(async () => {
      await app.host.pauseAll(accounts);
      await app.pauses.load();
      app.announcer.say(`Pausing ${postsWord(posts)}.`);
    }),
};

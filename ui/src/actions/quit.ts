import { always, type Action } from "./action";

/** Quits although changes wait; they are kept and sent at the next start. */
export const quitAnyway: Action = {
  name: "quit-anyway",
  label: "Quit anyway",
  applies: always,
  run: (app) => app.attempt(() => app.host.answerQuit(true)),
};

export const stay: Action = {
  name: "stay",
  label: "Stay",
  applies: always,
  run: (app) =>
    app.attempt(async () => {
      app.dialogs.quit = null;
      await app.host.answerQuit(false);
    }),
};

import type { ResumeHow } from "../host";
import { postsWord } from "../wording/pauses";
import { always, type Action } from "./action";

/** Asks how what is paused is to go out again, and shows what became of each post. */
export const askToResumeAll: Action = {
  name: "ask-to-resume-all",
  label: "Resume…",
  applies: (app) => app.pauses.list.length > 0,
  run: (app) => app.dialogs.open({ kind: "resume-all" }),
};

/** Lets what is paused go out again. */
export const resumeAll: Action<[accounts: string[], how: ResumeHow]> = {
  name: "resume-all",
  label: "Resume",
  applies: always,
  run: (app, accounts, how) =>
    app.attempt(async () => {
      const { resumed, passed } = await app.host.resumeAll(accounts, how);
      await app.pauses.load();
      const left = passed > 0 ? ` ${postsWord(passed)} stay drafts: their time has passed.` : "";
      app.toasts.info(`Resuming ${postsWord(resumed)}.${left}`);
    }),
};

/** Ends the pause of these accounts: what is a draft stays one. */
export const endPauses: Action<[accounts: string[]]> = {
  name: "end-pauses",
  label: "Done",
  applies: (app) => app.pauses.list.length > 0,
  run: (app, accounts) =>
    app.attempt(async () => {
      await app.host.endPauses(accounts);
      await app.pauses.load();
    }),
};

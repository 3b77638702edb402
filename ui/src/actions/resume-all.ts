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
export const resumeAll: Action<[how: ResumeHow]> = {
  name: "resume-all",
  label: "Resume",
  applies: always,
  run: (app, how) =>
    app.attempt(async () => {
      const { resumed, passed } = await app.host.resumeAll(app.pauses.accounts, how);
      await app.pauses.load();
      const left = passed > 0 ? ` ${postsWord(passed)} stay drafts: their time has passed.` : "";
      app.toasts.info(`Resuming ${postsWord(resumed)}.${left}`);
    }),
};

/** Ends the pause: what is a draft stays one. */
export const endPauses: Action = {
  name: "end-pauses",
  label: "Done",
  applies: (app) => app.pauses.list.length > 0,
  run: (app) =>
    app.attempt(async () => {
      await app.host.endPauses(app.pauses.accounts);
      await app.pauses.load();
    }),
};

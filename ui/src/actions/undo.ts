import type { ChangeReceipt, Host, PostView } from "../host";
import { hostError } from "../host";
import type { AppState } from "../state/app.svelte";
import type { Toast } from "../state/toasts.svelte";
import { dayAndTime } from "../time/format";
import { always, type Action } from "./action";

type Word = "Undone" | "Redone";

/** Takes back the last step, whatever it was. */
export const undo: Action = {
  name: "undo",
  label: "Undo",
  shortcut: { key: "z", mod: true },
  applies: always,
  async run(app) {
    const { takeBack } = app.toasts;
    if (takeBack !== null) {
      app.toasts.withdrawUndo();
      return app.attempt(takeBack);
    }
    await takeStep(app, "Undone", (host) => host.undo(null));
  },
};

/** Takes back the step that a message tells of, whatever was done since. */
export async function undoStep(
  app: AppState,
  { post, takeBack }: Pick<Toast, "post" | "takeBack">,
): Promise<void> {
  if (takeBack !== null) return undo.run(app);
  await takeStep(app, "Undone", (host) => host.undo(post));
}

/** Goes a step back or forth, and says what is so then. */
export async function takeStep(
  app: AppState,
  word: Word,
  ask: (host: Host) => Promise<ChangeReceipt>,
): Promise<void> {
  try {
    const shown = new Map(app.posts.all.map((post) => [post.id, post]));
    const receipt = await ask(app.host);
    app.toasts.withdrawUndo();
    await app.posts.refetch([receipt.post]);
    app.toasts.info(`${word}: ${stands(app, word, receipt, shown.get(receipt.post))}`, {
      post: receipt.post,
    });
  } catch (thrown) {
    const error = hostError(thrown);
    if (error.code === "nothing-to-undo" || error.code === "nothing-to-redo") app.toasts.info(error.message);
    else app.report(error);
    app.toasts.withdrawUndo();
  }
}

/** What is so now, by what was shown `before`. */
function stands(app: AppState, word: Word, receipt: ChangeReceipt, before: PostView | undefined): string {
  const after = app.posts.get(receipt.post);
  if (after?.leaving) return "the post is about to be deleted";
  if (before?.leaving) return "the post is not deleted";
  const isWhereItWas = before?.status === receipt.status && before.time === receipt.time;
  if (isWhereItWas && before.text !== after?.text) {
    return `the ${word === "Undone" ? "former" : "newer"} text is back`;
  }
  const kept = receipt.rememberedTime;
  if (isWhereItWas && receipt.status === "draft" && before.rememberedTime !== kept) {
    return kept === null
      ? "no time is kept for the draft"
      : `kept for ${dayAndTime(kept, app.status.zone, app.status.now)}`;
  }
  if (receipt.status === "draft" || receipt.time === null) return "a draft again";
  return `back to ${dayAndTime(receipt.time, app.status.zone, app.status.now)}`;
}

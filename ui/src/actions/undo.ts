import type { ChangeReceipt, PostView } from "../host";
import { hostError } from "../host";
import type { AppState } from "../state/app.svelte";
import { dayAndTime } from "../time/format";
import { always, type Action } from "./action";

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
    try {
      const shown = new Map(app.posts.all.map((post) => [post.id, post]));
      const receipt = await app.host.undo();
      app.toasts.withdrawUndo();
      await app.posts.refetch([receipt.post]);
      const words = undone(app, receipt, shown.get(receipt.post));
      app.toasts.info(`Undone: ${words}`, { post: receipt.post });
    } catch (thrown) {
      const error = hostError(thrown);
      if (error.code === "nothing-to-undo") app.toasts.info(error.message);
      else app.report(error);
      app.toasts.withdrawUndo();
    }
  },
};

/** What is so again, by what was shown `before`. */
function undone(app: AppState, receipt: ChangeReceipt, before: PostView | undefined): string {
  const after = app.posts.get(receipt.post);
  if (before?.leaving) return "the post is not deleted";
  const stands = before?.status === receipt.status && before.time === receipt.time;
  if (stands && before.text !== after?.text) return "the former text is back";
  if (receipt.status === "draft" || receipt.time === null) return "a draft again";
  return `back to ${dayAndTime(receipt.time, app.status.zone, app.status.now)}`;
}

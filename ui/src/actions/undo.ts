import { hostError } from "../host";
import { dayAndTime } from "../time/format";
import { always, type Action } from "./action";

/** Takes back the last step, whatever it was. */
export const undo: Action = {
  name: "undo",
  label: "Undo",
  shortcut: { key: "z", mod: true },
  applies: always,
  async run(app) {
    try {
      const receipt = await app.host.undo();
      app.toasts.withdrawUndo();
      await app.posts.refetch([receipt.post]);
      const back =
        receipt.status === "draft" || receipt.time === null
          ? "a draft again"
          : `back to ${dayAndTime(receipt.time, app.status.zone, app.status.now)}`;
      app.toasts.info(`Undone: ${back}`, { post: receipt.post });
    } catch (thrown) {
      const error = hostError(thrown);
      if (error.code === "nothing-to-undo") app.toasts.info(error.message);
      else app.report(error);
      app.toasts.withdrawUndo();
    }
  },
};

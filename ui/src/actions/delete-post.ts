import type { PostView } from "../host";
import { GRACE } from "../wording/unsent";
import { able } from "./able";
import type { Action } from "./action";

/** Opens the question. */
export const askToDelete: Action<[post: PostView]> = {
  name: "ask-to-delete",
  label: "Delete…",
  shortcut: { key: "Delete" },
  applies: (app, post) => post.undeletableBecause === null && !post.leaving && able(app, post, "delete"),
  whyNot: (app, post) => {
    const service = app.accounts.find(post.account)?.serviceName ?? "The service";
    return (
      post.undeletableBecause ??
      post.lockedBecause ??
      `${service} does not let its posts be deleted from here.`
    );
  },
  run: (app, post) => app.dialogs.open({ kind: "delete", post: post.id }),
};

/** Deletes the post at its service after the grace; one that no service knows is gone at once. */
export const deletePost: Action<[post: PostView]> = {
  name: "delete-post",
  label: "Delete",
  applies: (app, post) => askToDelete.applies(app, post),
  run: (app, post) =>
    app.attempt(async () => {
      const receipt = await app.host.deletePost(post.id);
      await app.posts.refetch([post.id]);
      if (!receipt.willSend) {
        if (app.selection.post === post.id) app.selection.select(null);
        app.toasts.info(post.status === "draft" ? "Draft discarded" : "Post discarded");
        return;
      }
      app.toasts.info("Deleting…", { post: post.id, undo: true, grace: GRACE });
    }, post.id),
};

import type { PostView } from "../host";
import type { AppState } from "../state/app.svelte";
import { able } from "./able";
import type { Action } from "./action";

/** Opens the warning. Offered where a pause did not come about: what is wanted is that the post does not go out. */
export const askToCancel: Action<[post: PostView]> = {
  name: "ask-to-cancel",
  label: "Cancel post…",
  applies: (app, post) => pauseFailed(post) && post.lockedBecause === null && cancels(app, post),
  run: (app, post) => app.dialogs.open({ kind: "cancel-post", post: post.id }),
};

/** Calls the post off for good at its service; its text stays here as a draft. */
export const cancelPost: Action<[post: PostView]> = {
  name: "cancel-post",
  label: "Cancel post",
  applies: (app, post) => askToCancel.applies(app, post),
  run: (app, post) =>
    app.attempt(async () => {
      const draft = await app.host.cancelPost(post.id);
      await app.posts.refetch([post.id, draft.post]);
      app.toasts.info("Cancelling… Its text is kept in Drafts.", {
        post: post.id,
        undo: true,
        grace: 10_000,
      });
    }, post.id),
};

function pauseFailed({ sync }: PostView): boolean {
  return (
    sync.state === "needs-you" &&
    sync.wanted.status === "draft" &&
    (sync.problem === "refused" || sync.problem === "ignored")
  );
}

function cancels(app: AppState, post: PostView): boolean {
  return able(app, post, "delete") && app.accounts.find(post.account)?.capabilities.delete === "cancels";
}

import type { NewPostForm, PostView } from "../host";
import type { AppState } from "../state/app.svelte";
import { dayAndTime } from "../time/format";
import { always, type Action } from "./action";

/** Opens the form. */
export const newPost: Action = {
  name: "new-post",
  label: "New post",
  shortcut: { key: "n" },
  applies: (app) => app.accounts.list.some(({ capabilities }) => capabilities.create),
  run: (app) => app.dialogs.open({ kind: "new-post", like: null }),
};

/** Opens the form with what another post has; that one stays as it is. */
export const duplicate: Action<[post: PostView]> = {
  name: "duplicate",
  label: "Duplicate",
  applies: (app, post) => !post.leaving && newPost.applies(app),
  run: (app, post) => app.dialogs.open({ kind: "new-post", like: post.id }),
};

/** Keeps the post and has its service create it. Throws what the host throws: the form says it. */
export const createPost: Action<[form: NewPostForm]> = {
  name: "create-post",
  label: "Create",
  applies: always,
  async run(app, form) {
    const receipts = await app.host.createPost(form);
    const ids = receipts.map((receipt) => receipt.post);
    await app.posts.refetch(ids);
    app.dialogs.close();
    // Each of several is a step of its own.
    const undo = receipts.length === 1;
    app.toasts.info(createdWords(app, receipts.length, form.time), { post: ids[0] ?? null, undo });
    if (ids[0] !== undefined) await app.showPost(ids[0]);
  },
};

function createdWords(app: AppState, count: number, time: string | null): string {
  if (time === null) return count === 1 ? "Draft saved" : `${count} drafts saved, one for each channel`;
  const when = dayAndTime(time, app.status.zone, app.status.now);
  return count === 1 ? `Scheduled for ${when}` : `${count} posts scheduled for ${when}, one for each channel`;
}

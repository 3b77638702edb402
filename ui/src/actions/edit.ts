import type { AccountView, PostView } from "../host";
import { able } from "./able";
import type { Action } from "./action";

/** Opens the form for the text. */
export const edit: Action<[post: PostView]> = {
  name: "edit",
  label: "Edit",
  shortcut: { key: "e" },
  applies: (app, post) =>
    post.lockedBecause === null && post.sync.state !== "conflict" && able(app, post, "editText"),
  whyNot: (app, post) => textFixedBecause(post, app.accounts.find(post.account)),
  run: (app, post) => app.dialogs.open({ kind: "edit", post: post.id }),
};

/** Why the text of a post can't be changed. */
export function textFixedBecause(post: PostView, account: AccountView | undefined): string {
  if (post.lockedBecause !== null) return post.lockedBecause;
  if (post.sync.state === "conflict") {
    return `It was also changed at ${account?.serviceName ?? "its service"}. Decide that first.`;
  }
  return fixedText(account);
}

/** Why the texts of this account can't be changed. */
export function fixedText(account: AccountView | undefined): string {
  return `${account?.serviceName ?? "The service"}'s API has no way to change a post's text.`;
}

/** Gives the post another text. Throws what the host throws: the form says it. */
export const saveText: Action<[post: PostView, text: string]> = {
  name: "save-text",
  label: "Save",
  applies: (app, post) => edit.applies(app, post),
  async run(app, post, text) {
    const receipt = await app.host.editPost(post.id, text);
    await app.posts.refetch([receipt.post]);
    app.dialogs.close();
    app.toasts.info("Text changed", { post: receipt.post, undo: true });
  },
};

/** The service refused a text: it is edited again, from where it was. */
export const editAgain: Action<[post: PostView]> = {
  name: "edit-again",
  label: "Edit again",
  applies: (app, post) =>
    post.sync.state === "needs-you" &&
    post.sync.wanted.text !== null &&
    post.sync.wanted.text !== post.text &&
    edit.applies(app, post),
  async run(app, post) {
    const form = { kind: "edit" as const, post: post.id };
    await app.unsaved.load();
    // What was typed since it was refused is newer.
    const isTyped = app.unsaved.get(form) !== null;
    if (!isTyped && post.sync.state === "needs-you" && post.sync.wanted.text !== null) {
      const { text } = post.sync.wanted;
      app.unsaved.keep({ form, text, base: post.text, account: null, channels: [], when: null });
    }
    await edit.run(app, post);
  },
};

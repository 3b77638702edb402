// The texts that a post has had: to compare, to copy, and to go back to.
import type { PostView } from "../host";
import { edit, saveText } from "./edit";
import { always, type Action } from "./action";

/** Opens them. */
export const showTexts: Action<[post: PostView]> = {
  name: "show-texts",
  label: "Earlier texts…",
  applies: always,
  run: (app, post) => app.dialogs.open({ kind: "texts", post: post.id }),
};

/** Gives the post this text again, as if it had been typed. Throws what the host throws: the dialog says it. */
export const restoreText: Action<[post: PostView, text: string]> = {
  name: "restore-text",
  label: "Restore",
  applies: (app, post) => edit.applies(app, post),
  run: (app, post, text) => saveText.run(app, post, text),
};

export const copyText: Action<[post: PostView, text: string]> = {
  name: "copy-text",
  label: "Copy",
  applies: always,
  async run(app, _, text) {
    await navigator.clipboard.writeText(text);
    app.toasts.info("Copied.");
  },
};

// The actions the keyboard reaches from anywhere in the window.
import type { PostView } from "../host";
import type { AppState } from "../state/app.svelte";
import { always, isInUse, isTextField, matches, type Action } from "./action";
import { closePost, zoomIn, zoomOut } from "./browse";
import { askToDelete } from "./delete-post";
import { edit } from "./edit";
import { newPost } from "./new-post";
import { redo } from "./redo";
import { refresh } from "./refresh";
import { openSettings } from "./settings";
import { undo } from "./undo";

const GLOBAL: Action[] = [undo, redo, newPost, refresh, openSettings, zoomIn, zoomOut, closePost];
/** For the post that has the focus, else the one in the panel. */
const OF_A_POST: Action<[post: PostView]>[] = [edit, askToDelete];

/** Runs the action the key stands for. A dialog keeps the keyboard to itself, and a text field its own Ctrl+Z. */
export function runShortcut(app: AppState, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat) return;
  if (app.dialogs.current !== null || app.dialogs.quit !== null || isTextField(event.target)) return;
  const pressed = ({ shortcut, alsoShortcut }: Pick<Action, "shortcut" | "alsoShortcut">) =>
    [shortcut, alsoShortcut].some((keys) => keys !== undefined && matches(event, keys) && isInUse(app, keys));
  const run = GLOBAL.find(pressed) ?? ofPost(app, event, OF_A_POST.find(pressed));
  if (!run?.applies(app)) return;
  event.preventDefault();
  void run.run(app);
}

function ofPost(
  app: AppState,
  event: KeyboardEvent,
  action: Action<[post: PostView]> | undefined,
): Pick<Action, "applies" | "run"> | undefined {
  const focused = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-post]") : null;
  const post = focused ? app.posts.get(focused.dataset.post ?? "") : app.selectedPost;
  if (!action || !post) return undefined;
  return {
    applies: always,
    run() {
      if (action.applies(app, post)) return action.run(app, post);
      app.toasts.refused(action.whyNot?.(app, post) ?? `${action.label}: not possible for this post.`);
    },
  };
}

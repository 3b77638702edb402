import type { HandOverAnswer, PostView } from "../host";
import type { Action } from "./action";
import { isByHand } from "./mark-as-done";

/** Copies the text, and opens the page of the network where it can be written. */
export const copyAndOpen: Action<[post: PostView]> = {
  name: "copy-and-open",
  label: "Copy and open",
  applies: (app, post) => post.handOver?.opensPage === true && isByHand(app, post),
  run: (app, post) =>
    app.attempt(async () => {
      const { copied, openedUrl } = await app.host.handOverPost(post.id);
      say(app, post, { copied, openedUrl });
    }, post.id),
};

/** The same where there is no page to open. */
export const copyText: Action<[post: PostView]> = {
  ...copyAndOpen,
  name: "copy-text",
  label: "Copy text",
  applies: (app, post) => post.handOver?.opensPage === false && isByHand(app, post),
};

/** What did not happen is said with what to do instead. */
function say(
  app: Parameters<typeof copyAndOpen.run>[0],
  post: PostView,
  { copied, openedUrl }: HandOverAnswer,
): void {
  const meantToOpen = post.handOver?.opensPage ?? false;
  if (!copied) {
    const rest = openedUrl === null ? "" : " The page is open.";
    app.toasts.error(`The text could not be copied: select it in the post and copy it.${rest}`, post.id);
  } else if (openedUrl === null && meantToOpen) {
    app.toasts.error("The text is copied, but the page could not be opened. Open it yourself.", post.id);
  } else {
    app.toasts.info(openedUrl === null ? "Text copied" : "Text copied. Paste it on the page that opened.", {
      post: post.id,
    });
  }
}

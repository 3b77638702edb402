// The posts of the days ahead, whatever the timeline has loaded: a free gap is looked for among them.
import { untrack } from "svelte";
import type { PostView } from "../host";
import type { AppState } from "../state/app.svelte";
import { GAP_DAYS } from "../time/quick-picks";

/** Call while a component is made. Empty until they have come. */
export function otherPosts(app: AppState): { readonly list: PostView[] } {
  let list = $state.raw<PostView[]>([]);
  $effect(() => {
    void app.attempt(async () => {
      const now = untrack(() => app.status.now);
      const end = new Date(now + GAP_DAYS * 86_400_000).toISOString();
      list = await app.host.postsInRange(new Date(now).toISOString(), end);
    });
  });
  return {
    get list() {
      return list;
    },
  };
}

// The abilities of a post, as the actions ask for them.
import { abilitiesOf, type Abilities } from "../abilities";
import type { PostView } from "../host";
import type { AppState } from "../state/app.svelte";

export function able(app: AppState, post: PostView, to: keyof Abilities): boolean {
  return abilitiesOf(post, app.accounts.find(post.account))[to];
}

/** Whether the post's service answers: what is meant for now is not offered where it would have to wait. */
export function answers(app: AppState, post: PostView): boolean {
  const account = app.accounts.find(post.account);
  return (app.status.value?.online ?? true) && account?.health.state === "ok";
}

/** A change is on its way, or can't go on before the user has decided. */
export function isBusy({ sync }: PostView): boolean {
  return sync.state === "waiting" || sync.state === "sending" || sync.state === "conflict";
}

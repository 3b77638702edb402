// What every change has in common: ask the host, show what it says now, and tell the user with an Undo.
import type { ChangeReceipt, Host } from "../host";
import type { AppState } from "../state/app.svelte";
import { dayAndTime } from "../time/format";

type Told = { time: (time: string) => string; draft: string };

const MOVED: Told = { time: (time) => `Moved to ${time}`, draft: "Paused. It is kept in Drafts." };

/** Asks for a change of a post and says in a toast what came of it. */
export function changed(
  app: AppState,
  post: string,
  ask: (host: Host) => Promise<ChangeReceipt>,
  told: Told = MOVED,
): Promise<void> {
  return app.attempt(async () => {
    const receipt = await ask(app.host);
    await app.posts.refetch([receipt.post]);
    app.toasts.info(sentence(app, receipt, told), { post: receipt.post, undo: true });
  }, post);
}

/** Does what can't be taken back with Undo, and says so in these words. */
export function done(
  app: AppState,
  post: string,
  ask: (host: Host) => Promise<ChangeReceipt>,
  words: string,
): Promise<void> {
  return app.attempt(async () => {
    const receipt = await ask(app.host);
    await app.posts.refetch([post, receipt.post]);
    app.toasts.info(words, { post: receipt.post });
  }, post);
}

function sentence(app: AppState, receipt: ChangeReceipt, told: Told): string {
  const words = receipt.time === null ? null : dayAndTime(receipt.time, app.status.zone, app.status.now);
  if (receipt.status !== "draft") return words === null ? "Changed" : told.time(words);
  if (receipt.willSend) return told.draft;
  if (receipt.rememberedTime === null) return told.draft;
  return `Kept for ${dayAndTime(receipt.rememberedTime, app.status.zone, app.status.now)}. It stays a draft until you resume it.`;
}

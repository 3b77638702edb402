// Posts that the user publishes by hand, from their time to the answer, and the channels they go to.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AccountView, PostView } from "../host";
import { createMemoryHost, type MemoryHost } from "../host/memory";
import { AppState } from "../state/app.svelte";
import { started } from "../state/fixtures";
import { snoozes } from "../time/snoozes";
import { dueWords, isDue } from "../wording/due";
import { addChannel, askForChannel } from "./add-channel";
import { askToDisconnect } from "./disconnect";
import { copyAndOpen, copyText } from "./hand-over";
import { markAsDone } from "./mark-as-done";
import { POST_ACTIONS } from "./post-actions";
import { removeChannel } from "./remove-channel";
import { renameChannel } from "./rename-channel";
import { askForNewKey } from "./replace-key";
import { skip } from "./skip-post";
import { snooze } from "./snooze-post";

let host: MemoryHost;
let app: AppState;
let stop: () => void;

beforeEach(async () => {
  localStorage.clear();
  vi.useFakeTimers({ now: Date.parse("2026-03-18T09:02:00Z") });
  host = createMemoryHost({ content: "every-service" });
  app = new AppState(host);
  stop = await started(app);
  await app.posts.showRange("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

const messages = () => app.toasts.list.map((toast) => `${toast.level}: ${toast.message}`);
const settled = () => vi.advanceTimersByTimeAsync(2_000);

function due(): PostView {
  const found = app.posts.get("due");
  if (!found) throw new Error("the demo has no post that is due");
  return found;
}

function builtIn(): AccountView {
  const found = app.accounts.list.find((account) => account.builtIn);
  if (!found) throw new Error("the demo lacks the account that is always there");
  return found;
}

test("a due post can be copied, marked as done, put off and skipped, and the status names it", () => {
  expect(isDue(due(), app.status.now)).toBe(true);
  expect(snooze.applies(app, due(), "")).toBe(true);
  const labels = POST_ACTIONS.filter((action) => action.applies(app, due())).map(({ label }) => label);
  expect(labels).toEqual([
    "Copy and open",
    "Done",
    "Skip",
    "Pause",
    "Move to…",
    "Edit",
    "Duplicate",
    "Delete…",
  ]);
  expect(app.status.value?.due).toMatchObject([{ post: "due", channel: "Telegram Friends" }]);
});

test("a post whose time is to come can't be put off, and falls due by the clock alone", () => {
  const later = app.posts.all.find(
    ({ account, status, time }) =>
      account === "by-hand" && status === "scheduled" && (time ?? "") > "2026-03-19",
  );
  if (!later?.time) throw new Error("the demo has no later post by hand");
  expect(snooze.applies(app, later, "")).toBe(false);
  expect(isDue(later, Date.parse(later.time) - 1)).toBe(false);
  expect(isDue(later, Date.parse(later.time))).toBe(true);
  expect(
    isDue(
      { ...later, sync: { state: "waiting", askedAt: "2026-03-18T09:00:00Z", note: null } },
      Date.parse(later.time),
    ),
  ).toBe(false);
  expect(isDue({ ...later, handOver: null }, Date.parse(later.time))).toBe(false);
});

test("done and skip answer a due post", async () => {
  await markAsDone.run(app, due());
  await settled();
  expect(due()).toMatchObject({ status: "published", handOver: { isDue: false } });
  expect(app.status.value?.due).toEqual([]);
  expect(skip.applies(app, due())).toBe(false);
});

test("a snooze moves a due post ahead and offers no Undo, which could not bring the past back", async () => {
  const [ten] = snoozes(due().time ?? "", "Europe/Berlin", app.status.now);
  expect(ten).toEqual({ label: "10 minutes", time: "2026-03-18T09:12:00Z" });
  await snooze.run(app, due(), ten?.time ?? "");
  expect(messages()).toEqual(["info: Snoozed until 10:12"]);
  expect(app.toasts.list[0]?.undo).toBe(false);
  await settled();
  expect(due()).toMatchObject({ status: "scheduled", time: "2026-03-18T09:12:00Z" });
  expect(isDue(due(), app.status.now)).toBe(false);
});

test("tomorrow at the same time is the same hour of the clock after a night when the clocks change", () => {
  const [, , tomorrow] = snoozes("2026-03-28T08:00:00Z", "Europe/Berlin", Date.parse("2026-03-28T10:30:00Z"));
  expect(tomorrow).toEqual({ label: "Tomorrow, 09:00", time: "2026-03-29T07:00:00Z" });
});

test("a text is copied and its page opened, and what did not happen is said with the way out", async () => {
  await copyAndOpen.run(app, due());
  vi.spyOn(host, "handOverPost").mockResolvedValueOnce({ copied: true, openedUrl: null });
  await copyAndOpen.run(app, due());
  vi.spyOn(host, "handOverPost").mockResolvedValueOnce({ copied: false, openedUrl: "https://example.com" });
  await copyAndOpen.run(app, due());
  expect(messages()).toEqual([
    "info: Text copied. Paste it on the page that opened.",
    "error: The text is copied, but the page could not be opened. Open it yourself.",
    "error: The text could not be copied: select it in the post and copy it. The page is open.",
  ]);
});

test("without a page of the network only the text is copied", async () => {
  const channel = host.control.accounts.find((account) => account.builtIn)?.channels[0];
  if (channel) channel.network = "forum";
  await app.posts.refetch(["due"]);
  expect(copyAndOpen.applies(app, due())).toBe(false);
  expect(copyText.applies(app, due())).toBe(true);
  await copyText.run(app, due());
  expect(messages()).toEqual(["info: Text copied"]);
});

test("channels are added, renamed and removed, at the account that is always there alone", async () => {
  const studio = app.accounts.find("studio") as AccountView;
  expect(askForChannel.applies(app, studio)).toBe(false);
  await expect(addChannel.run(app, studio, "forum", "Neighbours")).rejects.toMatchObject({
    code: "not-possible",
  });
  await addChannel.run(app, builtIn(), " Forum ", "Neighbours");
  const added = builtIn().channels.at(-1);
  expect(added).toMatchObject({ network: "forum", name: "Neighbours", handle: null });
  if (!added) return;
  await expect(addChannel.run(app, builtIn(), "forum", "neighbours")).rejects.toMatchObject({
    code: "already-connected",
  });
  await renameChannel.run(app, builtIn(), added, "mastodon", "@me@example.social");
  expect(builtIn().channels.at(-1)).toMatchObject({ network: "mastodon", handle: "@me@example.social" });
  await removeChannel.run(app, builtIn(), added);
  expect(builtIn().channels).toHaveLength(1);
});

test("a channel stays while posts are planned for it", async () => {
  const [channel] = builtIn().channels;
  if (!channel) throw new Error("no channel");
  await expect(removeChannel.run(app, builtIn(), channel)).rejects.toMatchObject({ code: "not-possible" });
  expect(builtIn().channels).toHaveLength(1);
});

test("the account that is always there has no key to replace and can't be disconnected", () => {
  expect(askForNewKey.applies(app, builtIn())).toBe(false);
  expect(askToDisconnect.applies(app, builtIn())).toBe(false);
  expect(app.accounts.connected).not.toContain(builtIn());
  expect(app.accounts.isBare).toBe(false);
});

test("the window counts what is due as far as the host names it", () => {
  expect([1, 2, 20].map((count) => dueWords(count))).toEqual([
    "1 post to publish by hand",
    "2 posts to publish by hand",
    "20 or more posts to publish by hand",
  ]);
});

// What can be done with a post, by what its service can do and how the post stands.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CapabilitiesView, PostView } from "../host";
import { createMemoryHost, type MemoryHost } from "../host/memory";
import { AppState } from "../state/app.svelte";
import { started } from "../state/fixtures";
import { hint } from "./action";
import { askToCancel, cancelPost } from "./cancel-post";
import { deletePost } from "./delete-post";
import { edit, editAgain, saveText } from "./edit";
import { createPost, duplicate, newPost } from "./new-post";
import { markAsDone } from "./mark-as-done";
import { pause } from "./pause";
import { POST_ACTIONS } from "./post-actions";
import { publishNow } from "./publish-now";
import { reschedule } from "./reschedule";
import { retry } from "./retry";
import { runShortcut } from "./shortcuts";
import { saveSettings } from "./settings";
import { skip } from "./skip-post";
import { undo, undoStep } from "./undo";

const FRIDAY = "2026-03-20T16:15:00Z";

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

const later = ({ status, time }: PostView) => status === "scheduled" && (time ?? "") > "2026-03-19";
const messages = () => app.toasts.list.map((toast) => `${toast.level}: ${toast.message}`);
const current = (post: PostView) => app.posts.get(post.id);
const settled = () => vi.advanceTimersByTimeAsync(2_000);

function at(account: string, which: (post: PostView) => boolean = later): PostView {
  const found = app.posts.all.find((post) => post.account === account && which(post));
  if (!found) throw new Error(`the demo has no such post at ${account}`);
  return found;
}

/** Changes a post behind the window's back. */
async function put(post: PostView, values: object): Promise<PostView> {
  Object.assign(host.control.posts.get(post.id) ?? {}, values);
  await app.posts.refetch([post.id]);
  return current(post) ?? post;
}

async function can(account: string, change: Partial<CapabilitiesView>): Promise<void> {
  Object.assign(app.accounts.find(account)?.capabilities ?? {}, change);
  const kept = host.control.accounts.find(({ id }) => id === account);
  if (kept) Object.assign(kept.capabilities, change);
  await app.accounts.load();
}

const offered = (post: PostView) =>
  POST_ACTIONS.filter((action) => action.applies(app, post)).map(({ label }) => label);

describe("what is offered of a scheduled post", () => {
  test.each([
    ["studio", ["Pause", "Move to…", "Duplicate", "Delete…"]],
    ["harbour", ["Pause", "Move to…", "Edit", "Duplicate", "Delete…"]],
    ["agency", ["Pause", "Move to…", "Edit", "Duplicate", "Publish now…", "Delete…"]],
    ["by-hand", ["Copy and open", "Done", "Skip", "Pause", "Move to…", "Edit", "Duplicate", "Delete…"]],
  ])("at %s is what its service can do", (account, labels) => {
    expect(offered(at(account))).toEqual(labels);
  });

  test("is nothing of a service that can do nothing", async () => {
    const nothing = {
      reschedule: false,
      pause: false,
      resume: false,
      create: false,
      delete: "never",
    } as const;
    for (const { id } of app.accounts.list) await can(id, nothing);
    expect(offered(at("studio"))).toEqual([]);
    expect(newPost.applies(app)).toBe(false);
  });
});

test("what is published at once is not offered while its service does not answer, nor while a change waits", async () => {
  const post = at("launch");
  expect(publishNow.applies(app, post)).toBe(true);
  host.control.setOnline(false);
  await vi.waitFor(() => expect(publishNow.applies(app, post)).toBe(false));
  host.control.setOnline(true);
  await vi.waitFor(() => expect(publishNow.applies(app, post)).toBe(true));
  await reschedule.run(app, post, FRIDAY);
  expect(publishNow.applies(app, current(post) ?? post)).toBe(false);
});

test("publishing is refused where the connection went meanwhile, and nothing waits", async () => {
  const post = at("launch");
  host.control.setOnline(false);
  await publishNow.run(app, post);
  expect(messages()[0]).toMatch(/^error: This can only be done while its service answers/);
  host.control.setOnline(true);
  await settled();
  expect(current(post)).toMatchObject({ status: "scheduled", sync: { state: "synced" } });
});

test("a post that is published now goes out, and Undo takes back nothing", async () => {
  const post = at("launch");
  await publishNow.run(app, post);
  expect(current(post)).toMatchObject({ status: "publishing", confirmedStatus: "scheduled" });
  expect(app.toasts.list[0]?.undo).toBe(false);
  await settled();
  expect(current(post)?.status).toBe("published");
  await undo.run(app);
  expect(messages().at(-1)).toBe("info: There is nothing to undo.");
});

test("a failed post is tried again where its service can", async () => {
  const failed = { confirmed: { status: "failed", time: "2026-03-17T10:00:00Z" } };
  expect(retry.applies(app, await put(at("agency"), failed))).toBe(false);
  const post = await put(at("launch"), failed);
  expect(offered(post)).toEqual(["Retry", "Duplicate", "Delete…"]);
  await retry.run(app, post);
  await settled();
  expect(current(post)?.status).toBe("published");
});

test("a post by hand is done or skipped by saying so", async () => {
  const [first, second] = app.posts.all.filter((post) => post.account === "by-hand" && later(post));
  if (!first || !second) throw new Error("the demo has two");
  await markAsDone.run(app, first);
  await skip.run(app, second);
  await settled();
  expect([current(first)?.status, current(second)?.status]).toEqual(["published", "cancelled"]);
});

describe("a deletion", () => {
  test("waits for ten seconds with an Undo, then the post and its message are gone", async () => {
    const post = at("studio");
    app.selection.select(post.id);
    await deletePost.run(app, post);
    expect(current(post)).toMatchObject({ leaving: true, status: "scheduled" });
    expect(offered(current(post) ?? post)).toEqual([]);
    expect(app.toasts.list).toMatchObject([{ message: "Deleting…", undo: true }]);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(current(post)?.leaving).toBe(true);
    expect(app.toasts.list).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(current(post)).toBeUndefined();
    expect(app.selection.post).toBeNull();
    expect(app.toasts.list).toEqual([]);
  });

  test("is taken back by Undo", async () => {
    const post = at("studio");
    await deletePost.run(app, post);
    expect(app.toasts.lastStep).toBe(post.id);
    await undo.run(app);
    expect(current(post)).toMatchObject({ leaving: false, time: post.time, sync: { state: "synced" } });
    expect(messages()).toEqual(["info: Undone: the post is not deleted"]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(current(post)).toBeDefined();
  });

  test("does not go on with an Undo of its own once another step was taken", async () => {
    const [post, other] = [at("studio"), at("harbour")];
    await deletePost.run(app, post);
    await pause.run(app, other);
    expect(app.toasts.lastStep).toBe(other.id);
    expect(app.toasts.list.map(({ undo: offers }) => offers)).toEqual([false, true]);
  });

  test("that is refused leaves the post with the reason", async () => {
    const post = at("studio");
    host.control.refuseNext("Cannot delete post");
    await deletePost.run(app, post);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(current(post)).toMatchObject({
      leaving: false,
      sync: { state: "needs-you", why: "Cannot delete post" },
    });
  });

  test("where the service only cancels leaves the post on record", async () => {
    const post = at("agency");
    await deletePost.run(app, post);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(current(post)?.status).toBe("cancelled");
  });

  test("of what no service has is done at once and said as it is", async () => {
    host.control.setOnline(false);
    await createPost.run(app, {
      account: "studio",
      channels: ["studio/linkedin"],
      text: "Hello",
      time: null,
    });
    const draft = app.selectedPost;
    if (!draft) throw new Error("the new post is shown");
    await deletePost.run(app, draft);
    expect(current(draft)).toBeUndefined();
    expect(app.toasts.list.at(-1)).toMatchObject({ message: "Draft discarded", undo: false });
  });
});

describe("a new post", () => {
  const form = {
    account: "studio",
    channels: ["studio/linkedin", "studio/twitter"],
    text: "Hello",
    time: null,
  };

  test("is shown at once, waits, and is known to its service then", async () => {
    await createPost.run(app, { ...form, time: FRIDAY });
    expect(app.selectedPost).toMatchObject({
      remote: null,
      status: "scheduled",
      time: FRIDAY,
      sync: { state: "waiting" },
    });
    expect(messages()).toEqual(["info: Scheduled for Fri 20 March, 17:15"]);
    await settled();
    expect(app.selectedPost).toMatchObject({ confirmedStatus: "scheduled", sync: { state: "synced" } });
    expect(app.selectedPost?.remote).not.toBeNull();
  });

  test("is one for each channel where the service has it so", async () => {
    await createPost.run(app, {
      ...form,
      account: "agency",
      channels: ["agency/instagram", "agency/facebook"],
    });
    expect(messages()).toEqual(["info: 2 drafts saved, one for each channel"]);
    expect(app.posts.all.filter(({ text }) => text === "Hello").map(({ targets }) => targets.length)).toEqual(
      [1, 1],
    );
  });

  test.each([
    ["no text", { text: " " }, "empty-text"],
    ["no channel", { channels: [] }, "no-channel"],
    ["a time that has passed", { time: "2026-03-18T09:00:00Z" }, "past-time"],
    ["a channel that is gone", { channels: ["studio/gone"] }, "not-found"],
  ])("with %s is refused and not kept", async (_, wrong, code) => {
    const before = host.control.posts.size;
    app.dialogs.open({ kind: "new-post", like: null });
    await expect(createPost.run(app, { ...form, ...wrong })).rejects.toMatchObject({ code });
    expect(host.control.posts.size).toBe(before);
    expect(app.dialogs.current).not.toBeNull();
  });

  test("that its service refuses stays as a draft on this computer", async () => {
    host.control.refuseNext("Your plan allows no more posts.", "plan-limit");
    await createPost.run(app, { ...form, time: FRIDAY });
    await settled();
    expect(app.selectedPost).toMatchObject({
      remote: null,
      status: "draft",
      text: "Hello",
      sync: { state: "needs-you" },
    });
  });
});

describe("another text", () => {
  test("is shown with the service's own until it is confirmed, and Undo brings that back", async () => {
    const post = at("harbour");
    await saveText.run(app, post, "Another text");
    expect(current(post)).toMatchObject({ text: "Another text", confirmedText: post.text, time: post.time });
    await undo.run(app);
    expect(current(post)).toMatchObject({ text: post.text, confirmedText: null, sync: { state: "synced" } });
    expect(messages()).toEqual(["info: Undone: the former text is back"]);
  });

  test("that is refused can be edited again from where it was", async () => {
    const post = at("harbour");
    host.control.refuseNext("Too long");
    await saveText.run(app, post, "Another text");
    await settled();
    const refused = current(post) ?? post;
    expect(refused.text).toBe(post.text);
    expect(editAgain.applies(app, refused)).toBe(true);
    await editAgain.run(app, refused);
    expect(app.dialogs.current).toEqual({ kind: "edit", post: post.id });
    const form = { kind: "edit" as const, post: post.id };
    expect(app.unsaved.get(form)?.text).toBe("Another text");
    app.unsaved.keep({ form, text: "Rewritten", base: post.text, account: null, channels: [], when: null });
    await editAgain.run(app, refused);
    expect(app.unsaved.get(form)?.text).toBe("Rewritten");
  });

  test("is no text at all for a post without pictures", async () => {
    const post = at("harbour", (candidate) => later(candidate) && candidate.media.length === 0);
    await expect(saveText.run(app, post, "  ")).rejects.toMatchObject({ code: "empty-text" });
  });
});

describe("cancelling", () => {
  const refused = {
    sync: {
      state: "needs-you",
      why: "No drafts here.",
      problem: "ignored",
      wanted: { status: "draft", time: null, text: null },
    },
  };

  test("is offered where a pause did not come about and the service can only cancel", async () => {
    expect(askToCancel.applies(app, await put(at("agency"), refused))).toBe(true);
    expect(askToCancel.applies(app, await put(at("studio"), refused))).toBe(false);
    const late = { sync: { ...refused.sync, problem: "too-late" } };
    expect(askToCancel.applies(app, await put(at("agency"), late))).toBe(false);
  });

  test("keeps the text as a draft on this computer", async () => {
    const post = await put(at("agency"), refused);
    await cancelPost.run(app, post);
    const draft = app.posts.drafts.find(({ text, remote }) => text === post.text && remote === null);
    expect(draft).toMatchObject({ rememberedTime: post.time, sync: { state: "synced" } });
    await vi.advanceTimersByTimeAsync(12_000);
    expect(current(post)?.status).toBe("cancelled");
  });
});

test("duplicating opens the form for a new post and leaves the post alone", async () => {
  const post = at("studio");
  await duplicate.run(app, post);
  expect(app.dialogs.current).toEqual({ kind: "new-post", like: post.id });
  expect(host.control.calls.map(({ command }) => command)).not.toContain("deletePost");
});

test("N opens the form, and E that of the post which has the focus, else of the one in the panel", () => {
  const press = (key: string, target: Element = document.body) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    Object.defineProperty(event, "target", { value: target });
    runShortcut(app, event);
    const opened = app.dialogs.current;
    app.dialogs.close();
    return opened;
  };
  expect(press("n")).toEqual({ kind: "new-post", like: null });
  expect(press("n", document.createElement("textarea"))).toBeNull();
  expect(press("e")).toBeNull();
  const [shown, focused] = [at("harbour"), at("launch")];
  app.selection.select(shown.id);
  expect(press("e")).toEqual({ kind: "edit", post: shown.id });
  const card = document.createElement("button");
  card.dataset.post = focused.id;
  expect(press("e", card)).toEqual({ kind: "edit", post: focused.id });
  card.dataset.post = at("studio").id;
  expect(press("e", card)).toBeNull();
  expect(edit.applies(app, at("studio"))).toBe(false);
  expect(messages()).toEqual(["error: PostPost's API has no way to change a post's text."]);
});

test("the Undo of a message takes back the step it tells of, whatever was done since", async () => {
  const [gone, moved] = [at("harbour"), at("launch")];
  await deletePost.run(app, gone);
  const [deletion] = app.toasts.list;
  await host.reschedulePost(moved.id, FRIDAY);
  if (!deletion) throw new Error("nothing was said");
  await undoStep(app, deletion);
  await app.posts.refetch([gone.id, moved.id]);
  expect(current(gone)?.leaving).toBe(false);
  expect(current(moved)?.time).toBe(FRIDAY);
  expect(messages().at(-1)).toBe("info: Undone: the post is not deleted");
});

test("letters alone do nothing once they are switched off, and no button names them", async () => {
  const press = (init: KeyboardEventInit) => {
    const event = new KeyboardEvent("keydown", { ...init, bubbles: true, cancelable: true });
    Object.defineProperty(event, "target", { value: document.body });
    runShortcut(app, event);
    const opened = app.dialogs.current;
    app.dialogs.close();
    return opened;
  };
  expect(hint(app, newPost)).toBe("New post (N)");
  await saveSettings.run(app, { letterKeys: false });
  expect(press({ key: "n" })).toBeNull();
  expect(hint(app, newPost)).toBe("New post");
  expect(press({ key: ",", ctrlKey: true })).toEqual({ kind: "settings" });
});

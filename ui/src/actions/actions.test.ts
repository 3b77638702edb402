import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConnectForm, PostView } from "../host";
import { createMemoryHost, type MemoryHost } from "../host/memory";
import { AppState } from "../state/app.svelte";
import { started } from "../state/fixtures";
import { shortcutLabel } from "./action";
import { cancelConnect, chooseWorkspace, connectAccount } from "./connect-account";
import { disconnect } from "./disconnect";
import { dismissProblem } from "./dismiss-problem";
import { moveTo } from "./move-to";
import { pause } from "./pause";
import { reschedule } from "./reschedule";
import { keepMine, keepTheirs } from "./resolve-conflict";
import { resume } from "./resume";
import { schedule } from "./schedule";
import { runShortcut } from "./shortcuts";
import { redo } from "./redo";
import { undo } from "./undo";

const FRIDAY = "2026-03-20T16:15:00Z";

let host: MemoryHost;
let app: AppState;
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse("2026-03-18T09:02:00Z") });
  host = createMemoryHost();
  app = new AppState(host);
  stop = await started(app);
  await app.posts.showRange("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function first(test: (post: PostView) => boolean): PostView {
  const found = app.posts.all.find(test);
  if (!found) throw new Error("the demo has no such post");
  return found;
}

function current(post: PostView): PostView {
  return app.posts.get(post.id) ?? post;
}

const scheduledLater = (post: PostView) => post.status === "scheduled" && (post.time ?? "") > "2026-03-19";
const messages = () => app.toasts.list.map((toast) => `${toast.level}: ${toast.message}`);

test("a move shows what was asked for, waits, and is confirmed", async () => {
  const post = first(scheduledLater);
  await reschedule.run(app, post, FRIDAY);
  expect(current(post)).toMatchObject({ time: FRIDAY, confirmedTime: post.time, sync: { state: "waiting" } });
  expect(messages()).toEqual(["info: Moved to Fri 20 March, 17:15"]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(current(post)).toMatchObject({ time: FRIDAY, confirmedTime: FRIDAY, sync: { state: "synced" } });
});

test("a move the host refuses changes nothing and says why", async () => {
  const post = first(scheduledLater);
  await reschedule.run(app, post, "2026-03-18T09:00:00Z");
  expect(current(post)).toEqual(post);
  expect(messages()).toEqual(["error: That time has passed or is too near. Pick a later one."]);
});

test("a refused change keeps the service's sentence until it is dismissed", async () => {
  const post = first(scheduledLater);
  host.control.refuseNext("Cannot update a published post");
  await reschedule.run(app, post, FRIDAY);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(current(post)).toMatchObject({
    time: post.time,
    sync: { state: "needs-you", why: "Cannot update a published post" },
  });
  expect(dismissProblem.applies(app, current(post))).toBe(true);
  await dismissProblem.run(app, current(post));
  expect(current(post).sync.state).toBe("synced");
});

test("pause remembers the time, and resume goes back to it", async () => {
  const post = first(scheduledLater);
  await pause.run(app, post);
  expect(current(post)).toMatchObject({ status: "draft", rememberedTime: post.time });
  expect(pause.applies(app, current(post))).toBe(false);
  await resume.run(app, current(post));
  expect(current(post)).toMatchObject({ status: "scheduled", time: post.time });
  expect(app.dialogs.current).toBeNull();
});

test("resume asks for a time where the remembered one has passed", async () => {
  const post = first(scheduledLater);
  await pause.run(app, post);
  vi.setSystemTime(Date.parse(post.time ?? "") + 60_000);
  app.status.tick();
  await resume.run(app, current(post));
  expect(app.dialogs.current).toEqual({ kind: "move-to", post: post.id });
  expect(current(post).status).toBe("draft");
});

test("a draft is scheduled for the time it is dropped at", async () => {
  const draft = first((post) => post.status === "draft");
  await schedule.run(app, draft, FRIDAY);
  expect(current(draft)).toMatchObject({ status: "scheduled", time: FRIDAY });
  expect(messages()).toEqual(["info: Scheduled for Fri 20 March, 17:15"]);
});

test("moving a draft keeps the time here and says that nothing is sent", async () => {
  const draft = first((post) => post.status === "draft");
  await reschedule.run(app, draft, FRIDAY);
  expect(current(draft)).toMatchObject({ status: "draft", rememberedTime: FRIDAY });
  expect(messages()[0]).toContain("It stays a draft until you resume it.");
});

test("undo takes the move back and withdraws its offer", async () => {
  const post = first(scheduledLater);
  await reschedule.run(app, post, FRIDAY);
  await undo.run(app);
  expect(current(post).time).toBe(post.time);
  expect(app.toasts.list.some((toast) => toast.undo)).toBe(false);
  expect(messages()[0]).toMatch(/^info: Undone: back to /);
});

test("redo takes the step again, by either of its keys, until another step is taken", async () => {
  const post = first(scheduledLater);
  await reschedule.run(app, post, FRIDAY);
  await undo.run(app);
  expect(press(document.body, { key: "y", ctrlKey: true }).defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(current(post).time).toBe(FRIDAY));
  await undo.run(app);
  expect(press(document.body, { key: "Z", ctrlKey: true, shiftKey: true }).defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(current(post).time).toBe(FRIDAY));
  await undo.run(app);
  await pause.run(app, current(post));
  await redo.run(app);
  expect(messages().at(-1)).toBe("info: There is nothing to redo.");
});

test("undo with nothing to undo is no error", async () => {
  await undo.run(app);
  expect(messages()).toEqual(["info: There is nothing to undo."]);
});

test.each([
  ["mine", keepMine, FRIDAY],
  ["theirs", keepTheirs, "2026-03-21T10:00:00Z"],
] as const)("a conflict is answered with %s", async (_, action, time) => {
  const post = first(scheduledLater);
  const kept = host.control.posts.get(post.id);
  if (!kept) throw new Error("the twin knows the post");
  kept.sync = {
    state: "conflict",
    mine: { status: "scheduled", time: FRIDAY, text: null },
    theirs: { status: "scheduled", time: "2026-03-21T10:00:00Z", text: post.text },
    standing: "disputed",
    text: "agreed",
    changedAt: null,
  };
  await app.posts.refetch([post.id]);
  expect(action.applies(app, current(post))).toBe(true);
  await action.run(app, current(post));
  expect(current(post)).toMatchObject({ time, sync: { state: "waiting" } });
});

test("a published or failed post offers neither pause nor move nor resume", () => {
  for (const status of ["published", "failed"]) {
    const post = first((candidate) => candidate.status === status);
    expect([pause, resume, moveTo].map((action) => action.applies(app, post))).toEqual([false, false, false]);
  }
});

test("what an account can't do is not offered", () => {
  const post = first(scheduledLater);
  const accounts = app.accounts.list.map((account) => ({
    ...account,
    capabilities: { ...account.capabilities, pause: false, reschedule: false },
  }));
  expect([pause, moveTo].map((action) => action.applies(app, post))).toEqual([true, true]);
  app.accounts.list = accounts;
  expect([pause, moveTo].map((action) => action.applies(app, post))).toEqual([false, false]);
});

test("a status nobody knows is read-only", () => {
  const post = { ...first(scheduledLater), status: "under_review" };
  expect([pause, resume, moveTo].map((action) => action.applies(app, post))).toEqual([false, false, false]);
});

test("an account that is disconnected takes its posts and its open panel with it", async () => {
  const post = first((candidate) => candidate.account === "studio");
  app.selection.select(post.id);
  const account = app.accounts.find("studio");
  if (!account) throw new Error("the demo has a Studio");
  await disconnect.run(app, account);
  await vi.waitFor(() => expect(app.posts.all.some((other) => other.account === "studio")).toBe(false));
  expect(app.selection.post).toBeNull();
  expect(app.accounts.list.map(({ id }) => id)).toEqual(["harbour"]);
});

test("a connect that fails throws the host's words and keeps nothing", async () => {
  await expect(connectAccount.run(app, form("postpost", "nope"))).rejects.toMatchObject({
    code: "key-refused",
  });
  expect(app.accounts.list).toHaveLength(2);
  expect(JSON.stringify(app.toasts.list)).not.toContain("nope");
});

test("a key that opens one account connects it", async () => {
  expect(await connectAccount.run(app, form("publora", "sk_1"))).toBeNull();
  expect(app.accounts.list[2]).toMatchObject({ label: "New", serviceName: "Publora", workspace: null });
  expect(messages()).toEqual(["info: New is connected."]);
});

test("a key that opens one workspace connects it without a question", async () => {
  expect(await connectAccount.run(app, form("postato", "smcp_1-one"))).toBeNull();
  expect(app.accounts.list[2]).toMatchObject({ serviceName: "Postato", workspace: "Cliente A" });
});

test("a key that opens several workspaces connects nothing until one is chosen", async () => {
  const workspaces = await connectAccount.run(app, form("postato", "smcp_1"));
  expect(workspaces?.map(({ name }) => name)).toEqual(["Cliente A", "Cliente B"]);
  expect(app.accounts.list).toHaveLength(2);
  expect(messages()).toEqual([]);
  await chooseWorkspace.run(app, workspaces?.[1]?.id ?? "", "New");
  expect(app.accounts.list[2]).toMatchObject({ label: "New", workspace: "Cliente B" });
  expect(messages()).toEqual(["info: New is connected."]);
});

test("a workspace that could not be connected leaves the choice open", async () => {
  const workspaces = await connectAccount.run(app, form("postato", "smcp_1"));
  host.control.failNext("chooseWorkspace", { code: "service", message: "Postato is down." });
  await expect(chooseWorkspace.run(app, workspaces?.[1]?.id ?? "", "New")).rejects.toMatchObject({
    code: "service",
  });
  await chooseWorkspace.run(app, workspaces?.[0]?.id ?? "", "New");
  expect(app.accounts.list[2]).toMatchObject({ workspace: "Cliente A" });
});

test("after a cancelled choice no workspace can be connected with that key", async () => {
  const workspaces = await connectAccount.run(app, form("postato", "smcp_1"));
  await cancelConnect.run(app);
  await expect(chooseWorkspace.run(app, workspaces?.[0]?.id ?? "", "New")).rejects.toMatchObject({
    code: "not-found",
  });
  expect(app.accounts.list).toHaveLength(2);
});

function form(service: string, key: string): ConnectForm {
  return { service, label: "New", key, baseUrl: "https://api.example", keep: "keychain", managedUser: "" };
}

function press(target: Element, init: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });
  const listen = (pressed: KeyboardEvent) => runShortcut(app, pressed);
  addEventListener("keydown", listen);
  target.dispatchEvent(event);
  removeEventListener("keydown", listen);
  return event;
}

test("Ctrl+Z undoes from anywhere but a text field", async () => {
  const post = first(scheduledLater);
  await reschedule.run(app, post, FRIDAY);
  const input = document.body.appendChild(document.createElement("input"));
  expect(press(input, { key: "z", ctrlKey: true }).defaultPrevented).toBe(false);
  expect(current(post).time).toBe(FRIDAY);
  expect(press(document.body, { key: "z", ctrlKey: true }).defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(current(post).time).toBe(post.time));
  input.remove();
});

test("an open dialog keeps the shortcuts to itself", () => {
  app.dialogs.open({ kind: "settings" });
  expect(press(document.body, { key: "z", ctrlKey: true }).defaultPrevented).toBe(false);
});

test("a shortcut is written as its keys are called", () => {
  expect(undo.shortcut && shortcutLabel(undo.shortcut)).toBe("Ctrl Z");
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AccountView, ChannelView } from "../host";
import { createMemoryHost, type MemoryHost } from "../host/memory";
import { AppState } from "../state/app.svelte";
import { started } from "../state/fixtures";
import { colourAccount, moveDown, moveUp } from "./arrange-accounts";
import { hideLane, showAllLanes, showLane } from "./hide-lane";
import { pause } from "./pause";
import { renameAccount } from "./rename-account";
import { undo } from "./undo";

let host: MemoryHost;
let app: AppState;
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse("2026-03-18T09:02:00Z") });
  host = createMemoryHost();
  app = new AppState(host);
  stop = await started(app);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

const labels = () => app.accounts.list.map(({ label }) => label);
const messages = () => app.toasts.list.map((toast) => `${toast.level}: ${toast.message}`);

function named(label: string): AccountView {
  const found = app.accounts.list.find((account) => account.label === label);
  if (!found) throw new Error(`no account is called ${label}`);
  return found;
}

function channel(): ChannelView {
  const found = named("Studio").channels[0];
  if (!found) throw new Error("Studio has channels");
  return found;
}

test("an account takes another name, and without one its service's", async () => {
  await renameAccount.run(app, named("Studio"), "  Client A ");
  expect(labels()).toEqual(["Client A", "Harbour"]);
  await renameAccount.run(app, named("Client A"), " ");
  expect(labels()).toEqual(["PostPost", "Harbour"]);
});

test("an account takes another colour, which is said", async () => {
  expect(colourAccount.applies(app, named("Studio"), "blue")).toBe(false);
  await colourAccount.run(app, named("Studio"), "plum");
  expect(named("Studio").colour).toBe("plum");
  expect(app.announcer.text).toBe("Studio is plum now.");
});

test("an account moves among the others, not past the ends, and its new place is said", async () => {
  expect(moveUp.applies(app, named("Studio"))).toBe(false);
  expect(moveDown.applies(app, named("Harbour"))).toBe(false);
  await moveDown.run(app, named("Studio"));
  expect(labels()).toEqual(["Harbour", "Studio"]);
  expect(app.announcer.text).toBe("Studio is 2 of 2 now.");
  await moveUp.run(app, named("Studio"));
  expect(labels()).toEqual(["Studio", "Harbour"]);
});

test("a hidden lane comes back by Undo, which takes back no post's step", async () => {
  const post = app.posts.dated.find(({ status }) => status === "scheduled");
  if (!post) throw new Error("the demo has scheduled posts");
  await pause.run(app, post);
  await hideLane.run(app, channel());
  expect(channel().hidden).toBe(true);
  expect(messages().at(-1)).toBe("info: LinkedIn · Studio is hidden. Its posts still go out.");
  host.control.calls.length = 0;
  await undo.run(app);
  expect(channel().hidden).toBe(false);
  expect(host.control.calls.map(({ command }) => command)).not.toContain("undo");
  expect(app.toasts.takeBack).toBeNull();
  expect(app.announcer.text).toBe("LinkedIn · Studio is on the timeline again.");
});

test("once the message has gone, Undo is a post's again", async () => {
  await hideLane.run(app, channel());
  await vi.advanceTimersByTimeAsync(60_000);
  await undo.run(app);
  expect(channel().hidden).toBe(true);
  expect(messages()).toEqual(["info: There is nothing to undo."]);
});

test("hidden lanes are shown one by one or all at once", async () => {
  const [one, two] = named("Studio").channels;
  if (!one || !two) throw new Error("Studio has two channels");
  await hideLane.run(app, one);
  await hideLane.run(app, two);
  await showLane.run(app, { ...one, hidden: true });
  expect(named("Studio").channels.map(({ hidden }) => hidden)).toEqual([false, true]);
  await showAllLanes.run(app);
  expect(named("Studio").channels.map(({ hidden }) => hidden)).toEqual([false, false]);
});

test("a lane that can't be hidden says why and stays", async () => {
  host.control.failNext("hideChannel", { code: "storage", message: "The disk is full." });
  await hideLane.run(app, channel());
  expect(channel().hidden).toBe(false);
  expect(messages()).toEqual(["error: The disk is full."]);
});

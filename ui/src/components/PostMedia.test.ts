import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, test } from "vitest";
import type { MediaView } from "../host";
import { createMemoryHost } from "../host/memory";
import { AppState } from "../state/app.svelte";
import { post } from "../timeline/fixtures";
import PostMediaInWindow from "./PostMediaInWindow.svelte";

const PICTURE: MediaView = { kind: "image", hasPicture: true };

let shown: Record<string, unknown> | null = null;

afterEach(() => {
  if (shown) void unmount(shown);
  shown = null;
});

function show(media: MediaView[]): void {
  const app = new AppState(createMemoryHost());
  shown = mount(PostMediaInWindow, { target: document.body, props: { app, post: post({ media }) } });
  flushSync();
}

/** What each tile is called, pictures first marked as such. */
function tiles(): string[] {
  return [...document.querySelectorAll("img, [role=img]")].map(
    (tile) => `${tile.tagName.toLowerCase()}: ${tile.getAttribute("alt") ?? tile.getAttribute("aria-label")}`,
  );
}

test("each picture is called by its place, and a video and what has no picture are tiles", () => {
  show([PICTURE, { kind: "video", hasPicture: false }, { kind: "image", hasPicture: false }]);
  expect(tiles()).toEqual(["img: Picture 1 of 3", "span: Video 2 of 3", "span: Picture 3 of 3"]);
});

test("four are shown, and the others counted", () => {
  show(Array<MediaView>(6).fill(PICTURE));
  expect(tiles()).toHaveLength(4);
  expect(document.querySelector(".more")?.textContent).toContain("2 more");
  expect(document.body.textContent).toContain("+2");
});

test("four of four have no more", () => {
  show(Array<MediaView>(4).fill(PICTURE));
  expect(tiles()).toHaveLength(4);
  expect(document.querySelector(".more")).toBeNull();
});

test("a picture that does not come leaves a tile that says so, and the others stay", () => {
  show([PICTURE, PICTURE]);
  document.querySelector("img")?.dispatchEvent(new Event("error"));
  flushSync();
  expect(tiles()).toEqual(["span: Picture 1 of 2, can’t be shown", "img: Picture 2 of 2"]);
});

test("a post without pictures shows nothing", () => {
  show([]);
  expect(document.querySelector("ul")).toBeNull();
});

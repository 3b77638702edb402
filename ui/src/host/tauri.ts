// The host in the app: the generated bindings, and nothing else.
import { convertFileSrc } from "@tauri-apps/api/core";
import type { Host } from ".";
import { commands, events } from "./bindings";

export const tauriHost: Host = {
  ...commands,
  // `media://localhost/`, or `http://media.localhost/` on Windows.
  pictureUrl: (post, index) => `${convertFileSrc("", "media")}${encodeURIComponent(post)}/${index}`,
  events: {
    changed: (listener) => events.changed.listen((event) => listener(event.payload)),
    notice: (listener) => events.notice.listen((event) => listener(event.payload)),
    quitAsked: (listener) => events.quitAsked.listen(() => listener()),
    showPauses: (listener) => events.showPauses.listen(() => listener()),
    windowClosing: (listener) => events.windowClosing.listen(() => listener()),
    showPost: (listener) => events.showPost.listen((event) => listener(event.payload)),
  },
};

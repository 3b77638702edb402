// Looking around: nothing here changes anything.
import { always, type Action } from "./action";

export const showPrevious: Action = {
  name: "show-previous",
  label: "Previous",
  applies: always,
  run: (app) => app.timeline?.page(-1),
};

export const showToday: Action = {
  name: "show-today",
  label: "Today",
  applies: always,
  run: (app) => app.timeline?.showNow(),
};

export const showNext: Action = {
  name: "show-next",
  label: "Next",
  applies: always,
  run: (app) => app.timeline?.page(1),
};

export const zoomIn: Action = {
  name: "zoom-in",
  label: "Zoom in",
  shortcut: { key: "+", mod: true },
  applies: always,
  run: (app) => app.timeline?.zoom("in"),
};

export const zoomOut: Action = {
  name: "zoom-out",
  label: "Zoom out",
  shortcut: { key: "-", mod: true },
  applies: always,
  run: (app) => app.timeline?.zoom("out"),
};

export const closePost: Action = {
  name: "close-post",
  label: "Close",
  shortcut: { key: "Escape" },
  applies: (app) => app.selection.post !== null,
  run(app) {
    const post = app.selection.post;
    app.selection.select(null);
    if (post !== null) app.timeline?.focusPost(post);
  },
};

export const openLink: Action<[url: string]> = {
  name: "open-link",
  label: "Open",
  applies: (_, url) => /^https?:\/\//i.test(url),
  run: (app, url) => app.attempt(async () => void (await app.host.openLink(url))),
};

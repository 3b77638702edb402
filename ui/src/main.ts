// Opens the host and puts the window on the page.
import { mount } from "svelte";
import App from "./App.svelte";
import { openHost } from "./host/open";
import { AppState } from "./state/app.svelte";
import "./styles/tokens.css";
import "./styles/base.css";

/** The page waits this long for its contents, so that it is drawn at once and not bit by bit. Milliseconds. */
const MOMENT = 300;

const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app");
const app = new AppState(await openHost());
const contents = app.loadContents();
const opening = Promise.all([contents, app.loadSurroundings()]);
await Promise.race([contents, new Promise((done) => setTimeout(done, MOMENT))]);
mount(App, { target, props: { app, opening } });

// Opens the host and puts the window on the page.
import { mount } from "svelte";
import App from "./App.svelte";
import { openHost } from "./host/open";
import { AppState } from "./state/app.svelte";
import "./styles/tokens.css";
import "./styles/base.css";

const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app");
mount(App, { target, props: { app: new AppState(await openHost()) } });

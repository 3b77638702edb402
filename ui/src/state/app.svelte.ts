// Everything the window knows, and how it is kept true: the host's events name what changed, and that is fetched.
import { createContext } from "svelte";
import type { Changed, Host, HostError } from "../host";
import { hostError } from "../host";
import { painted } from "../painted";
import { Accounts } from "./accounts.svelte";
import { Announcer } from "./announcer.svelte";
import { Dialogs } from "./dialogs.svelte";
import { Pauses } from "./pauses.svelte";
import { Posts } from "./posts.svelte";
import { Preferences } from "./preferences.svelte";
import { Selection } from "./selection.svelte";
import { Status } from "./status.svelte";
import { Toasts } from "./toasts.svelte";
import { Unsaved } from "./unsaved.svelte";

const TICK = 10_000;
/** How often the status is asked for without an event; it names the next post, which time alone changes. */
const STATUS_EVERY = 60_000;

/** What the header's buttons ask of the timeline. */
export type TimelineHandle = {
  showNow(): void;
  page(direction: -1 | 1): void;
  zoom(direction: "in" | "out"): void;
  focusPost(id: string): void;
  showPost(id: string, time: string): void;
};

export class AppState {
  readonly host: Host;
  readonly accounts: Accounts;
  readonly posts: Posts;
  readonly pauses: Pauses;
  readonly status: Status;
  readonly preferences: Preferences;
  readonly toasts = new Toasts();
  readonly selection = new Selection();
  readonly dialogs = new Dialogs();
  readonly announcer = new Announcer();
  readonly unsaved: Unsaved;
  /** Why the window has nothing to show; null when it has. */
  failure = $state.raw<HostError | null>(null);
  /** Null while the timeline is not on the screen. */
  timeline: TimelineHandle | null = null;
  selectedPost = $derived.by(() =>
    this.selection.post === null ? undefined : this.posts.get(this.selection.post),
  );

  constructor(host: Host) {
    this.host = host;
    this.accounts = new Accounts(host);
    this.posts = new Posts(host, (thrown) => this.report(thrown));
    this.pauses = new Pauses(host);
    this.status = new Status(host);
    this.preferences = new Preferences(host);
    this.unsaved = new Unsaved(host);
  }

  /**
   * Subscribes while `opening`, the first load, is under way, so that the window is there sooner; then looks again, so
   * that nothing falls between. Resolves to the function that ends it all.
   */
  async start(opening: Promise<unknown>): Promise<() => void> {
    const { events } = this.host;
    const listening = Promise.all([
      events.changed((event) => void this.#changed(event)),
      events.notice(({ level, message, post }) =>
        level === "error" ? this.toasts.error(message, post) : this.toasts.info(message, { post }),
      ),
      events.quitAsked(() => void this.#loadQuitQuestion()),
      events.showPost((post) => void this.showPost(post)),
      events.showPauses(() => void this.showPauses()),
      events.windowClosing(() => void this.#keepAndClose()),
    ]);
    const tick = setInterval(() => this.status.tick(), TICK);
    const poll = setInterval(() => void this.attempt(() => this.status.load()), STATUS_EVERY);
    await opening;
    const ends = await listening;
    await this.#showWhatTheAddressNames();
    await painted();
    await this.#changed({ posts: [], accounts: true, everything: true });
    return () => {
      ends.forEach((end) => end());
      clearInterval(tick);
      clearInterval(poll);
    };
  }

  /** The accounts and their posts. */
  async loadContents(): Promise<void> {
    await Promise.all([this.#loadAccounts(), this.posts.loadOpening(this.status.now)]);
  }

  /** What stands around them, some of which takes the system a while to say. */
  async loadSurroundings(): Promise<void> {
    await Promise.all([
      this.attempt(() => this.preferences.load()),
      this.attempt(() => this.status.load()),
      this.attempt(() => this.pauses.load()),
      this.attempt(() => this.accounts.loadServices()),
      this.#loadQuitQuestion(),
    ]);
  }

  async load(): Promise<void> {
    await Promise.all([this.loadContents(), this.loadSurroundings()]);
  }

  /** Opens a post in the panel and brings it into view, whether or not its time was loaded. */
  async showPost(id: string): Promise<void> {
    if (!this.posts.get(id)) await this.posts.refetch([id]);
    const post = this.posts.get(id);
    if (!post) {
      this.toasts.error("This post no longer exists.");
      return;
    }
    this.dialogs.close();
    this.selection.select(id);
    const time = post.time ?? post.rememberedTime;
    if (time !== null) this.timeline?.showPost(id, time);
  }

  /** Asks what to pause or, where something is paused, how to resume it. */
  async showPauses(): Promise<void> {
    await this.attempt(() => this.pauses.load());
    this.dialogs.open(
      this.pauses.list.length > 0 ? { kind: "resume-all" } : { kind: "pause-all", only: null },
    );
  }

  /** The tray opens a window with what it is to show in its address. */
  async #showWhatTheAddressNames(): Promise<void> {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const post = wanted.get("post");
    if (post === null && !wanted.has("pauses")) return;
    history.replaceState(null, "", location.pathname + location.search);
    await (post === null ? this.showPauses() : this.showPost(post));
  }

  /** Runs what the user asked for; a failure is said in an alert. */
  async attempt(run: () => Promise<void>, post: string | null = null): Promise<void> {
    try {
      await run();
    } catch (thrown) {
      this.report(thrown, post);
    }
  }

  report(thrown: unknown, post: string | null = null): void {
    this.toasts.error(hostError(thrown).message, post);
  }

  async #changed(event: Changed): Promise<void> {
    await Promise.all([
      event.everything ? this.posts.reload() : this.posts.refetch(event.posts),
      this.attempt(() => this.status.load()),
      // A change that waits or was sent also changes its account's count of waiting changes.
      this.attempt(() => this.accounts.load()),
      this.attempt(() => this.pauses.load()),
      this.dialogs.quit === null ? null : this.#loadQuitQuestion(),
    ]);
    this.toasts.endGrace((post) => !this.posts.get(post)?.leaving);
    if (this.selection.post !== null && event.posts.includes(this.selection.post) && !this.selectedPost) {
      this.selection.select(null);
      this.announcer.say("The post that was open no longer exists.");
    }
  }

  /** What is typed at this moment is kept before the window is gone. */
  async #keepAndClose(): Promise<void> {
    await this.unsaved.flush();
    await this.host.windowMayClose();
  }

  async #loadAccounts(): Promise<void> {
    try {
      await this.accounts.load();
      this.failure = null;
    } catch (thrown) {
      this.failure = hostError(thrown);
    }
  }

  async #loadQuitQuestion(): Promise<void> {
    await this.attempt(async () => {
      this.dialogs.quit = await this.host.quitQuestion();
    });
  }
}

export const [appState, provideAppState] = createContext<AppState>();

// The in-memory twin of the app: for tests and for working on the window in a browser. It keeps the promises the
// window relies on (a change waits, is sent, is confirmed; events follow the change) and fails on order.
import type { Host, HostError } from ".";
import type {
  AccountView,
  Changed,
  ChangeReceipt,
  HistoryEntry,
  MediaView,
  Notice,
  OutcomeWord,
  PostView,
  Preferences,
  QuitQuestion,
  SideView,
  StatusView,
  SyncView,
  TargetView,
} from "./bindings";
import { networkName } from "../wording/channel";
import { checkKey, createConnecting, error } from "./memory-connect";
import { account, demoAccounts, demoPosts, SERVICES } from "./memory-demo";

/** Where a post stands, or is to; with the text that is asked for, if any. */
export type Side = SideView;

/** A post as the twin keeps it; what the window sees is computed from it. */
export type MemoryPost = {
  id: string;
  remote: string | null;
  account: string;
  text: string;
  confirmed: Side;
  /** The open change. */
  wish: Side | null;
  remembered: string | null;
  sync: SyncView;
  targets: TargetView[];
  media: MediaView[];
  history: HistoryEntry[];
};

export type MemoryOptions = {
  /** Milliseconds since the epoch. */
  now?: () => number;
  content?: "full" | "empty";
  /** How long a command takes, and how long the service takes to confirm a change, in milliseconds. */
  latency?: number;
  confirmAfter?: number;
};

/** What a test may do that a user can't. */
export type MemoryControl = {
  posts: Map<string, MemoryPost>;
  accounts: AccountView[];
  status: Partial<StatusView>;
  /** The next call of this command throws. */
  failNext(command: string, error: HostError): void;
  /** Calls of this command get no answer until it is released. */
  hold(command: string): void;
  release(command: string): void;
  /** Offline, changes wait. */
  setOnline(online: boolean): void;
  /** What the service answers to the next change: null confirms it. */
  refuseNext(why: string | null): void;
  changed(event: Changed): void;
  notice(event: Notice): void;
  showPost(post: string): void;
  askQuit(changes: string[]): void;
  calls: { command: string; args: unknown[] }[];
};

export type MemoryHost = Host & { control: MemoryControl };

export function createMemoryHost(options: MemoryOptions = {}): MemoryHost {
  const now = options.now ?? (() => Date.now());
  const latency = options.latency ?? 0;
  const confirmAfter = options.confirmAfter ?? 900;
  const full = options.content !== "empty";
  const accounts = full ? demoAccounts(now()) : [];
  const posts = new Map((full ? demoPosts(now(), accounts) : []).map((post) => [post.id, post]));
  const failures = new Map<string, HostError[]>();
  const held = new Map<string, { released: Promise<void>; release: () => void }>();
  const calls: MemoryControl["calls"] = [];
  const undoable: { post: string; wish: Side | null; remembered: string | null }[] = [];
  let preferences: Preferences = { reminderMinutes: 15, theme: "system" };
  let question: QuitQuestion | null = null;
  let online = true;
  let refusal: string | null = null;
  const override: Partial<StatusView> = {};

  const changedListeners = new Set<(event: Changed) => void>();
  const noticeListeners = new Set<(event: Notice) => void>();
  const quitListeners = new Set<() => void>();
  const showListeners = new Set<(post: string) => void>();

  const changed = (event: Changed): void => changedListeners.forEach((listener) => listener(event));
  const notice = (event: Notice): void => noticeListeners.forEach((listener) => listener(event));

  const tell = (ids: string[]): void => changed({ posts: ids, accounts: true, everything: false });

  async function take(name: string, milliseconds: number): Promise<void> {
    await after(milliseconds);
    await held.get(name)?.released;
    const failure = failures.get(name)?.shift();
    if (failure) throw failure;
  }

  /** Every command: takes its time, fails when a test ordered it, and is written down. */
  function command<Args extends unknown[], Answer>(
    name: string,
    run: (...args: Args) => Answer | Promise<Answer>,
  ): (...args: Args) => Promise<Answer> {
    return async (...args) => {
      calls.push({ command: name, args: structuredClone(args) });
      await take(name, latency);
      return structuredClone(await run(...args));
    };
  }

  function find(id: string): MemoryPost {
    const post = posts.get(id);
    if (!post) throw error("not-found", "This post no longer exists.");
    return post;
  }

  function findAccount(id: string): AccountView {
    const found = accounts.find((candidate) => candidate.id === id);
    if (!found) throw error("not-found", "This account no longer exists.");
    return found;
  }

  function ask(id: string, side: Side, remembered: string | null): ChangeReceipt {
    const post = find(id);
    const locked = lockedBecause(view(post));
    if (locked) throw error("not-editable", locked);
    if (side.time !== null && Date.parse(side.time) < now() + 120_000) {
      throw error("past-time", "That time has passed or is too near. Pick a later one.");
    }
    undoable.push({ post: id, wish: post.wish ?? post.confirmed, remembered: post.remembered });
    return want(post, side, remembered);
  }

  function want(post: MemoryPost, side: Side, remembered: string | null): ChangeReceipt {
    post.remembered = remembered;
    const same = side.status === post.confirmed.status && side.time === post.confirmed.time;
    post.wish = same ? null : side;
    post.sync = same
      ? { state: "synced" }
      : { state: "waiting", note: online ? null : "Rundown is offline." };
    tell([post.id]);
    if (!same) void deliver(post, side);
    return {
      post: post.id,
      status: side.status,
      time: side.time,
      rememberedTime: remembered,
      willSend: !same,
    };
  }

  async function deliver(post: MemoryPost, side: Side): Promise<void> {
    if (!online) return;
    await after(confirmAfter / 2);
    if (post.wish !== side || !online) return;
    post.sync = { state: "sending", note: null };
    tell([post.id]);
    await after(confirmAfter / 2);
    if (post.wish !== side) return;
    post.wish = null;
    if (refusal === null) {
      remember(post, side, "done", null);
      post.confirmed = side;
      for (const target of post.targets) target.status = side.status;
      post.sync = { state: "synced" };
    } else {
      remember(post, side, "refused", refusal);
      post.sync = { state: "needs-you", why: refusal, problem: "refused", wanted: side };
      notice({ level: "error", message: refusal, post: post.id });
      refusal = null;
    }
    tell([post.id]);
  }

  function remember(post: MemoryPost, wanted: Side, outcome: OutcomeWord, detail: string | null): void {
    post.history.unshift({ at: iso(now()), wanted, outcome, detail });
  }

  const connecting = createConnecting({
    isOnline: () => online,
    keychain: () => override.keychain ?? "ready",
    add({ service, label, baseUrl, keep }, workspace) {
      const id = `account-${accounts.length + 1}`;
      const connected = account(id, label, now(), [
        ["linkedin", label, label],
        ["twitter", label, `@${label.toLowerCase().replaceAll(" ", "")}`],
      ]);
      accounts.push(
        Object.assign(connected, {
          service: service.kind,
          serviceName: service.name,
          workspace,
          baseUrl,
          keyKeptIn: keep,
        }),
      );
      for (const post of demoPosts(now(), [connected])) {
        posts.set(`${id}-${post.id}`, { ...post, id: `${id}-${post.id}` });
      }
      tell([...posts.keys()]);
      return id;
    },
  });

  function view(post: MemoryPost): PostView {
    const shown = post.wish ?? post.confirmed;
    const base: PostView = {
      id: post.id,
      remote: post.remote,
      account: post.account,
      text: post.text,
      confirmedText: null,
      status: shown.status,
      time: shown.time,
      confirmedStatus: post.confirmed.status,
      confirmedTime: post.confirmed.time,
      rememberedTime: post.remembered,
      sync: post.sync,
      lockedBecause: null,
      undeletableBecause: null,
      leaving: false,
      targets: post.targets,
      media: post.media,
    };
    return { ...base, lockedBecause: lockedBecause(base) };
  }

  /** As the host words them: "Instagram @harbour". */
  function channelWords(targets: TargetView[]): string {
    return targets
      .flatMap((target) =>
        accounts.flatMap((owner) => owner.channels).filter(({ id }) => id === target.channel),
      )
      .map((channel) => `${networkName(channel.network)} ${channel.handle ?? channel.name}`)
      .join(", ");
  }

  function waiting(): number {
    return [...posts.values()].filter((post) => post.wish !== null).length;
  }

  function subscribe<Listener>(listeners: Set<Listener>): (listener: Listener) => Promise<() => void> {
    return (listener) => {
      listeners.add(listener);
      return Promise.resolve(() => void listeners.delete(listener));
    };
  }

  return {
    services: command("services", () => SERVICES),
    accounts: command("accounts", () =>
      accounts.map((owner) => ({
        ...owner,
        waiting: [...posts.values()].filter((post) => post.account === owner.id && post.wish !== null).length,
      })),
    ),
    connectAccount: async (form) => {
      // The key itself is not written down, not even here.
      calls.push({ command: "connectAccount", args: [{ ...form, key: form.key.length }] });
      await take("connectAccount", latency * 8);
      return connecting.connect(form);
    },
    chooseWorkspace: command("chooseWorkspace", (id: string) => connecting.choose(id)),
    cancelConnect: command("cancelConnect", () => connecting.cancel()),
    replaceKey: async (id, key, keep) => {
      calls.push({ command: "replaceKey", args: [id, key.length, keep] });
      await take("replaceKey", latency * 8);
      const owner = findAccount(id);
      checkKey(owner.service, key);
      owner.keyKeptIn = keep;
      owner.health = { state: "ok", message: null, advice: null, lastContact: iso(now()) };
      tell([]);
      return null;
    },
    disconnectAccount: command("disconnectAccount", (id: string) => {
      accounts.splice(accounts.indexOf(findAccount(id)), 1);
      const gone = [...posts.values()].filter((post) => post.account === id).map((post) => post.id);
      gone.forEach((post) => posts.delete(post));
      tell(gone);
      return null;
    }),
    postsInRange: command("postsInRange", (from: string, to: string) =>
      [...posts.values()]
        .map(view)
        .filter((post) =>
          [post.time, post.confirmedTime, post.rememberedTime].some(
            (time) =>
              time !== null && Date.parse(time) >= Date.parse(from) && Date.parse(time) < Date.parse(to),
          ),
        ),
    ),
    drafts: command("drafts", () => [...posts.values()].map(view).filter((post) => post.status === "draft")),
    posts: command("posts", (ids: string[]) =>
      ids.flatMap((id) => {
        const post = posts.get(id);
        return post ? [view(post)] : [];
      }),
    ),
    postHistory: command("postHistory", (id: string) => find(id).history),
    reschedulePost: command("reschedulePost", (id: string, time: string) => {
      const post = find(id);
      const shown = post.wish ?? post.confirmed;
      if (shown.status === "draft") {
        undoable.push({ post: id, wish: shown, remembered: post.remembered });
        return want(post, shown, time);
      }
      return ask(id, { status: "scheduled", time, text: null }, null);
    }),
    pausePost: command("pausePost", (id: string) => {
      const post = find(id);
      return ask(id, { status: "draft", time: null, text: null }, (post.wish ?? post.confirmed).time);
    }),
    resumePost: command("resumePost", (id: string, time: string) =>
      ask(id, { status: "scheduled", time, text: null }, null),
    ),
    createPost: command("createPost", notYet),
    editPost: command("editPost", notYet),
    deletePost: command("deletePost", notYet),
    cancelPost: command("cancelPost", notYet),
    publishPostNow: command("publishPostNow", notYet),
    retryPost: command("retryPost", notYet),
    skipPost: command("skipPost", notYet),
    undo: command("undo", () => {
      const last = undoable.pop();
      if (!last) throw error("nothing-to-undo", "There is nothing to undo.");
      const post = find(last.post);
      return want(post, last.wish ?? post.confirmed, last.remembered);
    }),
    dismissProblem: command("dismissProblem", (id: string) => {
      find(id).sync = { state: "synced" };
      tell([id]);
      return null;
    }),
    resolveConflict: command("resolveConflict", (id: string, keep) => {
      const post = find(id);
      if (post.sync.state !== "conflict") throw error("moved-on", "This has been answered already.");
      return want(post, keep === "mine" ? post.sync.mine : post.sync.theirs, post.remembered);
    }),
    status: command("status", (): StatusView => {
      const next = [...posts.values()]
        .filter(
          (post) => post.confirmed.status === "scheduled" && Date.parse(post.confirmed.time ?? "") > now(),
        )
        .sort((a, b) => Date.parse(a.confirmed.time ?? "") - Date.parse(b.confirmed.time ?? ""))[0];
      return {
        online,
        waiting: waiting(),
        next: next
          ? { post: next.id, channel: channelWords(next.targets), time: next.confirmed.time ?? "" }
          : null,
        now: iso(now()),
        keychain: "ready",
        storageNotice: null,
        hasTray: true,
        ...override,
      };
    }),
    refresh: command("refresh", () => tell([...posts.keys()])),
    windowFocused: command("windowFocused", () => undefined),
    preferences: command("preferences", () => preferences),
    savePreferences: command("savePreferences", (next: Preferences) => {
      preferences = next;
      return null;
    }),
    quitQuestion: command("quitQuestion", () => question),
    answerQuit: command("answerQuit", () => {
      question = null;
    }),
    openLink: command("openLink", () => null),
    events: {
      changed: subscribe(changedListeners),
      notice: subscribe(noticeListeners),
      quitAsked: subscribe(quitListeners),
      showPost: subscribe(showListeners),
    },
    control: {
      posts,
      accounts,
      status: override,
      failNext: (name, failure) => failures.set(name, [...(failures.get(name) ?? []), failure]),
      hold: (name) => {
        let release = () => {};
        const released = new Promise<void>((done) => (release = done));
        held.set(name, { released, release });
      },
      release: (name) => {
        held.get(name)?.release();
        held.delete(name);
      },
      setOnline: (value) => {
        online = value;
        tell([]);
        if (value) for (const post of posts.values()) if (post.wish) void deliver(post, post.wish);
      },
      refuseNext: (why) => {
        refusal = why;
      },
      changed,
      notice,
      showPost: (post) => showListeners.forEach((listener) => listener(post)),
      askQuit: (changes) => {
        question = { changes };
        quitListeners.forEach((listener) => listener());
      },
      calls,
    },
  };
}

function notYet(): never {
  throw error("not-possible", "The twin can’t do this.");
}

function lockedBecause(post: PostView): string | null {
  if (post.status === "published") return "It has been published.";
  if (post.status === "failed") return "It failed. Schedule it again at the service.";
  if (post.status === "queued" || post.status === "publishing") return "It is going out right now.";
  return null;
}

function after(milliseconds: number): Promise<void> {
  return milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : Promise.resolve();
}

function iso(epoch: number): string {
  return new Date(epoch).toISOString().replace(/\.\d{3}Z$/, "Z");
}

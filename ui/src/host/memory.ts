// The in-memory twin of the app: for tests and for working on the window in a browser. It keeps the promises the
// window relies on (a change waits, is sent, is confirmed; events follow the change) and fails on order.
import type { Host, HostError } from ".";
import type {
  AccountView,
  Changed,
  Notice,
  OutcomeWord,
  Preferences,
  QuitQuestion,
  StatusView,
  TargetView,
} from "./bindings";
import { networkName } from "../wording/channel";
import { createArranging } from "./memory-accounts";
import { builtInAccount, createByHand, duePost } from "./memory-by-hand";
import { checkKey, createConnecting } from "./memory-connect";
import {
  account,
  capabilitiesOf,
  demoAccounts,
  demoPicture,
  demoPosts,
  otherAccounts,
  SERVICES,
} from "./memory-demo";
import { ailingAccounts } from "./memory-health";
import { createActivity } from "./memory-activity";
import { createPauses } from "./memory-pauses";
import { createTexts } from "./memory-texts";
import { after, createOutbox, iso, type MemoryPost } from "./memory-outbox";

export type { MemoryPost, Side } from "./memory-outbox";

export type MemoryOptions = {
  /** Milliseconds since the epoch. */
  now?: () => number;
  /**
   * "every-service": an account for each kind of service, so that all they can do is there, with a post to publish by
   * hand. "every-health": accounts that are not well. "empty": only the account that is always there.
   */
  content?: "full" | "empty" | "every-service" | "every-health";
  /** How long a command takes, and how long the service takes to confirm a change, in milliseconds. */
  latency?: number;
  confirmAfter?: number;
  /** How long a deletion can be taken back, in milliseconds. */
  grace?: number;
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
  refuseNext(why: string | null, problem?: OutcomeWord): void;
  changed(event: Changed): void;
  notice(event: Notice): void;
  showPauses(): void;
  showPost(post: string): void;
  closeWindow(): void;
  askQuit(changes: string[]): void;
  calls: { command: string; args: unknown[] }[];
  /** From now on no picture can be shown. */
  breakPictures(): void;
};

export type MemoryHost = Host & { control: MemoryControl };

export function createMemoryHost(options: MemoryOptions = {}): MemoryHost {
  const now = options.now ?? (() => Date.now());
  const latency = options.latency ?? 0;
  const confirmAfter = options.confirmAfter ?? 900;
  const full = options.content !== "empty";
  const accounts = full ? demoAccounts(now()) : [builtInAccount(now(), [])];
  if (options.content === "every-service") {
    accounts.push(...otherAccounts(now()), builtInAccount(now(), [["telegram", "Friends", "Friends"]]));
  }
  const posts = new Map((full ? demoPosts(now(), accounts) : []).map((post) => [post.id, post]));
  if (options.content === "every-service") posts.set("due", duePost(now(), "by-hand", "by-hand/telegram"));
  if (options.content === "every-health") accounts.push(...ailingAccounts(now()), builtInAccount(now(), []));
  const failures = new Map<string, HostError[]>();
  const held = new Map<string, { released: Promise<void>; release: () => void }>();
  const calls: MemoryControl["calls"] = [];
  let preferences: Preferences = { reminderMinutes: 15, theme: "system", letterKeys: true };
  let question: QuitQuestion | null = null;
  let online = true;
  let refusal: { why: string; problem: OutcomeWord } | null = null;
  let brokenPictures = false;
  const override: Partial<StatusView> = {};

  const changedListeners = new Set<(event: Changed) => void>();
  const noticeListeners = new Set<(event: Notice) => void>();
  const quitListeners = new Set<() => void>();
  const pausesListeners = new Set<() => void>();
  const showListeners = new Set<(post: string) => void>();
  const closingListeners = new Set<() => void>();

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

  const outbox = createOutbox({
    accounts,
    posts,
    now,
    isOnline: () => online,
    confirmAfter,
    grace: options.grace ?? 10_000,
    answer() {
      const answer = refusal;
      refusal = null;
      return answer;
    },
    tell,
    notice,
    handOver: (post) => byHand.view(post),
  });

  const byHand = createByHand({
    accounts,
    posts,
    now,
    words: (post) => channelWords(post.targets),
    changed: () => tell([]),
  });

  const pauses = createPauses({
    accounts,
    posts,
    now,
    outbox,
    words: (post) => channelWords(post.targets),
    tell,
  });

  const texts = createTexts({ posts, now, edit: outbox.edit });

  const activity = createActivity({ posts, outbox, tell });

  const arranging = createArranging(accounts, () => tell([]));

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
          capabilities: capabilitiesOf(service.kind),
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
      const owner = arranging.find(id);
      checkKey(owner.service, key);
      owner.keyKeptIn = keep;
      owner.health = {
        state: "ok",
        message: null,
        advice: null,
        lastContact: iso(now()),
        until: null,
        planLimit: null,
        clockDifference: null,
      };
      tell([]);
      return null;
    },
    renameAccount: command("renameAccount", arranging.rename),
    colourAccount: command("colourAccount", arranging.colour),
    moveAccount: command("moveAccount", arranging.move),
    hideChannel: command("hideChannel", arranging.hide),
    showChannel: command("showChannel", arranging.show),
    lostByDisconnecting: command("lostByDisconnecting", (id: string) =>
      [...posts.values()]
        .filter((post) => post.account === id && post.wish !== null)
        .map(
          ({ text, wish }) =>
            `${text ? `“${text.slice(0, 60)}”` : "A post without text"}: be ${wish?.status}`,
        ),
    ),
    disconnectAccount: command("disconnectAccount", (id: string) => {
      accounts.splice(accounts.indexOf(arranging.find(id)), 1);
      const gone = [...posts.values()].filter((post) => post.account === id).map((post) => post.id);
      gone.forEach((post) => posts.delete(post));
      tell(gone);
      return null;
    }),
    postsInRange: command("postsInRange", (from: string, to: string) =>
      [...posts.values()]
        .map(outbox.view)
        .filter((post) =>
          [post.time, post.confirmedTime, post.rememberedTime].some(
            (time) =>
              time !== null && Date.parse(time) >= Date.parse(from) && Date.parse(time) < Date.parse(to),
          ),
        ),
    ),
    drafts: command("drafts", () =>
      [...posts.values()].map(outbox.view).filter((post) => post.status === "draft"),
    ),
    posts: command("posts", (ids: string[]) =>
      ids.flatMap((id) => {
        const post = posts.get(id);
        return post ? [outbox.view(post)] : [];
      }),
    ),
    postHistory: command("postHistory", (id: string) => posts.get(id)?.history ?? []),
    reschedulePost: command("reschedulePost", outbox.reschedule),
    pausePost: command("pausePost", outbox.pause),
    resumePost: command("resumePost", outbox.resume),
    createPost: command("createPost", outbox.create),
    editPost: command("editPost", texts.edit),
    deletePost: command("deletePost", outbox.remove),
    cancelPost: command("cancelPost", outbox.cancel),
    publishPostNow: command("publishPostNow", outbox.publishNow),
    retryPost: command("retryPost", outbox.retry),
    skipPost: command("skipPost", outbox.skip),
    addChannel: command("addChannel", byHand.addChannel),
    renameChannel: command("renameChannel", byHand.renameChannel),
    removeChannel: command("removeChannel", byHand.removeChannel),
    handOverPost: command("handOverPost", byHand.handOver),
    undo: command("undo", outbox.undo),
    redo: command("redo", outbox.redo),
    dismissProblem: command("dismissProblem", outbox.dismiss),
    tryAgain: command("tryAgain", outbox.tryAgain),
    resolveConflict: command("resolveConflict", outbox.resolve),
    activity: command("activity", activity.activity),
    retryChange: command("retryChange", activity.retryChange),
    discardChange: command("discardChange", activity.discardChange),
    copyChangeDetails: command("copyChangeDetails", activity.copyChangeDetails),
    unsaved: command("unsaved", texts.unsaved),
    keepUnsaved: command("keepUnsaved", texts.keep),
    forgetUnsaved: command("forgetUnsaved", texts.forget),
    windowMayClose: command("windowMayClose", () => undefined),
    textVersions: command("textVersions", texts.versions),
    pausable: command("pausable", pauses.pausable),
    pauseAll: command("pauseAll", pauses.pauseAll),
    pauses: command("pauses", pauses.pauses),
    resumeAll: command("resumeAll", pauses.resumeAll),
    endPauses: command("endPauses", pauses.endPauses),
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
        due: byHand.due(),
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
    pictureUrl: (_, index) => (brokenPictures ? "data:image/png;base64,AAAA" : demoPicture(index)),
    events: {
      changed: subscribe(changedListeners),
      notice: subscribe(noticeListeners),
      quitAsked: subscribe(quitListeners),
      showPauses: subscribe(pausesListeners),
      showPost: subscribe(showListeners),
      windowClosing: subscribe(closingListeners),
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
        if (value) outbox.wake();
      },
      refuseNext: (why, problem = "refused") => {
        refusal = why === null ? null : { why, problem };
      },
      changed,
      notice,
      showPauses: () => pausesListeners.forEach((listener) => listener()),
      closeWindow: () => closingListeners.forEach((listener) => listener()),
      showPost: (post) => showListeners.forEach((listener) => listener(post)),
      askQuit: (changes) => {
        question = { changes };
        quitListeners.forEach((listener) => listener());
      },
      calls,
      breakPictures: () => {
        brokenPictures = true;
      },
    },
  };
}

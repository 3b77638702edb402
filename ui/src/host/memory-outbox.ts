// How the in-memory twin changes posts: what was asked for waits, is sent, and is confirmed or refused, by the rules of
// the core. Nothing here is kept on disk, and one change is never sent twice.
import type {
  AccountView,
  ChangeReceipt,
  HandOverView,
  HistoryEntry,
  KeepSide,
  MediaView,
  NewPostForm,
  Notice,
  OutcomeWord,
  PostView,
  SideView,
  SyncView,
  TargetView,
} from "./bindings";
import { error } from "./memory-connect";

/** Where a post is to stand, with the text that is asked for, if any. */
export type Side = SideView;
export type Standing = Pick<SideView, "status" | "time">;

/** A post as the twin keeps it; what the window sees is computed from it. */
export type MemoryPost = {
  id: string;
  remote: string | null;
  account: string;
  text: string;
  confirmed: Standing;
  /** The open change. */
  wish: Side | null;
  /** Until when a deletion can be taken back, in milliseconds since the epoch. */
  graceUntil?: number;
  remembered: string | null;
  sync: SyncView;
  targets: TargetView[];
  media: MediaView[];
  history: HistoryEntry[];
};

export type World = {
  accounts: AccountView[];
  posts: Map<string, MemoryPost>;
  /** Milliseconds since the epoch. */
  now(): number;
  isOnline(): boolean;
  /** How long the service takes to confirm, and how long a deletion can be taken back. Milliseconds. */
  confirmAfter: number;
  grace: number;
  /** What the service says to the change that arrives; null confirms it. */
  answer(): { why: string; problem: OutcomeWord } | null;
  /** How a post is handed to the user; null where its service publishes it. */
  handOver(post: MemoryPost): HandOverView | null;
  tell(posts: string[]): void;
  notice(event: Notice): void;
};

export type Outbox = ReturnType<typeof createOutbox>;

/** What a step changes; a side of null asks nothing of any service. */
type EndState = { side: Side | null; text: string; remembered: string | null };
type Ability = "reschedule" | "pause" | "resume" | "create" | "editText" | "delete" | "publishNow" | "retry";

const CANT: Record<Ability, string> = {
  reschedule: "move a post to another time",
  pause: "make a draft of a scheduled post",
  resume: "schedule a draft",
  create: "create posts",
  editText: "change the text of a post",
  delete: "delete posts",
  publishNow: "publish a post before its time",
  retry: "try a failed post again",
};
/** A post that no service knows can be changed so whatever its service can do. */
const OURS: Ability[] = ["reschedule", "pause", "editText", "delete"];

export function createOutbox(world: World) {
  const { accounts, posts } = world;
  const undoable: { post: string; before: EndState; deleted: boolean }[] = [];
  let created = 0;

  function find(id: string): MemoryPost {
    const post = posts.get(id);
    if (!post) throw error("not-found", "This post no longer exists.");
    return post;
  }

  function owner(id: string): AccountView {
    const found = accounts.find((account) => account.id === id);
    if (!found) throw error("not-found", "This account no longer exists.");
    return found;
  }

  function check(account: string, ability: Ability, remote: string | null = ""): void {
    if (remote === null && OURS.includes(ability)) return;
    const { capabilities, serviceName } = owner(account);
    const can = capabilities[ability];
    if (can === true || (typeof can === "string" && can !== "never")) return;
    throw error("not-possible", `${serviceName} can’t ${CANT[ability]} for Rundown.`);
  }

  function checkTime(account: string, time: string): void {
    if (Date.parse(time) < world.now() + owner(account).capabilities.leadSeconds * 1000) {
      throw error("past-time", "That time has passed or is too near. Pick a later one.");
    }
  }

  function checkText(text: string, media: number): void {
    if (text.trim() === "" && media === 0) throw error("empty-text", "Write a text first.");
  }

  function editable(id: string, ability: Ability): MemoryPost {
    const post = find(id);
    const locked = lockedBecause(post);
    if (locked !== null) throw error("not-editable", `This post can’t be changed. ${locked}`);
    check(post.account, ability, post.remote);
    return post;
  }

  /** Takes a step that can be undone. */
  function step(post: MemoryPost, side: Side | null, remembered: string | null): ChangeReceipt {
    const before = endState(post);
    const receipt = want(post, side, remembered);
    undoable.push({ post: post.id, before, deleted: side?.status === "deleted" });
    return receipt;
  }

  function want(post: MemoryPost, side: Side | null, remembered: string | null): ChangeReceipt {
    const last = post.history[0];
    if (last?.outcome === "waiting") {
      last.outcome = "withdrawn";
      last.detail = side
        ? "Replaced by a newer change before it was sent."
        : "Taken back before it was sent.";
    }
    post.remembered = remembered;
    post.wish = side === null || isReached(post, side) ? null : side;
    post.sync =
      post.wish === null
        ? { state: "synced" }
        : { state: "waiting", note: world.isOnline() ? null : "Rundown is offline." };
    if (post.wish !== null) {
      remember(post, post.wish, "waiting", null);
      if (post.wish.status === "deleted") post.graceUntil = world.now() + world.grace;
      void deliver(post, post.wish);
    }
    world.tell([post.id]);
    return receipt(post);
  }

  async function deliver(post: MemoryPost, side: Side): Promise<void> {
    const stillWanted = () => post.wish === side && world.isOnline() && posts.has(post.id);
    if (side.status === "deleted") await after((post.graceUntil ?? 0) - world.now());
    if (!stillWanted()) return;
    await after(world.confirmAfter / 2);
    if (!stillWanted() || post.sync.state !== "waiting") return;
    post.sync = { state: "sending", note: null };
    settle(post, "sending", null);
    world.tell([post.id]);
    await after(world.confirmAfter / 2);
    if (post.wish !== side) return;
    post.wish = null;
    const refusal = world.answer();
    if (refusal === null) confirm(post, side);
    else {
      const { why, problem } = refusal;
      settle(post, problem, why);
      post.sync = { state: "needs-you", why, problem, wanted: side };
      world.notice({ level: "error", message: why, post: post.id });
    }
    world.tell([post.id]);
  }

  function confirm(post: MemoryPost, side: Side): void {
    settle(post, "done", null);
    if (side.status === "deleted" && owner(post.account).capabilities.delete === "removes") {
      posts.delete(post.id);
      return;
    }
    post.remote ??= remoteId();
    if (side.text !== null) post.text = side.text;
    post.confirmed = reached(side, post.confirmed);
    post.sync = { state: "synced" };
    for (const target of post.targets) {
      target.status = post.confirmed.status;
      if (post.confirmed.status === "published") {
        target.link = `https://example.com/posts/${post.remote}`;
        target.error = null;
      }
    }
  }

  function act(id: string, ability: "publishNow" | "retry", status: "published" | "retried"): ChangeReceipt {
    const post = find(id);
    const refusal = status === "retried" ? whyNotRetry(post) : lockedBecause(post);
    if (refusal !== null) throw error("not-editable", `Nothing was done. ${refusal}`);
    check(post.account, ability, post.remote);
    if (post.remote === null) {
      throw error(
        "not-editable",
        "The post has not reached its service yet, so it can’t be published from there.",
      );
    }
    if (!world.isOnline() || owner(post.account).health.state !== "ok") {
      throw error(
        "unreachable",
        "This can only be done while its service answers, so nothing was published.",
      );
    }
    return want(post, { status, time: null, text: null }, post.remembered);
  }

  function remove(id: string): ChangeReceipt {
    const post = find(id);
    const refusal = undeletableBecause(post);
    if (refusal !== null) throw error("not-editable", `Nothing was done. ${refusal}`);
    check(post.account, "delete", post.remote);
    if (post.remote === null && post.sync.state !== "sending") {
      const was = receipt(post);
      posts.delete(id);
      world.tell([id]);
      return { ...was, willSend: false };
    }
    return step(post, { status: "deleted", time: null, text: null }, post.remembered);
  }

  function insert(account: string, channels: string[], text: string, remembered: string | null): MemoryPost {
    created += 1;
    const post: MemoryPost = {
      id: `new-${created}`,
      remote: null,
      account,
      text,
      confirmed: { status: "draft", time: null },
      wish: null,
      remembered,
      sync: { state: "synced" },
      targets: channels.map((channel) => ({ channel, status: "draft", time: null, link: null, error: null })),
      media: [],
      history: [],
    };
    posts.set(post.id, post);
    return post;
  }

  function remoteId(): string {
    created += 1;
    return (0x78c0f1e2d3a4 + created).toString(16).padStart(24, "0");
  }

  function remember(post: MemoryPost, wanted: Side, outcome: OutcomeWord, detail: string | null): void {
    post.history.unshift({ at: iso(world.now()), wanted, outcome, detail });
  }

  function settle(post: MemoryPost, outcome: OutcomeWord, detail: string | null): void {
    const open = post.history.find((entry) => entry.outcome === "waiting" || entry.outcome === "sending");
    if (open) Object.assign(open, { outcome, detail });
  }

  return {
    create({ account, channels, text, time }: NewPostForm): ChangeReceipt[] {
      checkText(text, 0);
      if (channels.length === 0) {
        throw error("no-channel", "Choose at least one channel for the post to go to.");
      }
      check(account, "create");
      if (time !== null) {
        check(account, "resume");
        checkTime(account, time);
      }
      const { capabilities, channels: known } = owner(account);
      if (channels.some((id) => known.every((channel) => channel.id !== id))) {
        throw error("not-found", "This channel is no longer connected to the account.");
      }
      const groups = capabilities.oneChannelPerPost ? channels.map((channel) => [channel]) : [channels];
      return groups.map((group) => {
        const post = insert(account, group, text, null);
        return want(post, { status: time === null ? "draft" : "scheduled", time, text: null }, null);
      });
    },
    reschedule(id: string, time: string): ChangeReceipt {
      const post = editable(id, "reschedule");
      if (shown(post).status === "draft") return step(post, endState(post).side, time);
      checkTime(post.account, time);
      return step(post, { status: "scheduled", time, text: post.wish?.text ?? null }, null);
    },
    pause(id: string): ChangeReceipt {
      const post = editable(id, "pause");
      const side = { status: "draft", time: null, text: post.wish?.text ?? null };
      return step(post, side, shown(post).time ?? post.remembered);
    },
    resume(id: string, time: string): ChangeReceipt {
      const post = editable(id, "resume");
      checkTime(post.account, time);
      return step(post, { status: "scheduled", time, text: post.wish?.text ?? null }, null);
    },
    edit(id: string, text: string): ChangeReceipt {
      const post = editable(id, "editText");
      checkText(text, post.media.length);
      const before = endState(post);
      if (post.remote === null) {
        undoable.push({ post: id, before, deleted: false });
        post.text = text;
        world.tell([id]);
        return receipt(post);
      }
      return step(
        post,
        { ...shown(post), text: text.trim() === post.text.trim() ? null : text },
        post.remembered,
      );
    },
    remove,
    cancel(id: string): ChangeReceipt {
      const post = editable(id, "delete");
      const channels = post.targets.map((target) => target.channel);
      const copy = insert(post.account, channels, shownText(post), post.confirmed.time);
      world.tell([copy.id]);
      remove(id);
      return { ...receipt(copy), willSend: false };
    },
    publishNow: (id: string) => act(id, "publishNow", "published"),
    retry: (id: string) => act(id, "retry", "retried"),
    skip(id: string): ChangeReceipt {
      const post = editable(id, "publishNow");
      if (owner(post.account).capabilities.publishNow !== "by-hand") {
        throw error("not-possible", `${owner(post.account).serviceName} can’t pass over a post for Rundown.`);
      }
      return want(post, { status: "skipped", time: null, text: null }, post.remembered);
    },
    undo(): ChangeReceipt {
      const last = undoable.pop();
      if (!last) throw error("nothing-to-undo", "There is nothing to undo.");
      const post = posts.get(last.post);
      if (!post || (last.deleted && post.sync.state !== "waiting")) {
        throw error("moved-on", "This step can’t be undone: the post has changed since.");
      }
      const { side, text, remembered } = last.before;
      if (side?.status === "scheduled" && side.time !== null && !isReached(post, { ...side, text: null })) {
        checkTime(post.account, side.time);
      }
      if (post.remote === null) post.text = text;
      return want(post, side && { ...side, text: text === post.text ? null : text }, remembered);
    },
    dismiss(id: string): null {
      find(id).sync = { state: "synced" };
      world.tell([id]);
      return null;
    },
    tryAgain(id: string): ChangeReceipt {
      const post = find(id);
      if (post.sync.state !== "needs-you") throw error("not-found", "There is nothing to try again.");
      const { wanted } = post.sync;
      if (wanted.time !== null) checkTime(post.account, wanted.time);
      return want(post, wanted, wanted.time ?? post.remembered);
    },
    resolve(id: string, keep: KeepSide): ChangeReceipt {
      const post = find(id);
      if (post.sync.state !== "conflict") throw error("moved-on", "This has been answered already.");
      return want(post, post.sync[keep], post.remembered);
    },
    /** The connection is back: what waits is sent. */
    wake(): void {
      for (const post of posts.values()) if (post.wish) void deliver(post, post.wish);
    },
    view: (post: MemoryPost): PostView => ({ ...view(post), handOver: world.handOver(post) }),
  };
}

function view(post: MemoryPost): PostView {
  const { status, time } = shown(post);
  const text = shownText(post);
  return {
    id: post.id,
    remote: post.remote,
    account: post.account,
    text,
    confirmedText: text === post.text ? null : post.text,
    status,
    time,
    confirmedStatus: post.confirmed.status,
    confirmedTime: post.confirmed.time,
    rememberedTime: post.remembered,
    sync: post.sync,
    lockedBecause: lockedBecause(post),
    undeletableBecause: undeletableBecause(post),
    leaving: post.wish?.status === "deleted",
    targets: post.targets,
    media: post.media,
    handOver: null,
  };
}

function receipt(post: MemoryPost): ChangeReceipt {
  const { status, time } = shown(post);
  return { post: post.id, status, time, rememberedTime: post.remembered, willSend: post.wish !== null };
}

function shown({ wish, confirmed }: MemoryPost): Standing {
  switch (wish?.status) {
    case undefined:
    case "deleted":
      return { status: confirmed.status, time: confirmed.time };
    case "published":
    case "retried":
      return { status: "publishing", time: confirmed.time };
    case "skipped":
      return { status: "cancelled", time: confirmed.time };
    default:
      return { status: wish?.status ?? "", time: wish?.time ?? null };
  }
}

function shownText(post: MemoryPost): string {
  return post.wish?.text ?? post.text;
}

/** Where a post stands once the service has done what was asked. */
function reached(side: Side, confirmed: Standing): Standing {
  switch (side.status) {
    case "published":
    case "retried":
      return { status: "published", time: confirmed.time };
    case "deleted":
    case "skipped":
      return { status: "cancelled", time: confirmed.time };
    default:
      return { status: side.status, time: side.time };
  }
}

function isReached({ remote, confirmed, text }: MemoryPost, side: Side): boolean {
  const sameText = side.text === null || side.text === text;
  return remote !== null && sameText && side.status === confirmed.status && side.time === confirmed.time;
}

function endState(post: MemoryPost): EndState {
  const standing = post.remote === null ? null : { ...post.confirmed, text: null };
  return { side: post.wish ?? standing, text: shownText(post), remembered: post.remembered };
}

function lockedBecause(post: MemoryPost): string | null {
  if (post.wish?.status === "deleted") return "It is about to be deleted.";
  switch (post.confirmed.status) {
    case "draft":
    case "scheduled":
      return null;
    case "published":
      return "It has been published.";
    case "partially-published":
      return "Part of it has been published.";
    case "queued":
    case "publishing":
      return "It is being published right now.";
    case "failed":
      return "Publishing it failed, and the service does not let failed posts be changed.";
    case "cancelled":
      return "It was cancelled at the service.";
    default:
      return `The service calls it “${post.confirmed.status}”, which Rundown does not know.`;
  }
}

function undeletableBecause(post: MemoryPost): string | null {
  if (["draft", "scheduled", "failed", "cancelled"].includes(post.confirmed.status)) return null;
  return ["published", "partially-published"].includes(post.confirmed.status)
    ? "It has been published. Delete it on the network itself."
    : lockedBecause(post);
}

function whyNotRetry({ confirmed }: MemoryPost): string | null {
  if (confirmed.status === "failed" || confirmed.status === "partially-published") return null;
  return "It did not fail, so there is nothing to try again.";
}

export function after(milliseconds: number): Promise<void> {
  return milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : Promise.resolve();
}

export function iso(epoch: number): string {
  return new Date(epoch).toISOString().replace(/\.\d{3}Z$/, "Z");
}

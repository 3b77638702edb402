// How the in-memory twin changes posts: what was asked for waits, is sent, and is confirmed or refused, by the rules of
// the core. Nothing here is kept on disk, and one change is never sent twice.
import type {
  AccountView,
  ChangeReceipt,
  HandOverView,
  KeepView,
  NewPostForm,
  Notice,
  OutcomeWord,
  PostView,
} from "./bindings";
import { error } from "./memory-connect";
import {
  endState,
  isReached,
  lockedBecause,
  reached,
  receipt,
  shown,
  shownText,
  type EndState,
  type MemoryPost,
  type Side,
  undeletableBecause,
  view,
  whyNotRetry,
} from "./memory-post";

export type { MemoryPost, Side, Standing } from "./memory-post";

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

type Step = { post: string; before: EndState; after: EndState };
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
  const steps: { done: Step[]; undone: Step[] } = { done: [], undone: [] };
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

  /** The text that waits; also one that was never sent, since the time it was to go with came too late. */
  function unsentText({ wish, sync }: MemoryPost): string | null {
    const isLate = sync.state === "needs-you" && sync.problem === "too-late";
    return wish?.text ?? (isLate ? sync.wanted.text : null);
  }

  /** Takes a step that can be undone. */
  function step(post: MemoryPost, side: Side | null, remembered: string | null): ChangeReceipt {
    const before = endState(post);
    const receipt = want(post, side, remembered);
    keep({ post: post.id, before, after: endState(post) });
    return receipt;
  }

  function keep(step: Step): void {
    steps.undone.length = 0;
    steps.done.push(step);
  }

  /** Wishes for the end state on the other side of a step. */
  function lead(id: string, from: EndState, to: EndState, word: string): ChangeReceipt {
    const post = posts.get(id);
    if (!post || (from.side?.status === "deleted" && post.sync.state !== "waiting")) {
      throw error("moved-on", `This step can’t be ${word}: the post has changed since.`);
    }
    const { side, text, remembered } = to;
    if (side?.status === "scheduled" && side.time !== null && !isReached(post, { ...side, text: null })) {
      checkTime(post.account, side.time);
    }
    if (post.remote === null) post.text = text;
    return want(post, side && { ...side, text: text === post.text ? null : text }, remembered);
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
        : {
            state: "waiting",
            askedAt: iso(world.now()),
            note: world.isOnline() ? null : "Rundown is offline.",
          };
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
    post.sync = { ...post.sync, state: "sending", progress: "under-way", note: null };
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
      return step(post, { status: "scheduled", time, text: unsentText(post) }, null);
    },
    pause(id: string): ChangeReceipt {
      const post = editable(id, "pause");
      const side = { status: "draft", time: null, text: unsentText(post) };
      return step(post, side, shown(post).time ?? post.remembered);
    },
    resume(id: string, time: string): ChangeReceipt {
      const post = editable(id, "resume");
      checkTime(post.account, time);
      return step(post, { status: "scheduled", time, text: unsentText(post) }, null);
    },
    edit(id: string, text: string): ChangeReceipt {
      const post = editable(id, "editText");
      checkText(text, post.media.length);
      const before = endState(post);
      if (post.remote === null) {
        post.text = text;
        keep({ post: id, before, after: endState(post) });
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
    undo(post: string | null): ChangeReceipt {
      const last = steps.done.findLastIndex((step) => post === null || step.post === post);
      const [step] = last < 0 ? [] : steps.done.splice(last, 1);
      if (!step) throw error("nothing-to-undo", "There is nothing to undo.");
      const answer = lead(step.post, step.after, step.before, "undone");
      steps.undone.push(step);
      return answer;
    },
    redo(): ChangeReceipt {
      const step = steps.undone.pop();
      if (!step) throw error("nothing-to-redo", "There is nothing to redo.");
      const answer = lead(step.post, step.before, step.after, "redone");
      steps.done.push(step);
      return answer;
    },
    dismiss(id: string): null {
      Object.assign(find(id), { sync: { state: "synced" }, isSpare: false });
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
    resolve(id: string, keep: KeepView): ChangeReceipt {
      const post = find(id);
      if (post.sync.state !== "conflict") throw error("moved-on", "This has been answered already.");
      const { sync } = post;
      const isMine = (field: "standing" | "text") =>
        sync[field] === "ours" || (sync[field] === "disputed" && keep[field] === "mine");
      const { status, time } = isMine("standing") ? sync.mine : sync.theirs;
      return want(post, { status, time, text: isMine("text") ? sync.mine.text : null }, post.remembered);
    },
    /** The connection is back: what waits is sent. */
    wake(): void {
      for (const post of posts.values()) if (post.wish) void deliver(post, post.wish);
    },
    view: (post: MemoryPost): PostView => ({ ...view(post), handOver: world.handOver(post) }),
  };
}

export function after(milliseconds: number): Promise<void> {
  return milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : Promise.resolve();
}

export function iso(epoch: number): string {
  return new Date(epoch).toISOString().replace(/\.\d{3}Z$/, "Z");
}

// The outbox and its history in the in-memory twin, read off the posts' histories.
import type { ActivityEntryView, ActivityFilter, ActivityView, OutcomeWord } from "./bindings";
import { error } from "./memory-connect";
import type { MemoryPost, Outbox } from "./memory-outbox";

type World = { posts: Map<string, MemoryPost>; outbox: Outbox; tell(posts: string[]): void };

const PAGE = 50;
const OPEN: OutcomeWord[] = ["waiting", "sending", "unknown", "accepted"];
const DONE: OutcomeWord[] = ["done"];
const WITHDRAWN: OutcomeWord[] = ["withdrawn"];

export function createActivity({ posts, outbox, tell }: World) {
  function all(): ActivityEntryView[] {
    return [...posts.values()].flatMap((post) =>
      post.history.map((entry, index): ActivityEntryView => {
        const latest = index === 0;
        return {
          change: `${post.id}#${post.history.length - index}`,
          post: post.id,
          account: post.account,
          excerpt: post.text.slice(0, 80),
          wanted: entry.wanted,
          creates: post.remote === null && index === post.history.length - 1,
          outcome: entry.outcome,
          isQuestion: latest && post.sync.state === "needs-you",
          attempts: entry.outcome === "waiting" ? 0 : 1,
          nextAt: null,
          madeAt: entry.at,
          closedAt: OPEN.includes(entry.outcome) ? null : entry.at,
          detail: entry.detail,
        };
      }),
    );
  }

  function matches({ outcome, isQuestion }: ActivityEntryView, filter: ActivityFilter): boolean {
    switch (filter) {
      case "all":
        return true;
      case "open":
        return OPEN.includes(outcome);
      case "questions":
        return isQuestion;
      case "done":
        return DONE.includes(outcome);
      case "withdrawn":
        return WITHDRAWN.includes(outcome);
      case "failed":
        return ![...OPEN, ...DONE, ...WITHDRAWN].includes(outcome);
    }
  }

  function find(change: string): { post: MemoryPost; entry: ActivityEntryView } {
    const entry = all().find((it) => it.change === change);
    const post = entry && posts.get(entry.post ?? "");
    if (!entry || !post) throw error("not-found", "This change is no longer open.");
    return { post, entry };
  }

  return {
    activity(filter: ActivityFilter, account: string | null, skip: number): ActivityView {
      const found = all()
        .filter((entry) => matches(entry, filter) && (account === null || entry.account === account))
        .sort((a, b) => Date.parse(b.madeAt) - Date.parse(a.madeAt))
        .sort((a, b) => Number(OPEN.includes(b.outcome)) - Number(OPEN.includes(a.outcome)));
      return { entries: found.slice(skip, skip + PAGE), hasMore: found.length > skip + PAGE };
    },
    retryChange(change: string): null {
      const { post, entry } = find(change);
      if (entry.isQuestion) outbox.tryAgain(post.id);
      else outbox.wake();
      return null;
    },
    discardChange(change: string): null {
      const { post, entry } = find(change);
      if (entry.isQuestion) outbox.dismiss(post.id);
      else if (entry.outcome === "waiting") {
        post.wish = null;
        post.sync = { state: "synced" };
        const open = post.history[0];
        if (open) Object.assign(open, { outcome: "withdrawn", detail: "Given up before it was sent." });
        tell([post.id]);
      } else throw error("not-possible", "It may have reached its service already.");
      return null;
    },
    copyChangeDetails(change: string): null {
      find(change);
      return null;
    },
  };
}

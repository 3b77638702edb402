// Pause all and resume all in the in-memory twin, by the rules of the core.
import type {
  AccountView,
  PausableView,
  PausedPostView,
  PauseView,
  ResumedView,
  ResumeHow,
} from "./bindings";
import type { MemoryPost, Outbox } from "./memory-outbox";
import { iso } from "./memory-outbox";

type World = {
  accounts: AccountView[];
  posts: Map<string, MemoryPost>;
  now(): number;
  outbox: Outbox;
  words(post: MemoryPost): string;
  tell(posts: string[]): void;
};

type Journal = {
  pausedAt: number;
  posts: Map<string, { time: string; pausedAt: number; resumed: boolean }>;
};

export function createPauses({ accounts, posts, now, outbox, words, tell }: World) {
  const journals = new Map<string, Journal>();

  const toGoOut = (account: string) =>
    [...posts.values()]
      .map(outbox.view)
      .filter((post) => post.account === account && post.status === "scheduled" && post.time !== null)
      .sort((a, b) => Date.parse(a.time ?? "") - Date.parse(b.time ?? ""));

  const owner = (id: string) => accounts.find((account) => account.id === id);

  function hindered(account: AccountView): string | null {
    return account.capabilities.pause ? null : `${account.serviceName} can’t pause posts for Rundown.`;
  }

  function standing(post: MemoryPost, resumed: boolean): Pick<PausedPostView, "standing" | "note"> {
    const why = post.sync.state === "needs-you" ? post.sync.why : null;
    if (post.wish?.status === "scheduled") return { standing: "resuming", note: null };
    if (post.confirmed.status === "draft") {
      return resumed && why !== null
        ? { standing: "not-resumed", note: why }
        : { standing: "paused", note: null };
    }
    if (post.wish !== null) return { standing: "pausing", note: null };
    if (post.confirmed.status !== "scheduled") return { standing: "over", note: post.confirmed.status };
    if (resumed) return { standing: "resumed", note: null };
    return { standing: "goes-out", note: why ?? "It was scheduled again." };
  }

  return {
    pausable: (): PausableView[] =>
      accounts.map((account) => {
        const going = toGoOut(account.id);
        const soonest = going[0]?.time ?? null;
        return { account: account.id, posts: going.length, soonest, hindered: hindered(account) };
      }),
    pauseAll(ids: string[]): null {
      for (const id of ids) {
        const journal = journals.get(id) ?? { pausedAt: now(), posts: new Map() };
        journals.set(id, journal);
        for (const post of toGoOut(id)) {
          if (post.lockedBecause !== null || post.time === null) continue;
          journal.posts.set(post.id, { time: post.time, pausedAt: now(), resumed: false });
          outbox.pause(post.id);
        }
      }
      tell([]);
      return null;
    },
    pauses: (): PauseView[] =>
      [...journals].map(([account, { pausedAt, posts: journaled }]) => {
        const lead = (owner(account)?.capabilities.leadSeconds ?? 0) * 1000;
        const views = [...journaled].flatMap(([id, { time, pausedAt: since, resumed }]): PausedPostView[] => {
          const post = posts.get(id);
          if (!post) return [];
          const hasPassed = Date.parse(time) < now() + lead;
          const view = {
            post: id,
            time,
            pausedAt: iso(since),
            hasPassed,
            excerpt: post.text.slice(0, 80),
            channels: words(post),
          };
          return [{ ...view, ...standing(post, resumed) }];
        });
        const pausing = views.some((post) => post.standing === "pausing");
        return {
          account,
          pausedAt: iso(pausedAt),
          phase: pausing ? "pausing" : "paused",
          posts: views,
        };
      }),
    resumeAll(ids: string[], how: ResumeHow): ResumedView {
      const outcome = { resumed: 0, passed: 0 };
      for (const id of ids) {
        const journal = journals.get(id);
        if (!journal) continue;
        for (const [post, entry] of journal.posts) {
          const known = posts.get(post);
          if (!known || outbox.view(known).status !== "draft") continue;
          const time =
            how.kind === "at" ? how.posts.find((chosen) => chosen.post === post)?.time : entry.time;
          if (time === undefined) continue;
          try {
            outbox.resume(post, time);
            entry.resumed = true;
            outcome.resumed += 1;
          } catch {
            outcome.passed += 1;
          }
        }
      }
      tell([]);
      return outcome;
    },
    endPauses(ids: string[]): null {
      ids.forEach((id) => journals.delete(id));
      tell([]);
      return null;
    },
  };
}

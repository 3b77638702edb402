// The posts the window knows, by id: what was asked for by range, the drafts, and whatever is named by an event.
import type { Host, PostView } from "../host";

/** Above this many named posts it is cheaper to ask for the range again. */
const REFETCH_LIMIT = 200;

const DAY = 86_400_000;
/** What the timeline opens on lies within these days before and after now. */
const OPENING = { before: 10 * DAY, after: 16 * DAY };

type Range = { from: number; to: number };

export class Posts {
  /** False until the first range has come. */
  loaded = $state(false);
  #byId = $state.raw<ReadonlyMap<string, PostView>>(new Map());
  all = $derived([...this.#byId.values()]);
  /** Everything that stands somewhere in time: by its shown, confirmed or remembered time. */
  dated = $derived(this.all.filter((post) => standsAt(post).length > 0));
  /** Those with a time to go back to first, soonest first. */
  drafts = $derived(this.all.filter((post) => post.status === "draft").sort(byRememberedTime));

  #host: Host;
  #onFailure: (thrown: unknown) => void;
  #range: Range | null = null;
  /** What the cache is known to hold in full. */
  #covered: Range | null = null;
  #stale = new Set<string>();
  /** Fetches run one after the other, so that no old answer overwrites a newer one. */
  #last: Promise<void> = Promise.resolve();

  constructor(host: Host, onFailure: (thrown: unknown) => void) {
    this.#host = host;
    this.#onFailure = onFailure;
  }

  get(id: string): PostView | undefined {
    return this.#byId.get(id);
  }

  /** The timeline shows [from, to), RFC 3339. Fetches as much again on either side, for the next page. */
  showRange(from: string, to: string): Promise<void> {
    this.#range = { from: Date.parse(from), to: Date.parse(to) };
    return this.#enqueue(async () => {
      const range = this.#range;
      if (!range || (this.#covered && this.#covered.from <= range.from && range.to <= this.#covered.to))
        return;
      const wider = widen(range);
      const found = await this.#host.postsInRange(time(wider.from), time(wider.to));
      const kept = this.all.filter((post) => !standsAt(post).some((at) => within(at, wider)));
      this.#replace([...kept, ...found]);
      const overlaps = this.#covered && this.#covered.from <= wider.to && wider.from <= this.#covered.to;
      this.#covered =
        this.#covered && overlaps
          ? { from: Math.min(this.#covered.from, wider.from), to: Math.max(this.#covered.to, wider.to) }
          : wider;
      this.loaded = true;
    });
  }

  /** Fetches the drafts and what the timeline will open on, before it is there to say so. */
  loadOpening(now: number): Promise<void> {
    this.#range = { from: now - OPENING.before, to: now + OPENING.after };
    return this.#enqueue(async () => {
      await this.#reload();
      this.loaded = true;
    });
  }

  /** Fetches these posts again; those that no longer exist are dropped. */
  refetch(ids: string[]): Promise<void> {
    ids.forEach((id) => this.#stale.add(id));
    return this.#enqueue(async () => {
      const wanted = [...this.#stale];
      this.#stale.clear();
      if (wanted.length === 0) return;
      if (wanted.length > REFETCH_LIMIT) return this.#reload();
      const found = await this.#host.posts(wanted);
      const gone = new Set(wanted);
      const others = this.all.filter((post) => !gone.has(post.id));
      this.#replace([...others, ...found]);
    });
  }

  /** Fetches everything that is shown: what changed is not known. */
  reload(): Promise<void> {
    return this.#enqueue(() => this.#reload());
  }

  async #reload(): Promise<void> {
    const range = this.#range && widen(this.#range);
    const isListed = (post: PostView) =>
      post.status === "draft" || (range !== null && standsAt(post).some((at) => within(at, range)));
    // What was fetched by itself, such as a post opened from the tray, stays.
    const elsewhere = this.all.filter((post) => !isListed(post)).map((post) => post.id);
    const [found, drafts, others] = await Promise.all([
      range ? this.#host.postsInRange(time(range.from), time(range.to)) : [],
      this.#host.drafts(),
      elsewhere.length > 0 ? this.#host.posts(elsewhere.slice(-REFETCH_LIMIT)) : [],
    ]);
    this.#replace([...others, ...found, ...drafts]);
    this.#covered = range;
  }

  #replace(posts: PostView[]): void {
    this.#byId = new Map(posts.map((post) => [post.id, post]));
  }

  #enqueue(fetch: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(fetch).catch(this.#onFailure);
    return this.#last;
  }
}

function standsAt(post: PostView): number[] {
  return [post.time, post.confirmedTime, post.rememberedTime]
    .filter((at) => at !== null)
    .map((at) => Date.parse(at));
}

function byRememberedTime(one: PostView, other: PostView): number {
  const at = (post: PostView) => (post.rememberedTime === null ? Infinity : Date.parse(post.rememberedTime));
  return at(one) === at(other) ? one.id.localeCompare(other.id) : at(one) - at(other);
}

function within(at: number, range: Range): boolean {
  return at >= range.from && at < range.to;
}

function widen({ from, to }: Range): Range {
  const length = to - from;
  return { from: from - length, to: to + length };
}

function time(epoch: number): string {
  return new Date(epoch).toISOString();
}

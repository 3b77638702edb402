// The accounts that are paused as a whole, with what became of each of their posts.
import type { Host, PausedPostView, PauseView } from "../host";

export class Pauses {
  list = $state.raw<PauseView[]>([]);

  posts: PausedPostView[] = $derived(this.list.flatMap((pause) => pause.posts));
  accounts: string[] = $derived(this.list.map((pause) => pause.account));

  #host: Host;
  #asked = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  async load(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const list = await this.#host.pauses();
    if (asked === this.#asked) this.list = list;
  }
}

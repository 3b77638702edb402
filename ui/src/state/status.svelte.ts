// What the status bar says, and the clock the whole window goes by: the host's, not the web view's.
import type { Host, StatusView } from "../host";

export class Status {
  value = $state.raw<StatusView | null>(null);
  /** The host's time in milliseconds since the epoch, moved on by `tick`. */
  now = $state(Date.now());
  /** The IANA zone times are shown in: the system's. */
  readonly zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  #host: Host;
  #ahead = 0;
  #asked = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  async load(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const value = await this.#host.status();
    if (asked !== this.#asked) return;
    this.value = value;
    this.#ahead = Date.parse(value.now) - Date.now();
    this.tick();
  }

  tick(): void {
    this.now = Date.now() + this.#ahead;
  }
}

// The connected accounts and the services an account can be connected at.
import type { AccountView, ChannelView, Host, ServiceView } from "../host";

export class Accounts {
  list = $state.raw<AccountView[]>([]);
  services = $state.raw<ServiceView[]>([]);
  /** False until the first answer: an empty list then means "none yet known", not "none". */
  loaded = $state(false);

  /** Those of a service; the one that is always there is none. */
  connected = $derived(this.list.filter(({ builtIn }) => !builtIn));
  /** Nothing is connected, and nothing was set up to be published by hand. */
  isBare = $derived(this.list.every(({ builtIn, channels }) => builtIn && channels.length === 0));

  #host: Host;
  #asked = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  async load(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const list = await this.#host.accounts();
    // An answer that was overtaken by a later question is old news.
    if (asked !== this.#asked) return;
    this.list = list;
    this.loaded = true;
  }

  async loadServices(): Promise<void> {
    this.services = await this.#host.services();
  }

  find(id: string): AccountView | undefined {
    return this.list.find((account) => account.id === id);
  }

  channel(id: string): ChannelView | undefined {
    return this.list.flatMap((account) => account.channels).find((channel) => channel.id === id);
  }
}

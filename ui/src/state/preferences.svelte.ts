// The user's settings, and the theme they put on the document.
import type { Host, Preferences as Stored } from "../host";

type Values = Required<Stored>;

const DEFAULTS: Values = { reminderMinutes: 15, theme: "system", letterKeys: true };

export class Preferences {
  values = $state.raw(DEFAULTS);

  #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async load(): Promise<void> {
    this.#show({ ...DEFAULTS, ...(await this.#host.preferences()) });
  }

  async save(change: Partial<Values>): Promise<void> {
    const values = { ...this.values, ...change };
    await this.#host.savePreferences(values);
    this.#show(values);
  }

  #show(values: Values): void {
    this.values = values;
    if (values.theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = values.theme;
  }
}

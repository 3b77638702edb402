// What was typed into a form and not saved yet. It is kept on disk at each pause in typing and before the window closes,
// so that a closed dialog, a closed window or a power cut takes nothing away; the form has it again when it is opened
// the next time.
import { hostError, type FormKey, type Host, type Unsaved as Typed } from "../host";

/** A pause in typing, and the longest that goes by without one. Milliseconds. */
const PAUSE = 400;
const LONGEST = 2_000;
/** How long after a failure it is tried again. Milliseconds. */
const AGAIN = 5_000;

export class Unsaved {
  /** Why what is typed can't be kept; null while it can. */
  problem = $state.raw<string | null>(null);
  readonly #host: Host;
  readonly #typed = new Map<string, Typed>();
  /** What is to be written, by its form. */
  readonly #due = new Map<string, () => Promise<unknown>>();
  #dueSince: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #loading: Promise<void> | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Reads what earlier windows left, once; a form waits for it before it opens. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  get(form: FormKey): Typed | null {
    return this.#typed.get(keyOf(form)) ?? null;
  }

  keep(typed: Typed): void {
    this.#typed.set(keyOf(typed.form), typed);
    this.#later(typed.form, () => this.#host.keepUnsaved(typed));
  }

  forget(form: FormKey): void {
    if (this.#typed.delete(keyOf(form))) this.#later(form, () => this.#host.forgetUnsaved(form));
  }

  /** Writes what is not written yet. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#dueSince = null;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #load(): Promise<void> {
    try {
      for (const typed of await this.#host.unsaved()) {
        const key = keyOf(typed.form);
        if (!this.#typed.has(key)) this.#typed.set(key, typed);
      }
    } catch (thrown) {
      this.#loading = null;
      this.problem = hostError(thrown).message;
    }
  }

  #later(form: FormKey, write: () => Promise<unknown>): void {
    this.#due.set(keyOf(form), write);
    this.#dueSince ??= Date.now();
    clearTimeout(this.#timer);
    const rest = this.#dueSince + LONGEST - Date.now();
    this.#timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(PAUSE, rest)));
  }

  async #write(): Promise<void> {
    const due = [...this.#due];
    this.#due.clear();
    for (const [key, write] of due) {
      try {
        await write();
        this.problem = null;
      } catch (thrown) {
        this.problem = hostError(thrown).message;
        if (!this.#due.has(key)) this.#due.set(key, write);
      }
    }
    const waitsForMore = this.#dueSince !== null;
    if (this.#due.size > 0 && !waitsForMore) this.#timer = setTimeout(() => void this.flush(), AGAIN);
  }
}

function keyOf(form: FormKey): string {
  return form.kind === "new" ? form.kind : `${form.kind} ${form.post}`;
}

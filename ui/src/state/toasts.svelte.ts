// Short messages over the window. A plain one leaves by itself, never while it is hovered or focused; an error stays, unless
// nothing came of it.

const SHOWN_FOR = 8_000;
const AT_MOST = 3;

export type Toast = {
  id: number;
  level: "info" | "error";
  /** Whether it is there until it is dismissed. */
  stays: boolean;
  message: string;
  /** The post the message is about. */
  post: string | null;
  /** Whether the step it tells of can be taken back. */
  undo: boolean;
  /** How long the step can be taken back, where that ends. Milliseconds. */
  grace: number | null;
  /** How it is taken back, where it is no step of a post's. */
  takeBack: TakeBack | null;
};

export type TakeBack = () => Promise<void>;

type Options = { post?: string | null; undo?: boolean; grace?: number; takeBack?: TakeBack };

export class Toasts {
  list = $state.raw<Toast[]>([]);
  /** The post of the step that Undo would take back; null where that is not known. */
  lastStep = $state<string | null>(null);

  #nextId = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #held = false;

  info(message: string, options: Options = {}): void {
    const takeBack = options.takeBack ?? null;
    const undo = options.undo ?? takeBack !== null;
    // Undo takes back the last step only, so only the last step's toast offers it.
    if (undo) {
      this.list = this.list.map((toast) => ({ ...toast, undo: false }));
      this.lastStep = options.post ?? null;
    }
    this.#add({
      level: "info",
      stays: false,
      message,
      post: options.post ?? null,
      undo,
      grace: options.grace ?? null,
      takeBack,
    });
  }

  error(message: string, post: string | null = null): void {
    const same = this.list.find((toast) => toast.level === "error" && toast.message === message);
    if (same) this.dismiss(same.id);
    this.#add({ level: "error", stays: true, message, post, undo: false, grace: null, takeBack: null });
  }

  /** Why a drop was refused: the card is back where it was, so there is nothing left to attend to. */
  refused(message: string): void {
    this.list.filter((toast) => toast.message === message).forEach((same) => this.dismiss(same.id));
    this.#add({
      level: "error",
      stays: false,
      message,
      post: null,
      undo: false,
      grace: null,
      takeBack: null,
    });
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** How the last step is taken back while its message offers that; null where it is a post's, or long gone. */
  get takeBack(): TakeBack | null {
    return this.list.find((toast) => toast.undo)?.takeBack ?? null;
  }

  /** Takes the undo offers away once the step was taken back. */
  withdrawUndo(): void {
    this.lastStep = null;
    this.list.filter((toast) => toast.undo).forEach((toast) => this.dismiss(toast.id));
  }

  /** What could be taken back for a while is over: its message goes, or Undo would take back another step. */
  endGrace(isOver: (post: string) => boolean): void {
    this.list
      .filter(({ grace, post }) => grace !== null && post !== null && isOver(post))
      .forEach((toast) => {
        if (this.lastStep === toast.post) this.lastStep = null;
        this.dismiss(toast.id);
      });
  }

  /** The pointer or the focus is on the messages: none leaves. */
  hold(): void {
    this.#held = true;
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
  }

  release(): void {
    this.#held = false;
    this.list.forEach((toast) => this.#leaveLater(toast));
  }

  #add(toast: Omit<Toast, "id">): void {
    const added = { ...toast, id: this.#nextId };
    this.#nextId += 1;
    const kept = [...this.list, added];
    kept.slice(0, -AT_MOST).forEach((old) => this.dismiss(old.id));
    this.list = kept.slice(-AT_MOST);
    if (!this.#held) this.#leaveLater(added);
  }

  #leaveLater(toast: Toast): void {
    if (toast.stays || this.#timers.has(toast.id)) return;
    this.#timers.set(
      toast.id,
      setTimeout(() => this.dismiss(toast.id), toast.grace ?? SHOWN_FOR),
    );
  }
}

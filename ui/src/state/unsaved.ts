// What was typed into a form and not saved yet. It is kept with every letter, on disk, so that a closed dialog, a closed
// window or a power cut takes nothing away; the form has it again when it is opened the next time.

/** What the forms for a new post and for a text hold. The two texts of `when` are as typed; null for a draft. */
export type Typed = {
  text: string;
  account?: string;
  channels?: string[];
  when?: { date: string; time: string } | null;
};

const PREFIX = "rundown.unsaved ";
/** Texts of posts that are long gone are not kept for ever. */
const AT_MOST = 20;

export class Unsaved {
  get(form: string): Typed | null {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(PREFIX + form) ?? "null");
      return isTyped(kept) ? kept : null;
    } catch {
      return null;
    }
  }

  keep(form: string, typed: Typed): void {
    try {
      localStorage.setItem(PREFIX + form, JSON.stringify(typed));
      const kept = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && key !== PREFIX + form);
      kept.slice(AT_MOST).forEach((key) => localStorage.removeItem(key));
    } catch {
      // No room, or none allowed: the form itself still has it.
    }
  }

  forget(form: string): void {
    localStorage.removeItem(PREFIX + form);
  }
}

function isTyped(kept: unknown): kept is Typed {
  return typeof kept === "object" && kept !== null && "text" in kept && typeof kept.text === "string";
}

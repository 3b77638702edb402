// How the in-memory twin keeps what is typed before it is saved, and the texts that posts have had.
import type { ChangeReceipt, FormKey, TextVersionView, Unsaved } from "./bindings";
import { shownText, type MemoryPost } from "./memory-post";

type World = {
  posts: Map<string, MemoryPost>;
  now(): number;
  edit(post: string, text: string): ChangeReceipt;
};

export function createTexts({ posts, now, edit }: World) {
  const unsaved = new Map<string, Unsaved>();
  const versions = new Map<string, TextVersionView[]>();
  const keyOf = (form: FormKey): string => JSON.stringify(form);

  return {
    unsaved: (): Unsaved[] => [...unsaved.values()].reverse(),
    keep(typed: Unsaved): null {
      unsaved.delete(keyOf(typed.form));
      unsaved.set(keyOf(typed.form), typed);
      return null;
    },
    forget(form: FormKey): null {
      unsaved.delete(keyOf(form));
      return null;
    },
    versions: (id: string): TextVersionView[] => versions.get(id) ?? [],
    edit(id: string, text: string): ChangeReceipt {
      const post = posts.get(id);
      const before = post ? shownText(post) : "";
      const receipt = edit(id, text);
      const source = post?.remote === null ? "here" : "service";
      const earlier = versions.get(id) ?? [{ at: null, text: before, source }];
      if (before !== text) {
        versions.set(id, [{ at: new Date(now()).toISOString(), text, source: "here" }, ...earlier]);
      }
      return receipt;
    },
  };
}

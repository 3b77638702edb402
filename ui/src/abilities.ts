// What may be done with a post by what its service can do. Whether it may be done now is the post's own affair.
import type { AccountView, PostView } from "./host/bindings";

export type Abilities = {
  reschedule: boolean;
  pause: boolean;
  resume: boolean;
  editText: boolean;
  delete: boolean;
  /** By the service, at once. */
  publishNow: boolean;
  /** By the user's own hand. */
  byHand: boolean;
  retry: boolean;
};

/** A post that no service knows yet is moved, paused, edited and deleted here, whatever its service can do. */
export function abilitiesOf(
  post: Pick<PostView, "remote" | "confirmedStatus">,
  account: Pick<AccountView, "capabilities"> | undefined,
): Abilities {
  const can = account?.capabilities;
  const ours = post.remote === null;
  return {
    reschedule: ours || (can?.reschedule ?? false),
    pause: ours || (can?.pause ?? false),
    resume: can?.resume ?? false,
    editText: ours || (can?.editText ?? false),
    delete: ours || (can !== undefined && can.delete !== "never"),
    publishNow:
      !ours &&
      (can?.publishNow === "at-service" ||
        (can?.publishNow === "drafts-at-service" && post.confirmedStatus === "draft")),
    byHand: !ours && can?.publishNow === "by-hand",
    retry: !ours && (can?.retry ?? false),
  };
}

/** Kept on this computer alone: no service has it, and none is being asked for it. */
export function isOnlyHere(post: Pick<PostView, "remote" | "sync">): boolean {
  return post.remote === null && post.sync.state !== "waiting" && post.sync.state !== "sending";
}

// The words for what a post is, and the colour family each is shown in.
import type { PostView } from "../host";

export type Tone = "plain" | "accent" | "ok" | "warn" | "bad";

const LABELS: Record<string, { label: string; tone: Tone }> = {
  draft: { label: "Draft", tone: "warn" },
  scheduled: { label: "Scheduled", tone: "accent" },
  queued: { label: "Queued", tone: "accent" },
  publishing: { label: "Publishing", tone: "accent" },
  published: { label: "Published", tone: "ok" },
  "partially-published": { label: "Partly published", tone: "bad" },
  failed: { label: "Failed", tone: "bad" },
  cancelled: { label: "Cancelled", tone: "plain" },
  // These three are only ever asked for.
  retried: { label: "Tried again", tone: "accent" },
  deleted: { label: "Deleted", tone: "plain" },
  skipped: { label: "Skipped", tone: "plain" },
};

/** A word nobody here knows is shown as the service wrote it. */
export function statusLabel(status: string): string {
  return LABELS[status]?.label ?? status;
}

export function statusTone(status: string): Tone {
  return LABELS[status]?.tone ?? "plain";
}

/** A draft that was paused here is called paused; any other draft a draft. */
export function postLabel(post: Pick<PostView, "status" | "rememberedTime">): string {
  return post.status === "draft" && post.rememberedTime !== null ? "Paused" : statusLabel(post.status);
}

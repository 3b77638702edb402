// What a post carries beside its text, counted.
import type { MediaKind, MediaView } from "../host";

const NAMES: Record<MediaKind, [one: string, many: string]> = {
  image: ["picture", "pictures"],
  video: ["video", "videos"],
  other: ["attachment", "attachments"],
};

/** "2 pictures, 1 video"; empty where there is nothing. */
export function mediaWords(media: MediaView[]): string {
  return (Object.keys(NAMES) as MediaKind[])
    .map((kind) => ({ kind, count: media.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${NAMES[kind][count === 1 ? 0 : 1]}`)
    .join(", ");
}

// Where a text of a post came from, and since when, in words.
import type { TextVersionView } from "../host";
import { shortest } from "../time/format";

/** "Today 10:04, written here", "At first, at PostPost" */
export function versionWords(
  { at, source }: TextVersionView,
  serviceName: string,
  zone: string,
  now: number,
): string {
  const where = source === "here" ? "written here" : `at ${serviceName}`;
  return `${at === null ? "At first" : shortest(at, zone, now)}, ${where}`;
}

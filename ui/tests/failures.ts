// Names what failed once more, last of all and in few lines: what came before may be cut off or scrolled away.
import { appendFileSync } from "node:fs";
import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** For all that failed, in lines. */
const ROOM = 40;

type Failure = { name: string; errors: readonly SerializedError[] };

export default class Failures implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const failures = modules.flatMap(failuresOf);
    if (unhandled.length > 0) failures.push({ name: "outside of the tests", errors: unhandled });
    const room = Math.max(2, Math.floor(ROOM / failures.length));
    const named = failures.slice(0, ROOM / 2);
    const more = failures.length - named.length;
    say(
      named.map((failure) => inWords(failure, room)).join("") + (more > 0 ? `FAILED and ${more} more\n` : ""),
    );
  }
}

/** Says it, and keeps it for whoever ran the tests and has more to run. */
export function say(text: string): void {
  if (text === "") return;
  process.stderr.write(text);
  const kept = process.env.FAILURES_FILE;
  if (kept) appendFileSync(kept, text);
}

function failuresOf(module: TestModule): Failure[] {
  const file = module.relativeModuleId;
  const suites = [...module.children.allSuites()].map((suite) => ({
    name: suite.fullName,
    errors: suite.errors(),
  }));
  const tests = [...module.children.allTests("failed")].map((test) => ({
    name: test.fullName,
    errors: test.result().errors ?? [],
  }));
  return [
    { name: file, errors: module.errors() },
    ...[...suites, ...tests].map(({ name, errors }) => ({ name: `${file} > ${name}`, errors })),
  ].filter(({ errors }) => errors.length > 0);
}

/** The name, the first error's first lines, and where it was thrown. */
function inWords({ name, errors }: Failure, room: number): string {
  const [first] = errors;
  const at = first?.stacks?.[0];
  const where = at ? ` (${at.file.split("/").at(-1) ?? ""}:${at.line}:${at.column})` : "";
  const lines = (first?.message ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, room - 1);
  return [`FAILED ${name}${where}`, ...lines.map((line) => `    ${line}`), ""].join("\n");
}

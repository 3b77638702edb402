import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COLOURS, markOf } from "./colour";

const [light = "", ...dark] = readFileSync("src/styles/tokens.css", "utf8").split(/^.*data-theme.*$/m);

/** The colour a token has in a theme; the dark ones re-value the light ones. */
function token(theme: string, name: string): [number, number, number] {
  const of = (text: string) => new RegExp(`--${name}: #([0-9a-f]{6});`).exec(text)?.[1];
  const hex = of(theme) ?? of(light);
  if (hex === undefined) throw new Error(`there is no --${name}`);
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

function luminance(rgb: [number, number, number]): number {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(theme: string, one: string, other: string): number {
  const [low, high] = [one, other].map((name) => luminance(token(theme, name))).sort((a, b) => a - b) as [
    number,
    number,
  ];
  return (high + 0.05) / (low + 0.05);
}

/** Degrees around the colour wheel; red is at 0. */
function hue(rgb: [number, number, number]): number {
  const [r, g, b] = rgb;
  return (Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b) * 180) / Math.PI;
}

const themes = [
  ["light", light],
  ["dark by the system", dark.find((part) => part.includes("--account-blue")) ?? ""],
  ["dark", dark.findLast((part) => part.includes("--account-blue")) ?? ""],
] as const;

test.each(themes)("every account's colour stands out from every surface in %s", (_, theme) => {
  for (const colour of COLOURS) {
    for (const surface of ["panel", "bg", "sunken", "bad-soft"]) {
      const ratio = contrast(theme, `account-${colour}`, surface);
      expect(ratio, `${colour} on ${surface}`).toBeGreaterThanOrEqual(3);
    }
  }
});

test.each(themes)("no account's colour is near the red of now and of failure in %s", (_, theme) => {
  for (const colour of COLOURS) {
    for (const red of ["live", "bad"]) {
      const apart = Math.abs(hue(token(theme, `account-${colour}`)) - hue(token(theme, red)));
      expect(Math.min(apart, 360 - apart), `${colour} and ${red}`).toBeGreaterThan(25);
    }
  }
});

test("an account without a colour has no mark", () => {
  expect(markOf({ colour: null })).toBeNull();
  expect(markOf({ colour: "teal" })).toBe("var(--account-teal)");
});

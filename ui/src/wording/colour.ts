// The colours an account can have: their names, and the tokens they are drawn with.
import type { Colour } from "../host";

const NAMES: Record<Colour, string> = {
  blue: "Blue",
  green: "Green",
  ochre: "Ochre",
  violet: "Violet",
  teal: "Teal",
  plum: "Plum",
  olive: "Olive",
  slate: "Slate",
};

/** Every colour, in the order in which they are offered. */
export const COLOURS = Object.keys(NAMES) as Colour[];

export function colourName(colour: Colour): string {
  return NAMES[colour];
}

/** A CSS colour; null where the account has none. */
export function markOf({ colour }: { colour: Colour | null }): string | null {
  return colour === null ? null : `var(--account-${colour})`;
}

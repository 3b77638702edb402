// What sets an account apart from the others, and where it stands among them.
import type { AccountView, Colour, Direction } from "../host";
import type { AppState } from "../state/app.svelte";
import { colourName } from "../wording/colour";
import type { Action } from "./action";

export const colourAccount: Action<[account: AccountView, colour: Colour]> = {
  name: "colour-account",
  label: "Colour",
  applies: (_, account, colour) => account.colour !== colour,
  run: (app, account, colour) =>
    app.attempt(async () => {
      await app.host.colourAccount(account.id, colour);
      await app.accounts.load();
      app.announcer.say(`${account.label} is ${colourName(colour).toLowerCase()} now.`);
    }),
};

export const moveUp: Action<[account: AccountView]> = {
  name: "move-account-up",
  label: "Move up",
  applies: (app, account) => app.accounts.list[0]?.id !== account.id,
  run: (app, account) => move(app, account, "up"),
};

export const moveDown: Action<[account: AccountView]> = {
  name: "move-account-down",
  label: "Move down",
  applies: (app, account) => app.accounts.list.at(-1)?.id !== account.id,
  run: (app, account) => move(app, account, "down"),
};

function move(app: AppState, account: AccountView, direction: Direction): Promise<void> {
  return app.attempt(async () => {
    await app.host.moveAccount(account.id, direction);
    await app.accounts.load();
    const place = app.accounts.list.findIndex(({ id }) => id === account.id) + 1;
    app.announcer.say(`${account.label} is ${place} of ${app.accounts.list.length} now.`);
  });
}

// What can be done with an account and with a channel, as their menus list it.
import { askForChannel } from "../actions/add-channel";
import type { Action } from "../actions/action";
import { openDetails } from "../actions/account-details";
import { colourAccount, moveDown, moveUp } from "../actions/arrange-accounts";
import { askToDisconnect } from "../actions/disconnect";
import { askToPauseAccount } from "../actions/pause-all";
import { hideLane } from "../actions/hide-lane";
import { askToRemoveChannel } from "../actions/remove-channel";
import { askForName } from "../actions/rename-account";
import { askForChannelName } from "../actions/rename-channel";
import { askForNewKey } from "../actions/replace-key";
import type { Item, Swatches } from "../components/Menu.svelte";
import type { AccountView, ChannelView } from "../host";
import type { AppState } from "../state/app.svelte";
import { COLOURS, colourName } from "../wording/colour";

type OfAccount = Action<[account: AccountView]>;
type OfChannel = Action<[account: AccountView, channel: ChannelView]>;

/** `move` moves the account and keeps the focus with it. */
export function accountItems(
  app: AppState,
  account: AccountView,
  move: (action: OfAccount) => void,
): (Item | Swatches)[] {
  const items = (...actions: OfAccount[]): Item[] =>
    actions
      .filter((action) => action.applies(app, account))
      .map((action) => ({ label: action.label, run: () => void action.run(app, account) }));
  const mover = (action: OfAccount): Item => ({
    label: action.label,
    disabled: !action.applies(app, account),
    run: () => move(action),
  });
  return [
    ...items(askForChannel, askForName),
    {
      label: colourAccount.label,
      swatches: COLOURS.map((colour) => ({
        label: colourName(colour),
        color: `var(--account-${colour})`,
        checked: account.colour === colour,
        run: () => void colourAccount.run(app, account, colour),
      })),
    },
    mover(moveUp),
    mover(moveDown),
    ...items(askToPauseAccount, openDetails, askForNewKey),
    ...items(askToDisconnect).map((item) => ({ ...item, danger: true })),
  ];
}

/** What the user may do with a channel that is theirs to name; nothing with a service's. */
export function channelItems(app: AppState, account: AccountView, channel: ChannelView): Item[] {
  const item = (action: OfChannel): Item[] =>
    action.applies(app, account, channel)
      ? [{ label: action.label, run: () => void action.run(app, account, channel) }]
      : [];
  const [rename, remove] = [item(askForChannelName), item(askToRemoveChannel)];
  return [...rename, ...remove.map((found) => ({ ...found, danger: true }))];
}

/** The same for the header of its lane; `hide` keeps the focus on the page. */
export function laneItems(
  app: AppState,
  account: AccountView,
  channel: ChannelView,
  hide: (channel: ChannelView) => void,
): Item[] {
  return [{ label: hideLane.label, run: () => hide(channel) }, ...channelItems(app, account, channel)];
}

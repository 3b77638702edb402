import type { ChannelView } from "../host";
import type { AppState } from "../state/app.svelte";
import { channelLabel } from "../wording/channel";
import { always, type Action } from "./action";

/** Takes a channel's lane off the timeline. Its posts go out all the same. */
export const hideLane: Action<[channel: ChannelView]> = {
  name: "hide-lane",
  label: "Hide lane",
  applies: (_, channel) => !channel.hidden,
  run: (app, channel) =>
    app.attempt(async () => {
      await app.host.hideChannel(channel.id);
      await app.accounts.load();
      app.toasts.info(`${channelLabel(channel)} is hidden. Its posts still go out.`, {
        takeBack: () => show(app, channel),
      });
    }),
};

export const showLane: Action<[channel: ChannelView]> = {
  name: "show-lane",
  label: "Show",
  applies: (_, channel) => channel.hidden,
  run: (app, channel) => app.attempt(() => show(app, channel)),
};

/** Puts every lane back. */
export const showAllLanes: Action = {
  name: "show-all-lanes",
  label: "Show all",
  applies: always,
  run: (app) =>
    app.attempt(async () => {
      for (const { id, hidden } of app.accounts.list.flatMap(({ channels }) => channels)) {
        if (hidden) await app.host.showChannel(id);
      }
      await app.accounts.load();
    }),
};

async function show(app: AppState, channel: ChannelView): Promise<void> {
  await app.host.showChannel(channel.id);
  await app.accounts.load();
  app.announcer.say(`${channelLabel(channel)} is on the timeline again.`);
}

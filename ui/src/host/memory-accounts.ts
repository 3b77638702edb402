// What the in-memory twin does with accounts that are there: their names, colours, order and lanes.
import type { AccountView, ChannelView, Colour, Direction } from "./bindings";
import { error } from "./memory-connect";

export type Arranging = ReturnType<typeof createArranging>;

export function createArranging(accounts: AccountView[], changed: () => void) {
  function find(id: string): AccountView {
    const found = accounts.find((candidate) => candidate.id === id);
    if (!found) throw error("not-found", "This account is no longer connected.");
    return found;
  }

  function change(channel: string, changes: Partial<ChannelView>): null {
    const found = accounts.flatMap(({ channels }) => channels).find(({ id }) => id === channel);
    if (!found) throw error("not-found", "This channel is no longer there.");
    Object.assign(found, changes);
    changed();
    return null;
  }

  return {
    find,
    rename(id: string, label: string): null {
      const account = find(id);
      account.label = label.trim() || account.serviceName;
      changed();
      return null;
    },
    colour(id: string, colour: Colour): null {
      find(id).colour = colour;
      changed();
      return null;
    },
    move(id: string, direction: Direction): null {
      const account = find(id);
      const at = accounts.indexOf(account);
      const to = Math.min(Math.max(0, at + (direction === "up" ? -1 : 1)), accounts.length - 1);
      accounts.splice(at, 1);
      accounts.splice(to, 0, account);
      changed();
      return null;
    },
    hide: (channel: string) => change(channel, { hidden: true }),
    show: (channel: string) => change(channel, { hidden: false }),
  };
}

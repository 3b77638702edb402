// A date and a time as they are typed or picked, what they mean in the zone, and why they can't be asked for.
import type { Temporal } from "temporal-polyfill";
import type { AccountView } from "../host";
import { hourAndMinute, resolveLocal, toLocal } from "./local";
import { parseDate, parseTime } from "./parse";
import { horizonNote, refusal } from "./refusal";

const HOUR = 3_600_000;

type World = { zone(): string; now(): number; account(): AccountView | undefined };

export class TimeEntry {
  dateText = $state("");
  timeText = $state("");
  /** Which of the two, where the clocks show the time twice. */
  second = $state(false);
  /** The day to show where the typed one can't be read. */
  readonly fallback: Temporal.PlainDate;

  readonly #world: World;

  /** Begins with `time`, or with the next full hour where there is none or it has passed. */
  constructor(time: string | null, world: World) {
    this.#world = world;
    const now = world.now();
    const ahead = time !== null && Date.parse(time) > now;
    const start = ahead ? time : new Date((Math.floor(now / HOUR) + 1) * HOUR).toISOString();
    const local = toLocal(start, world.zone());
    this.fallback = local.date;
    this.dateText = local.date.toString();
    this.timeText = hourAndMinute(local.clock);
  }

  zone = $derived.by(() => this.#world.zone());
  now = $derived.by(() => this.#world.now());
  today = $derived.by(() => toLocal(new Date(this.now).toISOString(), this.zone).date);
  /** The last day the plan reaches; null where that is not known. */
  last = $derived.by(() => {
    const horizon = this.#world.account()?.capabilities.horizon ?? null;
    return horizon === null ? null : toLocal(horizon, this.zone).date;
  });
  /** How far the plan reaches, in words; null where that is not known. */
  reach = $derived.by(() => {
    const account = this.#world.account();
    return account ? horizonNote(account, this.zone, this.now) : null;
  });
  date = $derived.by(() => parseDate(this.dateText, this.today));
  clock = $derived.by(() => parseTime(this.timeText));
  resolved = $derived.by(() =>
    this.date && this.clock ? resolveLocal(this.date, this.clock, this.zone) : null,
  );
  /** RFC 3339 UTC; null where it can't be read. */
  time = $derived.by(() => {
    if (this.resolved === null) return null;
    if (this.resolved.kind !== "twice") return this.resolved.time;
    return this.second ? this.resolved.later : this.resolved.earlier;
  });
  /** Why it can't be asked for, in words; null where it can. */
  problem = $derived.by(() => {
    if (this.date === null) return "Rundown can't read this date. Write it like 2026-03-20 or 20 March.";
    if (this.clock === null) return "Rundown can't read this time. Write it like 17:15.";
    const account = this.#world.account();
    return this.time === null || !account ? null : refusal(this.time, this.now, this.zone, account);
  });

  take(picked: string): void {
    const local = toLocal(picked, this.zone);
    this.dateText = local.date.toString();
    this.timeText = hourAndMinute(local.clock);
    const twice = resolveLocal(local.date, local.clock, this.zone);
    this.second = twice.kind === "twice" && twice.later === picked;
  }
}

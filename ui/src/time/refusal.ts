// Why a time can't be asked for, in words, before anything is sent. The core checks again when it sends.
import type { AccountView } from "../host";
import { dayAndTime, duration } from "./format";

/** Null when `time` may be asked for. */
export function refusal(time: string, now: number, zone: string, account: AccountView): string | null {
  const wanted = Date.parse(time);
  if (wanted <= now) return `${dayAndTime(time, zone, now)} has passed. Pick a later time.`;
  const lead = account.capabilities.leadSeconds * 1000;
  if (wanted < now + lead) {
    return `That is too soon: ${account.serviceName} needs at least ${duration(lead)} to take a change.`;
  }
  const { horizon } = account.capabilities;
  return horizon !== null && wanted > Date.parse(horizon) ? horizonNote(account, zone, now) : null;
}

/** How far the account's plan reaches; null where that is not known. */
export function horizonNote(account: AccountView, zone: string, now: number): string | null {
  const { horizon } = account.capabilities;
  if (horizon === null) return null;
  return `The plan at ${account.serviceName} schedules no later than ${dayAndTime(horizon, zone, now)}.`;
}

// What an account is called where its service is not said beside it.
import type { AccountView } from "../host";

/** "Studio", "Agência · Cliente A" */
export function accountName({ label, workspace }: AccountView): string {
  return workspace === null ? label : `${label} · ${workspace}`;
}

/** "Studio (PostPost)"; the name alone where the account is called like its service. */
export function accountAtService(account: AccountView): string {
  const name = accountName(account);
  return name === account.serviceName ? name : `${name} (${account.serviceName})`;
}

// What an account is called where its service is not said beside it.
import type { AccountView } from "../host";

/** "Studio", "Agência · Cliente A" */
export function accountName({ label, workspace }: AccountView): string {
  return workspace === null ? label : `${label} · ${workspace}`;
}

// How the in-memory twin connects an account: the key is checked, a workspace is asked for where a key opens several,
// and only then is anything kept.
import type { HostError } from ".";
import type { ConnectAnswer, ConnectForm, KeychainWord, ServiceView, WorkspaceView } from "./bindings";
import { SERVICES, WORKSPACES } from "./memory-demo";

type World = {
  isOnline(): boolean;
  keychain(): KeychainWord;
  /** Keeps the account; answers with its id. */
  add(
    account: Omit<ConnectForm, "service" | "key"> & { service: ServiceView },
    workspace: string | null,
  ): string;
};

export type Connecting = {
  connect(form: ConnectForm): ConnectAnswer;
  choose(workspace: string): string;
  cancel(): void;
};

export function createConnecting(world: World): Connecting {
  let pending: { form: ConnectForm; workspaces: WorkspaceView[] } | null = null;

  function keep(form: ConnectForm, workspace: string | null): string {
    const keychain = world.keychain();
    if (keychain === "absent" && form.keep === "keychain") {
      throw error(
        "no-keychain",
        "This computer has no keychain Rundown can use. Install GNOME Keyring or KeePassXC and try again.",
      );
    }
    if (keychain === "locked" && form.keep === "keychain") {
      throw error("keychain-locked", "The keychain is locked. Unlock it, then try again.");
    }
    return world.add({ ...form, service: findService(form.service) }, workspace);
  }

  function checkReach(): void {
    if (!world.isOnline()) {
      throw error("unreachable", "The service can't be reached. Check your connection.");
    }
  }

  return {
    connect(form) {
      pending = null;
      checkKey(form.service, form.key);
      checkAddress(form.baseUrl);
      checkReach();
      const all = WORKSPACES[form.service] ?? [];
      const workspaces = form.key.endsWith("-one") ? all.slice(0, 1) : all;
      if (workspaces.length > 1) {
        pending = { form, workspaces };
        return { outcome: "chooseWorkspace", workspaces };
      }
      return { outcome: "connected", account: keep(form, workspaces[0]?.name ?? null) };
    },
    choose(id) {
      const chosen = pending?.workspaces.find((workspace) => workspace.id === id);
      if (!pending || !chosen) throw error("not-found", "This account is no longer connected.");
      checkReach();
      const account = keep(pending.form, chosen.name);
      pending = null;
      return account;
    },
    cancel() {
      pending = null;
    },
  };
}

/** A key's beginning tells whose it is, and the twin takes no other. */
export function checkKey(kind: string, key: string): void {
  if (key.trim() === "") throw error("empty-key", "The API key is empty.");
  const service = findService(kind);
  if (key.startsWith(prefix(service))) return;
  const owner = SERVICES.find((other) => key.startsWith(prefix(other)));
  if (owner) {
    throw error(
      "wrong-key-kind",
      `This is the key of another service. ${service.name} keys start with ${prefix(service)}.`,
    );
  }
  throw error(
    "key-refused",
    `${service.name} refused the key: Invalid API key. Check it at ${service.name}.`,
  );
}

function prefix(service: ServiceView): string {
  return service.keyHint.replace("…", "");
}

function findService(kind: string): ServiceView {
  const service = SERVICES.find((candidate) => candidate.kind === kind);
  if (!service) throw error("internal", `Rundown has no service called ${kind}.`);
  return service;
}

function checkAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : null;
  const loopback = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && loopback))) {
    throw error(
      "bad-address",
      "The server address must start with https:// (http:// only on this computer).",
    );
  }
  if (url.hostname === "unreachable.example") {
    throw error("unreachable", `${url.hostname} can't be reached. Check the address and your connection.`);
  }
}

export function error(code: HostError["code"], message: string): HostError {
  return { code, message };
}

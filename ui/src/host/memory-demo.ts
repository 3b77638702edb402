// The accounts and posts the in-memory host starts with: two accounts, about 60 posts over four weeks around now.
import type { AccountView, CapabilitiesView, Colour, ServiceView, WorkspaceView } from "./bindings";
import type { MemoryPost } from "./memory-outbox";

export const SERVICES: ServiceView[] = [
  {
    kind: "postpost",
    name: "PostPost",
    baseUrl: "https://api.postpost.dev/api/v1",
    keyHint: "sk_…",
    keyHelpUrl: "https://app.postpost.dev",
    hasManagedUsers: false,
  },
  {
    kind: "publora",
    name: "Publora",
    baseUrl: "https://api.publora.com/api/v1",
    keyHint: "sk_…",
    keyHelpUrl: "https://app.publora.com",
    hasManagedUsers: true,
  },
  {
    kind: "postato",
    name: "Postato",
    baseUrl: "https://api.postato.com.br",
    keyHint: "smcp_…",
    keyHelpUrl: "https://app.postato.com.br",
    hasManagedUsers: false,
  },
  {
    kind: "posteverywhere",
    name: "PostEverywhere",
    baseUrl: "https://app.posteverywhere.ai/api/v1",
    keyHint: "pe_live_…",
    keyHelpUrl: "https://support.posteverywhere.ai/api-integrations/getting-an-api-key",
    hasManagedUsers: false,
  },
];

/** What a key opens, by the kind of its service; a service that is not here has no workspaces. */
export const WORKSPACES: Record<string, WorkspaceView[]> = {
  postato: [
    { id: "workspace-a", name: "Cliente A" },
    { id: "workspace-b", name: "Cliente B" },
  ],
};

/** What each kind of service can do, as far as the twin plays it; an unknown kind can do what the first can. */
export function capabilitiesOf(kind: string): CapabilitiesView {
  const base: CapabilitiesView = {
    reschedule: true,
    pause: true,
    resume: true,
    create: true,
    editText: false,
    delete: "removes",
    publishNow: "never",
    retry: false,
    oneChannelPerPost: false,
    leadSeconds: 120,
    horizon: null,
  };
  const own: Record<string, Partial<CapabilitiesView>> = {
    publora: { editText: true },
    postato: { editText: true, delete: "cancels", publishNow: "at-service", oneChannelPerPost: true },
    posteverywhere: { editText: true, publishNow: "at-service", retry: true },
    computer: { editText: true, publishNow: "by-hand" },
  };
  return { ...base, ...own[kind] };
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const TEXTS = [
  "Monday motivation: start the week strong",
  "Tuesday tip: automate your posting and keep your evenings",
  "Wednesday wisdom: consistency beats perfection.\n\nOne post a day for a year is 365 chances.",
  "Thursday thought: your audience is waiting",
  "Friday feature: the new analytics",
  "Saturday story: how we built the pier",
  "Question for the week: how do you plan your content?",
  "Behind the scenes of the spring launch: three things we would do again",
  "Harbour lights, part two of the series",
  "A short thread on planning posts ahead",
  "We are hiring: a writer who likes short sentences",
  "Five small changes that doubled our replies",
];

export function account(
  id: string,
  label: string,
  now: number,
  channels: [string, string, string][],
  colour: Colour | null = "blue",
): AccountView {
  return {
    id,
    service: "postpost",
    serviceName: "PostPost",
    label,
    colour,
    workspace: null,
    baseUrl: "https://api.postpost.dev/api/v1",
    health: {
      state: "ok",
      message: null,
      advice: null,
      lastContact: iso(now - 65_000),
      until: null,
      planLimit: null,
      clockDifference: null,
    },
    channels: channels.map(([network, name, handle]) => ({
      id: `${id}/${network}`,
      network,
      name,
      handle,
      problem: null,
      hidden: false,
    })),
    capabilities: capabilitiesOf("postpost"),
    waiting: 0,
    syncing: false,
    syncedPosts: null,
    totalPosts: null,
    builtIn: false,
    keyKeptIn: "keychain",
  };
}

export function demoAccounts(now: number): AccountView[] {
  return [
    account("studio", "Studio", now, [
      ["linkedin", "Studio", "Studio"],
      ["twitter", "Studio", "@studio"],
    ]),
    at(
      "publora",
      "Publora",
      account(
        "harbour",
        "Harbour",
        now,
        [
          ["instagram", "Harbour", "@harbour"],
          ["bluesky", "Harbour", "@harbour.example"],
        ],
        "green",
      ),
    ),
  ];
}

/** One account each at the services the first two are not at. */
export function otherAccounts(now: number): AccountView[] {
  return [
    at(
      "postato",
      "Postato",
      account("agency", "Agência", now, [
        ["instagram", "Loja", "@loja"],
        ["facebook", "Loja", "Loja"],
      ]),
    ),
    at(
      "posteverywhere",
      "PostEverywhere",
      account("launch", "Launch", now, [
        ["twitter", "Launch", "@launch"],
        ["linkedin", "Launch", "Launch"],
      ]),
    ),
  ];
}

function at(service: string, serviceName: string, view: AccountView): AccountView {
  return { ...view, service, serviceName, capabilities: capabilitiesOf(service) };
}

/** The same posts for the same `now`, each on the hours a person would choose. */
export function demoPosts(now: number, accounts: AccountView[]): MemoryPost[] {
  const posts: MemoryPost[] = [];
  const midnight = Math.floor(now / DAY) * DAY;
  let count = 0;
  const add = (
    time: number | null,
    lane: number,
    status: string,
    remembered: number | null = null,
  ): MemoryPost => {
    const owner = accounts[lane % accounts.length] as AccountView;
    const channel = owner.channels[Math.floor(lane / accounts.length) % owner.channels.length];
    const post: MemoryPost = {
      id: `post-${count}`,
      remote: (0x68c0f1e2d3a4 + count).toString(16).padStart(24, "0"),
      account: owner.id,
      text: TEXTS[count % TEXTS.length] ?? "",
      confirmed: { status, time: time === null ? null : iso(time) },
      wish: null,
      remembered: remembered === null ? null : iso(remembered),
      sync: { state: "synced" },
      targets: [
        {
          channel: channel?.id ?? "",
          status,
          time: null,
          link: status === "published" ? `https://example.com/posts/${count}` : null,
          error: status === "failed" ? "The access token has expired. Connect the channel again." : null,
        },
      ],
      media: count % 5 === 0 ? [{ kind: "image", hasPicture: false }] : [],
      history: [
        {
          at: iso(now - 3 * DAY),
          wanted: { status: "scheduled", time: iso(time ?? remembered ?? now + DAY), text: null },
          outcome: "done",
          detail: null,
        },
      ],
    };
    posts.push(post);
    count += 1;
    return post;
  };
  for (let offset = -14; offset <= 14; offset++) {
    for (const [lane, hour] of [
      [offset + 28, 7],
      [offset + 29, 13 + ((offset + 14) % 5)],
    ] as const) {
      const time = midnight + offset * DAY + hour * HOUR;
      // Nothing lies so near to now that a test or a screenshot would depend on the minute.
      if (Math.abs(time - now) > HOUR) add(time, lane, time < now ? "published" : "scheduled");
    }
  }
  add(midnight - DAY + 10 * HOUR, 2, "failed");
  add(Math.ceil(now / HOUR) * HOUR + (now % HOUR > HOUR * 0.9 ? HOUR : 0), 1, "scheduled");
  add(null, 0, "draft", midnight + 2 * DAY + 8 * HOUR);
  add(null, 1, "draft");
  add(null, 2, "draft");
  add(null, 3, "draft");
  return posts;
}

/** A picture of one colour, another for each place. */
export function demoPicture(index: number): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="hsl(${index * 67} 40% 60%)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function iso(epoch: number): string {
  return new Date(epoch).toISOString().replace(/\.\d{3}Z$/, "Z");
}

import { expect, test } from "vitest";
import { account } from "../host/memory-demo";
import type { AccountView, HealthView, PlanLimitView } from "../host";
import {
  contactWords,
  horizonWords,
  limitNumbers,
  progressSteps,
  progressWords,
  stateWords,
  waitWords,
} from "./health";

const NOW = Date.parse("2026-03-18T09:02:00Z");
const BERLIN = "Europe/Berlin";

function studio(health: Partial<HealthView> = {}, overrides: Partial<AccountView> = {}): AccountView {
  const base = account("studio", "Studio", NOW, []);
  return { ...base, health: { ...base.health, ...health }, ...overrides };
}

test("an account that is well says when it last answered, and any other what is the matter", () => {
  expect(stateWords(studio({ lastContact: "2026-03-18T09:00:00Z" }), NOW)).toBe("2 min ago");
  expect(stateWords(studio({ state: "limited" }), NOW)).toBe("limited");
  expect(stateWords(studio({}, { syncing: true }), NOW)).toBe("reading…");
  expect(contactWords(studio({ lastContact: "2026-03-18T09:00:00Z" }), NOW)).toBe("Last answered 2 min ago.");
  expect(contactWords(studio({ lastContact: null }), NOW)).toBe("It has not answered yet.");
});

test("a wait is told until it is over", () => {
  expect(waitWords(studio({ until: "2026-03-18T13:05:00Z" }), BERLIN, NOW)).toBe("Waits until 14:05.");
  expect(waitWords(studio({ until: "2026-03-18T09:02:00Z" }), BERLIN, NOW)).toBeNull();
  expect(waitWords(studio(), BERLIN, NOW)).toBeNull();
});

test("a limit tells the numbers that the service told, and no others", () => {
  const limit: PlanLimitView = {
    message: "Limit reached",
    advice: "",
    metric: "posts",
    used: 1200,
    limit: 1200,
    plan: "Starter",
    at: "2026-03-18T09:00:00Z",
  };
  expect(limitNumbers(limit)).toBe("1,200 of 1,200 posts used on the plan Starter.");
  expect(limitNumbers({ ...limit, used: null, plan: null })).toBe("The limit is 1,200 posts.");
  expect(limitNumbers({ ...limit, limit: null, metric: null, plan: null })).toBe("1,200 used.");
  expect(limitNumbers({ ...limit, used: null, limit: null })).toBeNull();
});

test("a horizon is a day", () => {
  const { capabilities } = studio();
  expect(horizonWords(studio(), BERLIN, NOW)).toBeNull();
  expect(
    horizonWords(
      studio({}, { capabilities: { ...capabilities, horizon: "2026-03-20T23:30:00Z" } }),
      BERLIN,
      NOW,
    ),
  ).toBe("Posts up to Sat 21 March");
});

test("a first reading tells how far it is, with the total where that is known", () => {
  const reading = (syncedPosts: number | null, totalPosts: number | null) =>
    studio({}, { syncing: true, syncedPosts, totalPosts });
  expect(progressWords(studio())).toBeNull();
  expect(progressWords(reading(null, null))).toBe("Reading…");
  expect(progressWords(reading(1, null))).toBe("Reading… 1 post");
  expect(progressWords(reading(1200, 10_000))).toBe("Reading… 1,200 of 10,000 posts");
  expect(progressWords(reading(12, 10))).toBe("Reading… 12 of 12 posts");
});

test("who listens hears a first reading in quarters, not in pages", () => {
  const heard = (syncedPosts: number | null, totalPosts: number | null) =>
    progressSteps(studio({}, { syncing: true, syncedPosts, totalPosts }));
  expect([heard(1200, 10_000), heard(1300, 10_000)]).toEqual(["Reading posts", "Reading posts"]);
  expect(heard(5200, 10_000)).toBe("Reading posts, 50 % done");
  expect(heard(1200, null)).toBe("Reading posts");
});

// What the tests look for in the page, by the names that a person or a screen reader would use.
// Each script of the tests begins with this text.

const ROLES = {
  button: "button, summary, [role=button], [role=menuitem]",
  field: "input, select, textarea",
  region: "header, nav, main, aside, footer, section, dialog, [role=region], [role=dialog]",
};

/** What can be reached: an open dialog hides everything behind it. */
function reachable() {
  return [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
}

function isShown(element) {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible";
}

function nameOf(element) {
  const labelledBy = element.getAttribute("aria-labelledby");
  const words = labelledBy
    ? labelledBy.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ")
    : (element.getAttribute("aria-label") ??
      (element.labels?.length ? [...element.labels].map((label) => label.textContent).join(" ") : null) ??
      (element.textContent.trim() || element.title));
  return words.replace(/\s+/g, " ").trim();
}

function all(role) {
  return [...reachable().querySelectorAll(ROLES[role])].filter(isShown);
}

function find(role, name) {
  return all(role).find((element) => nameOf(element) === name && !element.disabled) ?? null;
}

/** A list opens as a menu of the system's, which no driver reaches: the choice is made as that menu reports it. */
function choose(label, option) {
  const list = find("field", label);
  const index = [...list.options].findIndex((one) => one.textContent.trim() === option);
  if (index < 0) return false;
  list.focus();
  list.selectedIndex = index;
  for (const type of ["input", "change"]) list.dispatchEvent(new Event(type, { bubbles: true }));
  return true;
}

function namesOf(role) {
  return all(role).map((element) => nameOf(element) + (element.disabled ? " (disabled)" : ""));
}

function cards() {
  return [...document.querySelectorAll("[data-remote]")].filter(isShown).map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const data = element.dataset;
    return {
      remote: data.remote,
      status: data.status,
      time: data.time ?? null,
      confirmedStatus: data.confirmedStatus ?? null,
      confirmedTime: data.confirmedTime ?? null,
      sync: data.sync,
      channel: element.closest("[data-channel]")?.dataset.channel ?? null,
      name: nameOf(element),
      x,
      y,
      width,
      height,
    };
  });
}

/** What lies at a place of the window, if it is not the card of that post. */
function inTheWay(x, y, remote) {
  const top = document.elementFromPoint(x, y);
  if (top?.closest("[data-remote]")?.dataset.remote === remote) return null;
  return top === null ? "the window's edge" : top.outerHTML.slice(0, 200);
}

function axis() {
  const element = document.querySelector("[data-from][data-to]");
  if (element === null) return null;
  const { x, y, width, height } = element.getBoundingClientRect();
  return { from: element.dataset.from, to: element.dataset.to, x, y, width, height };
}

/** Everything that the page could give away: its text and attributes, its fields, its storage. */
function everythingKept() {
  const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
  return JSON.stringify([
    document.documentElement.outerHTML,
    fields,
    { ...localStorage },
    { ...sessionStorage },
    document.cookie,
    history.state,
    location.href,
  ]);
}

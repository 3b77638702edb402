// What the drags need of a page, the same in each engine and for each page.

/** Notes when each frame begins, from the press of the pointer to its release, in milliseconds. */
function recordFrames() {
  window.benchFrames = [];
  let running = false;
  const next = (time) => {
    if (!running) return;
    window.benchFrames.push(time);
    requestAnimationFrame(next);
  };
  const start = () => {
    running = true;
    requestAnimationFrame(next);
  };
  addEventListener("pointerdown", start, true);
  addEventListener("pointerup", () => (running = false), true);
}

/** The lengths of the frames since this was last asked, in milliseconds. */
function takeFrames() {
  const times = window.benchFrames.splice(0);
  return times.slice(1).map((time, index) => time - times[index]);
}

/** How many cards and stacks of the timeline are in view. */
function cardsInView() {
  return [...document.querySelectorAll("main [data-key]")].filter((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  }).length;
}

/** A scheduled card with `room` pixels to its right: where to take hold of it; null without one. */
function cardWithRoom(room) {
  // Nearer to its edge, the timeline scrolls.
  const EDGE = 64;
  const axis = document.querySelector("[data-from][data-to]")?.getBoundingClientRect();
  for (const card of document.querySelectorAll("main [data-post][data-status=scheduled]")) {
    const { left, top, width, height } = card.getBoundingClientRect();
    const x = Math.round(left + width / 2);
    const y = Math.round(top + height / 2);
    const fits = axis && left > axis.left + EDGE && x + room < axis.right - EDGE;
    const isAhead = Date.parse(card.dataset.time) > Date.now() + 600_000;
    if (fits && isAhead && card.contains(document.elementFromPoint(x, y))) {
      return { remote: card.dataset.remote, time: card.dataset.time, x, y };
    }
  }
  return null;
}

/** Whether the post's card shows that time, and the service has confirmed it. */
function isSyncedAt(remote, time) {
  const card = document.querySelector(`main [data-remote="${remote}"]`);
  return card !== null && card.dataset.sync === "synced" && card.dataset.time === time;
}

/** Where to take hold of the div that can be dragged. */
function plainGrip() {
  const { left, top, width, height } = document.querySelector("#dragged").getBoundingClientRect();
  return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
}

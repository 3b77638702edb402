// Dragging the empty background pans the timeline; a press that stays put is a click on nothing.
import { THRESHOLD } from "./gesture";

export type PanTarget = {
  /** Whether a press on this element is on the background. */
  isBackground(element: Element): boolean;
  pan(pixels: number): void;
  clicked(): void;
};

export function listenToPan(element: HTMLElement, target: PanTarget): () => void {
  const always = new AbortController();
  let during = new AbortController();

  const pressed = (event: PointerEvent) => {
    if (event.button !== 0 || !(event.target instanceof Element) || !target.isBackground(event.target))
      return;
    during.abort();
    during = new AbortController();
    const { signal } = during;
    const pointer = event.pointerId;
    let [from, last] = [event.clientX, event.clientX];
    let panning = false;
    let frame = 0;

    const end = () => {
      cancelAnimationFrame(frame);
      element.removeAttribute("data-panning");
      during.abort();
    };
    const apply = () => {
      frame = 0;
      target.pan(from - last);
      from = last;
    };
    element.addEventListener(
      "pointermove",
      (move) => {
        if (move.pointerId !== pointer) return;
        if ((move.buttons & 1) === 0) return end();
        last = move.clientX;
        if (!panning && Math.abs(last - from) < THRESHOLD) return;
        if (!panning) {
          panning = true;
          element.setPointerCapture(pointer);
          element.setAttribute("data-panning", "");
        }
        frame ||= requestAnimationFrame(apply);
      },
      { signal },
    );
    element.addEventListener(
      "pointerup",
      (up) => {
        if (up.pointerId !== pointer) return;
        if (panning) apply();
        else target.clicked();
        end();
      },
      { signal },
    );
    element.addEventListener("pointercancel", end, { signal });
    window.addEventListener("blur", end, { signal });
  };
  element.addEventListener("pointerdown", pressed, { signal: always.signal });
  return () => {
    during.abort();
    always.abort();
  };
}

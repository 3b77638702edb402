// The wheel over the timeline: Ctrl zooms around the pointer, Shift and sideways wheels pan, and a plain wheel scrolls
// the lanes where they are taller than the window and pans where they are not. Gathered once per frame.

export type WheelTarget = {
  zoom(factor: number, clientX: number): void;
  pan(pixels: number): void;
  /** Whether the lanes have anything to scroll to. */
  scrolls(): boolean;
};

const LINE = 16;
/** A notch of a wheel, about 100 pixels, zooms by this factor. */
const NOTCH = 1.25;

export function listenToWheel(element: HTMLElement, target: WheelTarget): () => void {
  let frame = 0;
  let pan = 0;
  let factor = 1;
  let clientX = 0;

  const apply = () => {
    frame = 0;
    if (factor !== 1) target.zoom(factor, clientX);
    if (pan !== 0) target.pan(pan);
    factor = 1;
    pan = 0;
  };
  const turned = (event: WheelEvent) => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (plain && Math.abs(dy) >= Math.abs(dx) && target.scrolls()) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) factor *= NOTCH ** (-dy / 100);
    else pan += Math.abs(dx) > Math.abs(dy) ? dx : dy;
    clientX = event.clientX;
    frame ||= requestAnimationFrame(apply);
  };
  element.addEventListener("wheel", turned, { passive: false });
  return () => {
    cancelAnimationFrame(frame);
    element.removeEventListener("wheel", turned);
  };
}

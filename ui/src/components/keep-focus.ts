// Where the focus goes when the element that has it is taken off the screen. The browser gives it to nobody then.

/**
 * An attachment for what comes and goes: once something inside that had the focus is gone, `heir` has it. The element
 * itself by default, which then needs a tabindex.
 */
export function keepFocus(heir?: (element: HTMLElement) => HTMLElement | null) {
  return (element: HTMLElement): (() => void) => {
    let focused: Node | null = null;
    const noteFocus = (event: FocusEvent) => (focused = event.target instanceof Node ? event.target : null);
    const observer = new MutationObserver(() => {
      if (focused === null || focused.isConnected) return;
      focused = null;
      if (document.activeElement === document.body) (heir?.(element) ?? element).focus();
    });
    element.addEventListener("focusin", noteFocus);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener("focusin", noteFocus);
      observer.disconnect();
    };
  };
}

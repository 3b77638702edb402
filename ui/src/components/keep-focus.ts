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

/** An attachment for what goes off the screen as a whole: if it had the focus then, `heir` has it. */
export function passFocusOn(heir: () => HTMLElement | null) {
  return (element: HTMLElement): (() => void) => {
    let inside = element.contains(document.activeElement);
    const came = () => (inside = true);
    const left = (event: FocusEvent) => {
      // What is taken off the screen loses the focus to nobody.
      if (event.relatedTarget !== null) inside = false;
    };
    element.addEventListener("focusin", came);
    element.addEventListener("focusout", left);
    return () => {
      if (!inside) return;
      queueMicrotask(() => {
        if (document.activeElement === null || document.activeElement === document.body) heir()?.focus();
      });
    };
  };
}

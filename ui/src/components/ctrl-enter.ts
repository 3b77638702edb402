/** Ctrl+Enter, or Cmd+Enter, sends the form from any of its fields. */
export function submitOnCtrlEnter(event: KeyboardEvent & { currentTarget: HTMLFormElement }): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

// What a screen reader is told that the screen shows in another way, such as each step of a nudge.

export class Announcer {
  text = $state("");

  #odd = false;

  say(text: string): void {
    // A live region is read when its text changes; the same words twice need a difference that is not heard.
    this.#odd = !this.#odd;
    this.text = this.#odd ? text : `${text}\u00a0`;
  }
}

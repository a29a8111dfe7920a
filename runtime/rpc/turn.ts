/** The place of a call in the row of those that share a connection. */
export class Turn {
  /** Settles when the next call may begin. */
  readonly done: Promise<void>;
  /** The call has the connection to itself. */
  begun = false;
  readonly #before: Promise<void>;
  #resolve!: () => void;
  #released = false;

  constructor(before: Promise<void>) {
    this.#before = before;
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Waits until the calls before are done; false if this one was given up meanwhile. */
  async begin(): Promise<boolean> {
    await this.#before;
    this.begun = !this.#released;
    return this.begun;
  }

  /** The call is over. One that was given up before it began leaves its place when it is reached. */
  release(): void {
    this.#released = true;
    if (this.begun) this.#resolve();
    else void this.#before.then(this.#resolve);
  }
}

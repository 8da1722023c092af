/** A number of places; who finds none free waits in line. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Runs `act` in a free place, in the order of the calls. Who is in line when the signal is aborted rejects with its
   * reason when a place comes free, without running.
   */
  async use<Value>(signal: AbortSignal, act: () => Promise<Value>): Promise<Value> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((enter) => this.#waiting.push(enter));
    try {
      signal.throwIfAborted();
      return await act();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}

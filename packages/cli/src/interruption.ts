/** Thrown where the user stopped a command; the message tells how to go on. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs `act` with a signal that is aborted by the first Ctrl-C (or SIGTERM); a second one ends the process at once.
 *
 * @param hint what the user reads after an interruption: what was kept, and how to go on
 * @throws Interrupted
 */
export async function interruptible<Value>(
  hint: () => string,
  act: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Interrupted());
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await act(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw new Interrupted(`Interrupted. ${hint()}`);
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/** Why something does not work, as an error tells it. */
export function reason(error: unknown): string {
  return firstLine(error instanceof Error ? error.message : String(error));
}

/** Of a message of Node about an absent module, all but who asked for it. */
export function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}

/** What the process says to whoever started it. */
export const exitStatus = { done: 0, unfinished: 1, badInput: 2, interrupted: 130 } as const;

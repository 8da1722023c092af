/** What there can be to say about a circuit, by code. */
export const circuitWarnings = {
  'no-positive-total':
    'What is written to the residual stream does not support this objective in sum: it has no seeds.',
  'seeds-exhausted':
    'The components that support this objective do not account for the part of it that was asked for.',
  'no-head-seeds':
    'No attention head is among the seeds, so there is nothing to trace: the root is left out.',
  'removal-limit':
    'More than 1000 candidates would have to be removed to bring this attention weight below the threshold.',
} as const;

export type CircuitWarningCode = keyof typeof circuitWarnings;

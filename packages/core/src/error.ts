/** What an {@link SvfError} carries: enough to find the fault and to mend it. */
export interface SvfErrorDetails {
  /** Stable machine-readable name, kebab case, e.g. `non-finite-entry`. */
  readonly code: string;
  /** Where in the input the fault is, from the outside in, e.g. `['targets', 2, 'key']` or `[row, column]`. */
  readonly path?: readonly (string | number)[];
  /** What would have been accepted. */
  readonly expected?: string;
  /** What was found. */
  readonly received?: string;
  /** What the caller can do about it, in one sentence. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/**
 * The one error class for faults a caller can cause (bad input, a missing optional package, a file that is
 * damaged). Everything else that is thrown is a defect of this project.
 */
export class SvfError extends Error {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly expected: string | undefined;
  readonly received: string | undefined;
  readonly remedy: string | undefined;

  constructor(message: string, details: SvfErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'SvfError';
    this.code = details.code;
    this.path = details.path ?? [];
    this.expected = details.expected;
    this.received = details.received;
    this.remedy = details.remedy;
  }
}

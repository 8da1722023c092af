import { SvfError } from '@svf-alignment/core';

/** An error as plain JSON: what crosses threads, and what a failed task leaves in a report. */
export interface SerializedError {
  /** `SvfError` for a fault that the caller can mend. */
  readonly name: string;
  readonly message: string;
  readonly code: string | null;
  readonly path: readonly (string | number)[];
  readonly expected: string | null;
  readonly received: string | null;
  readonly remedy: string | null;
  readonly stack: string | null;
  readonly cause: SerializedError | null;
}

const DEEPEST_CAUSE = 8;

/** Any thrown value as data. Causes are followed, eight of them at most. */
export function serializeError(thrown: unknown, depth = 0): SerializedError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { cause } = error;
  return {
    name: error.name,
    message: error.message,
    code: text(Reflect.get(error, 'code')),
    path: error instanceof SvfError ? [...error.path] : [],
    expected: error instanceof SvfError ? (error.expected ?? null) : null,
    received: error instanceof SvfError ? (error.received ?? null) : null,
    remedy: error instanceof SvfError ? (error.remedy ?? null) : null,
    stack: error.stack ?? null,
    cause: cause === undefined || depth === DEEPEST_CAUSE ? null : serializeError(cause, depth + 1),
  };
}

/** The error again: an {@link SvfError} with all that it carried, or an `Error` with the same name and stack. */
export function deserializeError(data: SerializedError): Error {
  const cause = data.cause === null ? undefined : deserializeError(data.cause);
  const error =
    data.name === 'SvfError' && data.code !== null
      ? new SvfError(data.message, {
          code: data.code,
          path: data.path,
          cause,
          ...(data.expected !== null && { expected: data.expected }),
          ...(data.received !== null && { received: data.received }),
          ...(data.remedy !== null && { remedy: data.remedy }),
        })
      : Object.assign(new Error(data.message, cause === undefined ? undefined : { cause }), {
          name: data.name,
          ...(data.code !== null && { code: data.code }),
        });
  if (data.stack !== null) error.stack = data.stack;
  return error;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

import type { SerializedError } from './serializedError.ts';

/** What went wrong and what to do about it, each thing once. */
export function failureReason(errors: readonly SerializedError[]): string {
  const texts = errors.map(({ message, remedy }) => (remedy === null ? message : `${message} ${remedy}`));
  return [...new Set(texts)].join(' ');
}

import { SvfError } from '@svf-alignment/core';
import type { TfjsBackend } from './tfjsBackends.ts';

/**
 * The error `backend-unavailable`.
 *
 * @param reason Reads on after "The tfjs backend `x` cannot be used:".
 * @param remedy One sentence; where a command mends it, that command in backquotes.
 */
export function backendUnavailable(
  backend: TfjsBackend,
  reason: string,
  remedy: string,
  cause?: unknown,
): SvfError {
  return new SvfError(`The tfjs backend \`${backend}\` cannot be used: ${reason}.`, {
    code: 'backend-unavailable',
    path: ['backend'],
    expected: `a machine on which \`${backend}\` runs`,
    received: reason,
    remedy,
    cause,
  });
}

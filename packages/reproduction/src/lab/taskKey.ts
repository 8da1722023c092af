import { createHash } from 'node:crypto';
import { canonicalJson } from './canonicalJson.ts';
import type { JsonObject } from './result.ts';

/** Everything that the result of a task depends on. */
export interface TaskIdentity {
  /** The experiment's id. */
  readonly experiment: string;
  /** The experiment's version. */
  readonly version: number;
  /** The task's config, its seed included. */
  readonly config: JsonObject;
  /** sha256 of the weights it reads, by the name under which it reads them. */
  readonly inputs?: Readonly<Record<string, string>>;
}

/**
 * The address of a task's result: the sha256 of its identity as canonical JSON, 64 hexadecimal digits. The order of
 * keys does not matter; −0 counts as 0.
 *
 * @throws SvfError `non-finite-number` or `not-json`, with the path into the identity
 */
export function taskKey({ experiment, version, config, inputs = {} }: TaskIdentity): string {
  const text = canonicalJson({ experiment, version, config, inputs });
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

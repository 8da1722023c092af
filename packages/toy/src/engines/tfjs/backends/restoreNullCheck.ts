import { createRequire } from 'node:module';

/**
 * Node 23 removed `util.isNullOrUndefined`, which tfjs-node and tfjs-node-gpu 4.22 call on every tensor they make:
 * put it back where it is missing.
 */
export function restoreNullCheck(): void {
  const util: object = createRequire(import.meta.url)('node:util');
  if ('isNullOrUndefined' in util) return;
  Reflect.set(util, 'isNullOrUndefined', (value: unknown) => value === null || value === undefined);
}

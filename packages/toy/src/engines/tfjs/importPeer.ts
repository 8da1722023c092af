import { backendUnavailable } from './backendUnavailable.ts';
import { backendPackages, type TfjsBackend } from './tfjsBackends.ts';

/**
 * An optional package, imported when a backend first needs it.
 *
 * @throws SvfError `backend-unavailable` if it is not installed; other errors of the package pass through.
 */
export async function importPeer(backend: TfjsBackend, name: string): Promise<object> {
  try {
    return await import(name);
  } catch (error) {
    if (!isMissing(error, name)) throw error;
    const command = `npm install ${backendPackages[backend].join(' ')}`;
    throw backendUnavailable(backend, `the package ${name} is not installed`, `Run \`${command}\`.`, error);
  }
}

/** Whether it is `name` itself that was not found, rather than something that it imports. */
function isMissing(error: unknown, name: string): boolean {
  if (!(error instanceof Error)) return false;
  // What Vite puts in the place of an optional peer that is not installed.
  if (error.message.startsWith(`Could not resolve "${name}"`)) return true;
  const code = Reflect.get(error, 'code');
  return (
    (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') && error.message.includes(`'${name}'`)
  );
}

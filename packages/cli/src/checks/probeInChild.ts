import { fork } from 'node:child_process';
import { firstLine } from './reason.ts';

const PATIENCE = 60_000;

/** What a probe found; `remedy` null where nothing needs mending. */
export interface Probe {
  readonly ok: boolean;
  readonly detail: string;
  readonly remedy: string | null;
}

/**
 * Runs a probe in a process of its own: a native library that does not fit the machine may end its process, some write
 * to stdout, and some exclude each other.
 *
 * @param script beside this one; it is given `name` and sends a {@link Probe}
 */
export function probeInChild(script: string, name: string): Promise<Probe> {
  return new Promise((resolve) => {
    const child = fork(new URL(script, import.meta.url), [name], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      timeout: PATIENCE,
    });
    let probe: Probe | undefined;
    child.on('message', (message: Probe) => {
      probe = { ...message, detail: firstLine(message.detail) };
      child.kill();
    });
    child.on('error', () => child.kill());
    child.on('exit', (code, signal) => {
      const detail = `the process that tried it ended with ${signal ?? `status ${code}`}`;
      resolve(probe ?? { ok: false, detail, remedy: 'Choose another one, or reinstall its package.' });
    });
  });
}

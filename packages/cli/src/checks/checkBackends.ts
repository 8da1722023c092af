import { fork } from 'node:child_process';
import type { BackendProbe } from '@svf-alignment/toy/engines/tfjs';
import { backends } from '../options/engine.ts';
import type { Check } from './check.ts';

const PATIENCE = 60_000;

/** Which backends of the tfjs engine work. None of them is needed: the default engine is not tfjs. */
export async function checkBackends(): Promise<Check[]> {
  const checks: Check[] = [];
  for (const backend of backends) {
    const { ok, detail, remedy } = await probeInChild(backend);
    checks.push({ id: `tfjs-${backend}`, ok, detail, remedy });
  }
  return checks;
}

/**
 * In a process of its own: a native library that does not fit the machine may end its process, some write to
 * stdout, and two of the backends exclude each other.
 */
function probeInChild(backend: (typeof backends)[number]): Promise<BackendProbe> {
  return new Promise((resolve) => {
    const child = fork(new URL('./probeProcess.js', import.meta.url), [backend], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      timeout: PATIENCE,
    });
    let probe: BackendProbe | undefined;
    child.on('message', (message: BackendProbe) => {
      probe = message;
      child.kill();
    });
    child.on('error', () => child.kill());
    child.on('exit', (code, signal) => {
      const detail = `the process that tried it ended with ${signal ?? `status ${code}`}`;
      resolve(probe ?? { ok: false, detail, remedy: 'Choose another backend, or reinstall its package.' });
    });
  });
}

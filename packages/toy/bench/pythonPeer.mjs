import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The first Python that has PyTorch, or undefined. */
export function findPython() {
  return ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0,
  );
}

/** A PyTorch script of this folder in a process of its own, on one thread. */
export async function startPeer(python, script) {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child = spawn(python, [fileURLToPath(new URL(script, import.meta.url))], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${script} ended early.`);
    return JSON.parse(value);
  };
  return {
    about: await answer(),
    /** Milliseconds per step over `steps` steps; a `config` starts anew. */
    run: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return (await answer()).milliseconds;
    },
    stop: () => child.stdin.end(),
  };
}

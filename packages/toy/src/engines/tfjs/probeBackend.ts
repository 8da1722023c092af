import { SvfError } from '@svf-alignment/core';
import { loadBackend } from './loadBackend.ts';
import type { TfjsBackend } from './tfjsBackends.ts';

export interface BackendProbe {
  readonly ok: boolean;
  /** What was found, or why the backend cannot be used. */
  readonly detail: string;
  /** What mends it; null where nothing needs mending. */
  readonly remedy: string | null;
}

/**
 * Whether a backend works on this machine: loads it, and differentiates a small product on it. Never throws for a
 * backend that is missing or broken. `node` and `node-gpu` exclude each other within one process.
 */
export async function probeBackend(backend: TfjsBackend): Promise<BackendProbe> {
  try {
    const { tf, device, use } = await loadBackend(backend);
    use();
    const [slope] = tf.tidy(() => tf.grads((x) => tf.sum(tf.square(x)))([tf.tensor1d([3])]));
    const [value] = await slope.data();
    slope.dispose();
    if (value === 6) return { ok: true, detail: `tfjs ${tf.version_core}, ${device}`, remedy: null };
    return { ok: false, detail: `d(x²)/dx at 3 came out as ${value}`, remedy: 'Choose another backend.' };
  } catch (error) {
    if (error instanceof SvfError) {
      return { ok: false, detail: error.received ?? error.message, remedy: error.remedy ?? null };
    }
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, detail, remedy: 'Choose another backend.' };
  }
}

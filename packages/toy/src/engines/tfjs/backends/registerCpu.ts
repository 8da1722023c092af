import type { Tf } from '../tensorflow.ts';
import type { RegisteredBackend } from './registeredBackend.ts';

/** The backend in plain JavaScript comes with tfjs; its first use prints an advertisement, which is held back. */
export async function registerCpu(tf: Tf): Promise<RegisteredBackend> {
  await tf.setBackend('cpu');
  const production = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  tf.scalar(0).dispose();
  tf.env().set('PROD', production);
  return { name: 'cpu', device: 'plain JavaScript' };
}

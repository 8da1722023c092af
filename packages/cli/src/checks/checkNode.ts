import { availableParallelism, totalmem } from 'node:os';
import { type Check, fails, works } from './check.ts';

/** Node, and the machine that it runs on. `bin/svf.js` refuses what is too old to come here. */
export function checkNode(): Check {
  const { node } = process.versions;
  const cores = availableParallelism();
  const memory = (totalmem() / 2 ** 30).toFixed(1);
  const detail = `Node ${node}, ${process.platform} ${process.arch}, ${cores} cores, ${memory} GiB of memory`;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const recent = major > 20 || (major === 20 && minor >= 19);
  return recent ? works('node', detail) : fails('node', detail, 'Install Node 20.19 or newer.');
}

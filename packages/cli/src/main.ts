import { CommanderError } from 'commander';
import { exitStatus } from './exitStatus.ts';
import { flush } from './output/flush.ts';
import { createProgram } from './program.ts';

/**
 * The `svf` command: reads arguments, does what they ask, and ends the process with status 0 (done), 1 (something
 * did not finish), 2 (bad input) or 130 (interrupted).
 *
 * @param args what stands after `svf`
 */
export async function main(args: readonly string[]): Promise<void> {
  process.stdout.on('error', endQuietly);
  process.stderr.on('error', endQuietly);
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said what was wrong; exit code 0 is for --help and --version.
      process.exitCode = error.exitCode === 0 ? exitStatus.done : exitStatus.badInput;
    } else {
      const { errorText } = await import('./output/errorText.ts');
      const { statusOf } = await import('./statusOf.ts');
      process.exitCode = statusOf(error);
      process.stderr.write(`${errorText(error, args.includes('--debug'))}\n`);
    }
  }
  await flush(process.stdout);
  await flush(process.stderr);
  // Some backends keep handles open that nobody waits for.
  process.exit();
}

/** Whoever read the output has read enough (`svf … | head`). */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit();
  throw error;
}

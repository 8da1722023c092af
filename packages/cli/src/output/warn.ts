import type { OutputOptions } from '../options/commonOptions.ts';
import { colours } from './colours.ts';

/** A line on stderr that does not stop the command; silent with --quiet. */
export function warn({ quiet }: Pick<OutputOptions, 'quiet'>, message: string): void {
  if (!quiet) process.stderr.write(`${colours(process.stderr).yellow('warning:')} ${message}\n`);
}

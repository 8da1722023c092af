import { SvfError } from '@svf-alignment/core';
import { Interrupted } from '../interruption.ts';
import { colours } from './colours.ts';

/** An error as the user reads it: what is wrong, then what to do about it; the stack only for debugging. */
export function errorText(error: unknown, debug: boolean): string {
  const { red } = colours(process.stderr);
  if (error instanceof Interrupted) return error.message;
  if (!(error instanceof Error)) return `${red('error:')} ${String(error)}`;
  const lines = [`${red('error:')} ${error.message}`];
  if (error instanceof SvfError) {
    if (error.remedy !== undefined) lines.push(error.remedy);
  } else {
    lines.push('This is a defect of svf; run again with --debug and report what it prints.');
  }
  if (debug) lines.push('', stacks(error));
  return lines.join('\n');
}

function stacks(error: Error): string {
  const stack = error.stack ?? String(error);
  return error.cause instanceof Error ? `${stack}\nCaused by: ${stacks(error.cause)}` : stack;
}

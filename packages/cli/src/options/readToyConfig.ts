import { readFile } from 'node:fs/promises';
import { SvfError } from '@svf-alignment/core';
import { applySettings, presets, type ToyConfigInput } from '@svf-alignment/toy';
import type { ToyOptions } from './toyOptions.ts';

/**
 * The configuration that the options mean: preset, then file, then --set, then --steps and --seed. Its values are
 * not checked yet.
 *
 * @throws SvfError `config-file` for a file that is not there or holds no JSON object, `bad-setting`
 */
export async function readToyConfig({
  preset,
  config,
  set,
  steps,
  seed,
}: ToyOptions): Promise<ToyConfigInput> {
  const file = config === undefined ? {} : await readConfigFile(config);
  return {
    ...applySettings({ ...presets[preset], ...file }, set),
    ...(steps !== undefined && { steps }),
    ...(seed !== undefined && { seed }),
  };
}

async function readConfigFile(path: string): Promise<ToyConfigInput> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw badFile(path, `cannot be read (${codeOf(error)})`, 'Name a JSON file that exists.', error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw badFile(path, `is not JSON: ${reason}`, 'Correct it, e.g. { "keys": 8, "steps": 5000 }.', error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badFile(path, 'does not hold a JSON object', 'Write it as { "key": value, … }.');
  }
  return value;
}

function badFile(path: string, fault: string, remedy: string, cause?: unknown): SvfError {
  return new SvfError(`The configuration \`${path}\` ${fault}.`, {
    code: 'config-file',
    path: ['config'],
    expected: 'a file that holds a JSON object',
    received: path,
    remedy,
    cause,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

import { SvfError } from '@svf-alignment/core';
import { type ToyConfigInput, toyConfigSchema } from './toyConfig.ts';

/**
 * A configuration with `key=value` settings laid over it, as a command line gives them. A value is JSON where it
 * parses as JSON (`4`, `true`, `null`, `[{"query":0,…}]`), otherwise text (`mean`).
 *
 * @throws SvfError `bad-setting` for a setting without `=` or with a key that does not exist.
 */
export function applySettings(input: ToyConfigInput, settings: readonly string[]): ToyConfigInput {
  const result: Record<string, unknown> = { ...input };
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    const key = setting.slice(0, equals);
    if (equals < 1 || !Object.hasOwn(toyConfigSchema.shape, key)) {
      throw new SvfError(`\`${setting}\` is not a setting.`, {
        code: 'bad-setting',
        path: [setting],
        expected: `key=value with a key of ${Object.keys(toyConfigSchema.shape).join(', ')}`,
        received: setting,
        remedy: 'Write it as key=value, e.g. featureProbability=0.2.',
      });
    }
    result[key] = parseValue(setting.slice(equals + 1));
  }
  return result as ToyConfigInput;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

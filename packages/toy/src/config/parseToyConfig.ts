import { SvfError } from '@svf-alignment/core';
import { type ToyConfig, type ToyConfigInput, toyConfigSchema } from './toyConfig.ts';

type Path = readonly (string | number)[];

function refuse(path: Path, expected: string, received: unknown): never {
  const where = path.length === 0 ? 'The configuration' : `\`${formatPath(path)}\``;
  throw new SvfError(`${where} must be ${expected}, not ${format(received)}.`, {
    code: 'bad-config',
    path,
    expected,
    received: format(received),
    remedy: 'Correct that key; every key and its default is listed by `svf toy train --help`.',
  });
}

/**
 * Checks a toy configuration and fills in defaults.
 *
 * @throws SvfError `bad-config`, with the path of the first wrong key, what was expected and what was found.
 */
export function parseToyConfig(input: ToyConfigInput | unknown): ToyConfig {
  const parsed = toyConfigSchema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = (issue?.path ?? []).map((key) => (typeof key === 'symbol' ? String(key) : key));
    if (issue?.code === 'unrecognized_keys') {
      refuse([...path, ...issue.keys.slice(0, 1)], 'left out (there is no such key)', 'given');
    }
    refuse(path, describe(issue?.message ?? 'a valid value'), valueAt(input, path));
  }
  checkRelations(parsed.data);
  return parsed.data;
}

function checkRelations(config: ToyConfig): void {
  const { features, dimension, headDimension, keys, batchKeys, targets, rotary, importance } = config;
  if (headDimension > dimension) {
    refuse(['headDimension'], `at most the dimension ${dimension}`, headDimension);
  }
  if (keys > batchKeys) refuse(['keys'], `at most batchKeys, ${batchKeys}`, keys);
  if (headDimension === 0) {
    if (targets.length > 0) refuse(['targets'], 'empty where headDimension is 0', targets);
    if (config.attentionWeight > 0) {
      refuse(['attentionWeight'], '0 where headDimension is 0', config.attentionWeight);
    }
  }
  const seen = new Set<string>();
  targets.forEach((pair, index) => {
    for (const side of ['query', 'key'] as const) {
      if (pair[side] >= features) {
        refuse(['targets', index, side], `a feature index below ${features}`, pair[side]);
      }
    }
    const name = `${pair.query},${pair.key}`;
    if (seen.has(name)) refuse(['targets', index], 'a pair that is not listed twice', pair);
    seen.add(name);
  });
  if (rotary !== null) {
    if (headDimension % 2 === 1 || headDimension === 0) {
      refuse(['headDimension'], 'even and above 0 with rotary positions', headDimension);
    }
    rotary.positional.forEach((pair, index) => {
      if (pair >= targets.length) {
        refuse(['rotary', 'positional', index], `an index into the ${targets.length} targets`, pair);
      }
    });
    if (rotary.positional.length > 0 && headDimension < 4) {
      refuse(['headDimension'], 'at least 4 for positional targets (they turn with band 1)', headDimension);
    }
  }
  if (Array.isArray(importance) && importance.length !== features) {
    refuse(['importance'], `one number, or ${features} of them`, `${importance.length} numbers`);
  }
}

function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}

function format(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || value === undefined) return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

/** zod says "Too small: expected number to be >=1": what follows "expected" reads on after "must be". */
function describe(message: string): string {
  const expected = /expected (.*)$/.exec(message)?.[1] ?? /Invalid option: expected (.*)$/.exec(message)?.[1];
  return (expected ?? message)
    .replace(/^(number|int|string|array) to be /, 'a number ')
    .replace(/, received .*$/, '')
    .replace(/>=\s*/, '≥ ')
    .replace(/<=\s*/, '≤ ')
    .replace(/>\s*/, '> ')
    .replace(/<\s*/, '< ');
}

import { SvfError } from '@svf-alignment/core';
import type { z } from 'zod';
import { expectation, innermost } from './expectation.ts';
import { type ToyConfig, type ToyConfigInput, toyConfigSchema } from './toyConfig.ts';

type Path = readonly (string | number)[];

function refuse(path: Path, expected: string, value: unknown): never {
  const where = path.length === 0 ? 'The configuration' : `\`${formatPath(path)}\``;
  const received = format(value);
  const message =
    value === undefined && path.length > 0
      ? `${where} is missing; it must be ${expected}.`
      : `${where} must be ${expected}, not ${received}.`;
  throw badConfig(message, path, expected, received);
}

function badConfig(message: string, path: Path, expected: string, received: string): SvfError {
  const remedy = 'Correct that key; every key and its default is listed by `svf toy train --help`.';
  return new SvfError(message, { code: 'bad-config', path, expected, received, remedy });
}

/**
 * Checks a toy configuration and fills in defaults.
 *
 * @throws SvfError `bad-config`, with the path of the first wrong key, what was expected and what was found.
 */
export function parseToyConfig(input: ToyConfigInput | unknown): ToyConfig {
  const parsed = toyConfigSchema.safeParse(input);
  if (!parsed.success) refuseIssue(innermost(parsed.error.issues[0]), input);
  checkRelations(parsed.data);
  return parsed.data;
}

function refuseIssue(issue: z.core.$ZodIssue, input: unknown): never {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  if (issue.code === 'unrecognized_keys') {
    const unknown = [...path, issue.keys[0]];
    const message = `There is no key \`${formatPath(unknown)}\`.`;
    throw badConfig(message, unknown, 'no such key', format(valueAt(input, unknown)));
  }
  const expected = issue.code === 'invalid_union' ? 'a number ≥ 0, or a list of them' : expectation(issue);
  refuse(path, expected, valueAt(input, path));
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
    if (seen.has(name)) refuse(['targets', index], 'a pair that is not listed yet', pair);
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
    refuse(['importance'], `one number, or a list of ${features}`, importance);
  }
}

function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}

function format(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

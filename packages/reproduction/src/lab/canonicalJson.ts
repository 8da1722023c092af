import { SvfError } from '@svf-alignment/core';
import canonicalize from 'canonicalize';
import type { Json } from './result.ts';

type Path = readonly (string | number)[];

/**
 * The one text of a JSON value: keys sorted, shortest numbers, no white space (RFC 8785). Equal values have equal
 * texts, whatever the order in which their keys were written.
 *
 * @param path prefix of the path in an error
 * @throws SvfError `non-finite-number` for NaN and infinities, `not-json` for anything else that JSON cannot hold
 *   (undefined, functions, dates, typed arrays, cycles)
 */
export function canonicalJson(value: Json, path: Path = []): string {
  check(value, path, new Set());
  return canonicalize(value) ?? 'null';
}

/** A copy of `value` as it reads back from its canonical text: keys sorted, −0 become 0. Errors as there. */
export function canonicalValue<Value extends Json>(value: Value, path: Path = []): Value {
  return JSON.parse(canonicalJson(value, path));
}

function check(value: unknown, path: Path, ancestors: Set<object>): void {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return;
    throw new SvfError(`The number at ${place(path)} is ${value}.`, {
      code: 'non-finite-number',
      path,
      expected: 'a finite number',
      received: String(value),
      remedy: 'Write null, or text, where there is no number.',
    });
  }
  if (typeof value !== 'object' || ancestors.has(value)) throw notJson(value, path);
  ancestors.add(value);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) check(item, [...path, index], ancestors);
  } else {
    const prototype: unknown = Object.getPrototypeOf(value);
    // A structured clone from another thread or realm has that realm's Object.prototype, whose prototype is null.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw notJson(value, path);
    for (const [key, item] of Object.entries(value)) check(item, [...path, key], ancestors);
  }
  ancestors.delete(value);
}

function notJson(value: unknown, path: Path): SvfError {
  const received = typeof value === 'object' ? `a ${value?.constructor?.name ?? 'cycle'}` : typeof value;
  return new SvfError(`What stands at ${place(path)} is not JSON.`, {
    code: 'not-json',
    path,
    expected: 'null, a boolean, a finite number, text, or arrays and plain objects of them without cycles',
    received,
  });
}

function place(path: Path): string {
  return path.length === 0 ? 'the top' : path.join('.');
}

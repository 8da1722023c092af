import { SvfError } from '@svf-alignment/core';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * `keys=2,4,8` and the like as lists of values by key. A value is JSON where it parses as JSON, otherwise text; commas
 * inside brackets, braces and quotes belong to a value.
 *
 * @throws SvfError `bad-setting` for a text without `=` or values, or a key that comes twice
 */
export function readGrid(texts: readonly string[]): Record<string, readonly Json[]> {
  const grid = new Map<string, readonly Json[]>();
  for (const text of texts) {
    const equals = text.indexOf('=');
    const key = text.slice(0, equals);
    if (equals < 1 || equals === text.length - 1) throw badGrid(text, 'says no values');
    if (grid.has(key)) throw badGrid(text, `gives \`${key}\` a second time`);
    grid.set(key, splitValues(text.slice(equals + 1)).map(parseValue));
  }
  return Object.fromEntries(grid);
}

function splitValues(text: string): string[] {
  const values = [''];
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (!quoted && '[{'.includes(character)) depth += 1;
    if (!quoted && ']}'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0 && !quoted) values.push('');
    else values.push(`${values.pop()}${character}`);
  }
  return values;
}

function parseValue(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function badGrid(text: string, fault: string): SvfError {
  return new SvfError(`\`${text}\` ${fault}.`, {
    code: 'bad-setting',
    path: [text],
    expected: 'key=value,value,…',
    received: text,
    remedy: 'Write it as key=value,value,…, e.g. keys=2,4,8.',
  });
}

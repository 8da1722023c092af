import { SvfError } from '@svf-alignment/core';
import { naturalOrder } from './naturalOrder.ts';

/** The most revisions that a range may stand for. */
const MOST = 10_000;

/**
 * The revisions that a list such as `main,step0..step143000:1000` stands for, in its order, each once. A range counts
 * the number at the end of the names up, by what stands behind the colon; both ends belong to it. Without a colon it is
 * every revision there is between its ends, or, where `available` is not given, every number.
 *
 * @param available revisions that exist; others are refused
 * @throws SvfError `bad-revisions` for a range that is none, `unknown-revision`
 */
export function expandRevisions(text: string, available?: readonly string[]): readonly string[] {
  const names = text.split(',').flatMap((item) => {
    const name = item.trim();
    if (name === '') throw badRevisions(text, 'names between the commas', 'nothing');
    return name.includes('..') ? expandRange(name, available) : [name];
  });
  const known = available === undefined ? undefined : new Set(available);
  const unknown = names.find((name) => known?.has(name) === false);
  if (unknown !== undefined) throw unknownRevision(unknown, available ?? []);
  return [...new Set(names)];
}

function expandRange(text: string, available: readonly string[] | undefined): readonly string[] {
  const form = /^(.*?)(\d+)\.\.(.*?)(\d+)(?::(\d+))?$/.exec(text);
  const [, prefix = '', first = '', lastPrefix, last = '', step] = form ?? [];
  if (form === null) throw badRevisions(text, 'a range such as step0..step1000:100', text);
  if (prefix !== lastPrefix)
    throw badRevisions(text, `two names that begin with '${prefix}'`, `'${lastPrefix}'`);
  const [from, to] = [Number(first), Number(last)];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from > to) {
    throw badRevisions(text, 'a range that goes up', `${first}..${last}`);
  }
  if (step === undefined && available !== undefined) return between(text, prefix, from, to, available);
  const stride = Number(step ?? 1);
  if (!(stride > 0)) throw badRevisions(text, 'a step of 1 or more', `${step}`);
  const count = Math.floor((to - from) / stride) + 1;
  if (count > MOST) throw badRevisions(text, `at most ${MOST} revisions`, `${count}`);
  // step000..step100 counts as it is written.
  const width = first.startsWith('0') && first.length === last.length ? first.length : 0;
  return Array.from(
    { length: count },
    (_, k) => `${prefix}${String(from + k * stride).padStart(width, '0')}`,
  );
}

function between(
  text: string,
  prefix: string,
  from: number,
  to: number,
  available: readonly string[],
): readonly string[] {
  const found = available.filter((name) => {
    const number = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    return /^\d+$/.test(number) && Number(number) >= from && Number(number) <= to;
  });
  if (found.length === 0) throw badRevisions(text, 'a range with revisions in it', listed(available));
  return found.sort(naturalOrder);
}

function badRevisions(text: string, expected: string, received: string): SvfError {
  return new SvfError(`'${text}' stands for no revisions.`, {
    code: 'bad-revisions',
    path: [text],
    expected,
    received,
    remedy: 'Write names and ranges with commas between them: main,step0..step143000:1000.',
  });
}

function unknownRevision(name: string, available: readonly string[]): SvfError {
  return new SvfError(`There is no revision ${name}.`, {
    code: 'unknown-revision',
    path: [name],
    expected: listed(available),
    received: name,
    remedy: `Name ${listed(available)}; a range without a step takes all between its ends.`,
  });
}

function listed(names: readonly string[]): string {
  const sorted = [...names].sort(naturalOrder);
  if (sorted.length <= 12) return `one of ${sorted.join(', ')}`;
  return `one of ${sorted.slice(0, 6).join(', ')}, …, ${sorted.slice(-5).join(', ')}`;
}

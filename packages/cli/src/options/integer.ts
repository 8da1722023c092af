import { InvalidArgumentError } from 'commander';

/** A parser of an option's value: a whole number, of at least `least` if that is given. */
export function integer({ least }: { readonly least?: number }): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const wanted = least === undefined ? 'a whole number' : `a whole number of at least ${least}`;
    if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(value) || value < (least ?? -Infinity)) {
      throw new InvalidArgumentError(`It must be ${wanted}.`);
    }
    return value;
  };
}

import { stringify } from 'csv-stringify/sync';
import type { OutputOptions } from '../options/commonOptions.ts';

/** A result in the three forms in which it can be asked for; each is made only when it is wanted. */
export interface Printable {
  readonly json: () => unknown;
  /** Rows of one table; the keys of the first are its headings. */
  readonly csv: () => readonly Readonly<Record<string, string | number | boolean | null>>[];
  readonly text: () => string;
}

/** Puts a result on stdout: with --json one JSON document, with --csv one table, otherwise text. */
export function printResult(options: OutputOptions, { json, csv, text }: Printable): void {
  if (options.json) process.stdout.write(`${JSON.stringify(json(), null, 2)}\n`);
  else if (options.csv)
    process.stdout.write(stringify([...csv()], { header: true, cast: { boolean: String } }));
  else process.stdout.write(`${text()}\n`);
}

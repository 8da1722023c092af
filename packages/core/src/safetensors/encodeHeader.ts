import type { Dtype } from './dtype.ts';
import { hasLoneSurrogate } from './HeaderScanner.ts';
import { MAX_HEADER_BYTES } from './readHeaderLength.ts';
import { quoted, refusal } from './refusal.ts';

/** One tensor as the header tells it; `byteLength` bytes directly after those of the one before. */
export interface PlannedTensor {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly byteLength: number;
}

/** Order of Unicode code points, which is that of UTF-8 bytes; `<` on strings compares UTF-16 units instead. */
export function byCodePoint(a: string, b: string): number {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i += 1) {
    // At the second half of a pair the first halves were equal, so comparing units decides rightly there.
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
  }
  return a.length - b.length;
}

/**
 * The header's text, as bytes: metadata first with its keys sorted, then the tensors in the order given; padded with
 * spaces to a multiple of eight bytes, so that the data section begins aligned.
 *
 * @throws SvfError `safetensors-reserved-key`, `safetensors-lone-surrogate`, `safetensors-metadata-not-string`,
 *   `safetensors-header-too-long`
 */
export function encodeHeader(
  tensors: readonly PlannedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const members: string[] = [];
  const notes = Object.entries(metadata).sort(([a], [b]) => byCodePoint(a, b));
  for (const [key, value] of notes) {
    checkText(key, ['__metadata__', key]);
    if (typeof value !== 'string')
      throw refusal('safetensors-metadata-not-string', `The metadata ${quoted(key)} is not a string.`, {
        path: ['__metadata__', key],
        expected: 'a string',
        received: typeof value,
      });
    checkText(value, ['__metadata__', key]);
  }
  if (notes.length > 0) {
    const pairs = notes.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    members.push(`"__metadata__":{${pairs.join(',')}}`);
  }
  let begin = 0;
  for (const { name, dtype, shape, byteLength } of tensors) {
    checkText(name, [name]);
    if (name === '__metadata__') throw reserved(name, [name]);
    const end = begin + byteLength;
    const dimensions = shape.join(',');
    members.push(
      `${JSON.stringify(name)}:{"dtype":"${dtype}","shape":[${dimensions}],"data_offsets":[${begin},${end}]}`,
    );
    begin = end;
  }
  const text = new TextEncoder().encode(`{${members.join(',')}}`);
  const header = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  if (header.length > MAX_HEADER_BYTES)
    throw refusal('safetensors-header-too-long', 'The names and metadata make too long a header.', {
      expected: `at most ${MAX_HEADER_BYTES} bytes`,
      received: `${header.length} bytes`,
    });
  header.set(text);
  return header;
}

/** Refuses what a reader of the file would refuse; a value may be `__proto__`, a key may not. */
function checkText(text: string, path: readonly string[]): void {
  if (text === '__proto__' && path.at(-1) === text) throw reserved(text, path);
  if (hasLoneSurrogate(text))
    throw refusal(
      'safetensors-lone-surrogate',
      `The string ${quoted(text)} holds half of a surrogate pair.`,
      {
        path,
        expected: 'text that has a UTF-8 form',
      },
    );
}

function reserved(key: string, path: readonly string[]): Error {
  return refusal(
    'safetensors-reserved-key',
    `The name ${quoted(key)} cannot be used in a safetensors file.`,
    {
      path,
      expected: 'a name other than __metadata__ and __proto__',
      received: quoted(key),
    },
  );
}

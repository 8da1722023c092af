import { SvfError } from '../../src/index.ts';

/** A file with `header` as its header's text, its length field filled in and `data` after it. */
export function handmadeFile(
  header: string | Uint8Array,
  data: ArrayLike<number> = [],
): Uint8Array<ArrayBuffer> {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}

/** The header's text for tensors given as [name, dtype, shape, begin, end]. */
export function handmadeHeader(...tensors: [string, string, readonly number[], number, number][]): string {
  const members = tensors.map(
    ([name, dtype, shape, begin, end]) =>
      `${JSON.stringify(name)}:{"dtype":"${dtype}","shape":[${shape}],"data_offsets":[${begin},${end}]}`,
  );
  return `{${members.join(',')}}`;
}

/** The SvfError that `act` throws; any other error is passed on, and none at all is an error. */
export function refusalOf(act: () => unknown): SvfError {
  try {
    act();
  } catch (error) {
    if (error instanceof SvfError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** `bytes` again, at an address that is not a multiple of two. */
export function atOddAddress(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const shifted = new Uint8Array(bytes.length + 2).subarray(1, bytes.length + 1);
  shifted.set(bytes);
  return shifted;
}

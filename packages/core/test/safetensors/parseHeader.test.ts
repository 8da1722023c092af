import { describe, expect, it } from 'vitest';
import { DTYPE_BYTES, isDtype, parseHeader, readHeaderLength } from '../../src/safetensors/index.ts';
import { handmadeFile, handmadeHeader } from './handmade.ts';

/** Parses as a reader by ranges does: the first eight bytes, then the header's. */
function parse(file: Uint8Array) {
  const length = readHeaderLength(file.subarray(0, 8), file.length);
  return parseHeader(file.subarray(8, 8 + length), file.length);
}

describe('parseHeader', () => {
  it('gives offsets from the start of the file, and tensors in the order of their bytes', () => {
    const header = handmadeHeader(['later', 'F32', [2], 5, 13], ['first', 'U8', [5], 0, 5]);
    const { tensors, dataOffset, metadata } = parse(handmadeFile(header, new Uint8Array(13)));
    expect(dataOffset).toBe(8 + header.length);
    expect(metadata).toEqual({});
    expect([...tensors.values()]).toEqual([
      { name: 'first', dtype: 'U8', shape: [5], byteOffset: dataOffset, byteLength: 5 },
      { name: 'later', dtype: 'F32', shape: [2], byteOffset: dataOffset + 5, byteLength: 8 },
    ]);
    expect(tensors.get('later')?.byteOffset).toBe(dataOffset + 5);
  });

  it('reads a file without tensors, and one padded with spaces', () => {
    expect(parse(handmadeFile('{}')).tensors.size).toBe(0);
    expect(parse(handmadeFile('{ }      ')).dataOffset).toBe(17);
  });

  it('reads scalars and tensors without elements, wherever these stand', () => {
    const header = handmadeHeader(
      ['scalar', 'F64', [], 0, 8],
      ['none', 'F64', [3, 0], 0, 0],
      ['none either', 'I64', [0], 8, 8],
    );
    const { tensors } = parse(handmadeFile(header, new Uint8Array(8)));
    expect([...tensors.values()].map(({ name, byteLength }) => [name, byteLength])).toEqual([
      ['none', 0],
      ['scalar', 8],
      ['none either', 0],
    ]);
  });

  it('reads a tensor of 64 dimensions', () => {
    const shape = Array.from({ length: 64 }, () => 1);
    const { tensors } = parse(handmadeFile(handmadeHeader(['x', 'U8', shape, 0, 1]), [1]));
    expect(tensors.get('x')?.shape).toEqual(shape);
  });

  it('knows a file larger than memory by its header alone', () => {
    const bytes = 2 ** 51;
    const header = new TextEncoder().encode(handmadeHeader(['huge', 'F64', [2 ** 24, 2 ** 24], 0, bytes]));
    const fileSize = 8 + header.length + bytes;
    expect(parseHeader(header, fileSize).tensors.get('huge')?.byteLength).toBe(bytes);
  });

  it.each(Object.entries(DTYPE_BYTES))('knows that an element of %s has %d bytes', (dtype, bytes) => {
    const file = handmadeFile(handmadeHeader(['x', dtype, [3], 0, 3 * bytes]), new Uint8Array(3 * bytes));
    expect(parse(file).tensors.get('x')).toMatchObject({ dtype, byteLength: 3 * bytes });
  });

  it('does not take a property of every object for a dtype', () => {
    expect(isDtype('constructor')).toBe(false);
    expect(isDtype('F32')).toBe(true);
  });

  it('keeps names that objects have by birth, and gives metadata no prototype', () => {
    const header =
      '{"__metadata__":{"constructor":"a","toString":"b"},' +
      '"constructor":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},' +
      '"":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}';
    const { metadata, tensors } = parse(handmadeFile(header, [1, 2]));
    expect(Object.entries(metadata)).toEqual([
      ['constructor', 'a'],
      ['toString', 'b'],
    ]);
    expect(metadata.valueOf).toBeUndefined();
    expect([...tensors.keys()]).toEqual(['constructor', '']);
  });

  it('reads escapes, white space and fields in any order', () => {
    const header =
      '{\t"a\\u00e9\\n\\ud83d\\ude00" :\r\n{ "data_offsets":[0 , 2], "shape" : [ 2 ],"dtype":"U\\u0038"} } \n';
    const { tensors } = parse(handmadeFile(header, [1, 2]));
    expect([...tensors.keys()]).toEqual(['aé\n😀']);
  });
});

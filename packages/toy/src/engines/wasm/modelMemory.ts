import type { ToyConfig } from '../../config/toyConfig.ts';
import { rotaryTable } from '../../model/rotaryTable.ts';
import { targetFactors } from '../../model/targetFactors.ts';
import { parameterNames, parameterShapes, type ToyParameters } from '../../model/toyParameters.ts';
import { allocateMemory } from './allocateMemory.ts';
import { type Layout, layOut, padded, type Region, type Sizes, sizesOf } from './layout.ts';
import { parameterOffsets, planWords } from './planValues.ts';

/** A model's WebAssembly memory, read and written in the shapes of `ToyParameters` and `Batch`. */
export class ModelMemory {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly sizes: Sizes;
  readonly #layout: Layout;
  readonly #config: ToyConfig;

  /** @throws SvfError `out-of-memory` */
  constructor(config: ToyConfig) {
    this.#config = config;
    this.#layout = layOut(config);
    this.sizes = sizesOf(config);
    this.memory = allocateMemory(this.#layout.bytes);
    this.#writePlan();
    this.#writeTables();
  }

  get plan(): number {
    return this.#layout.address.plan;
  }

  floats(region: Region, length: number, offset = 0): Float32Array {
    return new Float32Array(this.memory.buffer, this.#layout.address[region] + offset, length);
  }

  words(region: Region, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.#layout.address[region], length);
  }

  /** Rows of `columns` numbers into a region whose rows are padded to four, from byte `offset` on. */
  writeRows(region: Region, values: Float64Array, columns: number, offset = 0): void {
    const stride = padded(columns);
    const rows = columns === 0 ? 0 : values.length / columns;
    const target = this.floats(region, rows * stride, offset);
    for (let row = 0; row < rows; row += 1) {
      target.set(values.subarray(row * columns, (row + 1) * columns), row * stride);
    }
  }

  readRows(region: Region, rows: number, columns: number, offset = 0): Float64Array {
    const stride = padded(columns);
    const source = this.floats(region, rows * stride, offset);
    const values = new Float64Array(rows * columns);
    for (let row = 0; row < rows; row += 1) {
      values.set(source.subarray(row * stride, row * stride + columns), row * columns);
    }
    return values;
  }

  writeParameters(region: Region, parameters: ToyParameters): void {
    const shapes = parameterShapes(this.#config);
    const offsets = parameterOffsets(this.#config);
    for (const name of parameterNames) {
      this.writeRows(region, parameters[name], shapes[name][1], offsets[name]);
    }
  }

  readParameters(region: Region): ToyParameters {
    const shapes = parameterShapes(this.#config);
    const offsets = parameterOffsets(this.#config);
    const [W, b, A, B] = parameterNames.map((name) =>
      this.readRows(region, shapes[name][0], shapes[name][1], offsets[name]),
    );
    return { W, b, A, B };
  }

  #writePlan(): void {
    const words = planWords(this.#config, this.#layout);
    const integers = this.words('plan', words.length);
    const floats = this.floats('plan', words.length);
    words.forEach((word, index) => {
      if (typeof word === 'number') integers[index] = word;
      else floats[index] = word.float;
    });
  }

  #writeTables(): void {
    const { features: N, targets, importance, reconstruction } = this.#config;
    const divisor = reconstruction === 'mean' ? N : 1;
    const errorWeights = Float64Array.from({ length: N }, (_, i) => {
      const weight = Array.isArray(importance) ? importance[i] : importance;
      return (2 * weight) / divisor / this.sizes.tokens;
    });
    this.writeRows('errorWeights', errorWeights, N);
    const present = Array.from({ length: 4 }, (_, lane) =>
      this.sizes.features - 4 + lane < N ? 0xffffffff : 0,
    );
    this.words('lastLanes', 4).set(present);
    this.words('targetQuery', targets.length).set(targets.map((pair) => 4 * pair.query));
    this.words('targetKey', targets.length).set(targets.map((pair) => 4 * pair.key));
    this.floats('targetFactors', targets.length * this.sizes.keys).set(targetFactors(this.#config));
    this.#writeRotations();
  }

  #writeRotations(): void {
    const table = rotaryTable(this.#config);
    if (table === null) return;
    const { bands, cosines, sines } = table;
    const width = 2 * bands;
    const spread = (source: Float64Array, signs: readonly [number, number]) =>
      Float64Array.from(
        { length: this.sizes.keys * width },
        (_, i) => signs[i % 2] * source[Math.floor(i / width) * bands + Math.floor((i % width) / 2)],
      );
    this.writeRows('cosines', spread(cosines, [1, 1]), width);
    this.writeRows('signedSines', spread(sines, [1, -1]), width);
  }
}

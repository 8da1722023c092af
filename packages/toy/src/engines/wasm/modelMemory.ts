import type { ToyConfig } from '../../config/toyConfig.ts';
import { rotaryTable } from '../../model/rotaryTable.ts';
import { targetFactors } from '../../model/targetFactors.ts';
import { parameterNames, parameterShapes, type ToyParameters } from '../../model/toyParameters.ts';
import type { Batch } from '../../sampling/batch.ts';
import { allocateMemory } from './allocateMemory.ts';
import { type Layout, layOut, padded, type Region, type Sizes, sizesOf } from './layout.ts';
import { parameterOffsets, planWords } from './planWords.ts';

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

  /** Rows of `columns` numbers into a region whose rows are `stride` numbers apart, from byte `offset` on. */
  writeRows(
    region: Region,
    values: Float64Array,
    columns: number,
    stride: number = padded(columns),
    offset = 0,
  ): void {
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
      const columns = shapes[name][1];
      this.writeRows(region, parameters[name], columns, padded(columns), offsets[name]);
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

  /** The batch as the kernels hold it; see `Plan`. */
  writeBatch(batch: Batch): void {
    this.#eachStrength((floats, at, values, from) => {
      floats[at] = values[from];
    }, batch);
  }

  readBatch(): Batch {
    const { features: N, headDimension } = this.#config;
    const { queries, keys } = this.sizes;
    const batch = {
      queries,
      keyStrengths: new Float64Array(queries * keys * N),
      queryStrengths: new Float64Array(headDimension === 0 ? 0 : queries * N),
    };
    this.#eachStrength((floats, at, values, from) => {
      values[from] = floats[at];
    }, batch);
    return batch;
  }

  /** Calls `visit` with both places of every strength. */
  #eachStrength(
    visit: (floats: Float32Array, at: number, values: Float64Array, from: number) => void,
    { keyStrengths, queryStrengths }: Batch,
  ): void {
    const { features: N } = this.#config;
    const { keys, blockQueries, blockStride, blockBytes, blocks, queryStride } = this.sizes;
    const keyTokens = this.floats('keyTokens', (blocks * blockBytes) / 4);
    for (let i = 0; i < keyStrengths.length; i += 1) {
      const feature = i % N;
      const token = Math.floor(i / N);
      const query = Math.floor(token / keys);
      const column = (token % keys) * blockQueries + (query % blockQueries);
      const block = Math.floor(query / blockQueries);
      visit(keyTokens, (block * blockBytes + feature * blockStride) / 4 + column, keyStrengths, i);
    }
    const queryTokens = this.floats('queryTokens', (N * queryStride) / 4);
    for (let i = 0; i < queryStrengths.length; i += 1) {
      visit(queryTokens, ((i % N) * queryStride) / 4 + Math.floor(i / N), queryStrengths, i);
    }
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
    const { queries, keys } = this.sizes;
    const divisor = reconstruction === 'mean' ? N : 1;
    const errorWeights = Float64Array.from({ length: N }, (_, i) => {
      const weight = Array.isArray(importance) ? importance[i] : importance;
      return (2 * weight) / divisor / (queries * keys);
    });
    this.writeRows('errorWeights', errorWeights, N);
    const present = Array.from({ length: 4 }, (_, lane) =>
      this.sizes.features - 4 + lane < N ? 0xffffffff : 0,
    );
    this.words('lastLanes', 4).set(present);
    this.words('targetQuery', targets.length).set(targets.map((pair) => pair.query));
    this.words('targetKey', targets.length).set(targets.map((pair) => pair.key));
    this.floats('targetFactors', targets.length * keys).set(targetFactors(this.#config));
    this.#writeMasks();
    const table = rotaryTable(this.#config);
    if (table !== null) {
      this.writeRows('cosines', table.cosines, table.bands, padded(2 * table.bands) / 2);
      this.writeRows('sines', table.sines, table.bands, padded(2 * table.bands) / 2);
    }
  }

  #writeMasks(): void {
    const { keys, queries, blockQueries, blocks } = this.sizes;
    const inLast = queries - (blocks - 1) * blockQueries;
    const last = this.words('lastMask', keys * blockQueries);
    for (let i = 0; i < last.length; i += 1) last[i] = i % blockQueries < inLast ? 0xffffffff : 0;
  }
}

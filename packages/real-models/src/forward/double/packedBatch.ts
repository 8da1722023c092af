import type { ModelShape } from '../../architecture/modelShape.ts';
import { Activations, type ActivationTensor } from '../activations.ts';
import type { ForwardInput } from '../forwardPass.ts';
import type { HookName } from '../hookNames.ts';
import { hookShape } from '../hookShape.ts';
import { nonFiniteActivation } from '../nonFiniteActivation.ts';

/** One prompt of a batch: which of the run's inputs it is, and its first row. */
export interface PackedPrompt {
  readonly input: ForwardInput;
  readonly index: number;
  readonly start: number;
}

/**
 * Prompts of any lengths one below the other, without padding: an activation is [tokens of all prompts, width]. Knows
 * what is to be changed and what to be kept of each.
 */
export class PackedBatch {
  readonly prompts: readonly PackedPrompt[];
  /** Token and position (within its own prompt) of every row. */
  readonly tokens: readonly number[];
  readonly positions: readonly number[];
  readonly #shape: ModelShape;
  readonly #taps: ReadonlySet<HookName>;
  readonly #kept: readonly Map<HookName, ActivationTensor>[];

  constructor(
    inputs: readonly { readonly input: ForwardInput; readonly index: number }[],
    shape: ModelShape,
    taps: ReadonlySet<HookName>,
  ) {
    let rows = 0;
    this.prompts = inputs.map(({ input, index }) => {
      const start = rows;
      rows += input.tokens.length;
      return { input, index, start };
    });
    this.tokens = inputs.flatMap(({ input }) => input.tokens);
    this.positions = inputs.flatMap(({ input }) => input.tokens.map((_, position) => position));
    this.#shape = shape;
    this.#taps = taps;
    this.#kept = inputs.map(() => new Map());
  }

  get rows(): number {
    return this.tokens.length;
  }

  readonly isTapped = (name: HookName): boolean => this.#taps.has(name);

  /**
   * What happens at a hook: `data` [rows, width] is shifted in place, checked, and copied where it is tapped.
   *
   * @throws SvfError `non-finite-activation`
   */
  hook(name: HookName, data: Float64Array): void {
    const width = data.length / this.rows;
    for (const [which, { input, index, start }] of this.prompts.entries()) {
      for (const shift of input.shifts ?? []) {
        if (shift.hook !== name) continue;
        const from = (start + shift.position) * width + (shift.head ?? 0) * shift.values.length;
        for (const [i, value] of shift.values.entries()) data[from + i] += value;
      }
      const tokens = input.tokens.length;
      const own = data.subarray(start * width, (start + tokens) * width);
      checkFinite(own, name, index);
      if (this.isTapped(name)) {
        this.#kept[which].set(name, { shape: hookShape(this.#shape, name, tokens), data: own.slice() });
      }
    }
  }

  /** The last token's logits of every prompt, [vocabulary] each, in the order of the prompts. */
  logits(data: readonly Float64Array[]): void {
    for (const [which, { index }] of this.prompts.entries()) {
      checkFinite(data[which], 'logits', index);
      this.#kept[which].set('logits', { shape: [data[which].length], data: data[which] });
    }
  }

  /**
   * Scores or pattern of one head of one prompt, [tokens, tokens], copied where they are tapped. What lies above the
   * diagonal is not looked at.
   *
   * @param which prompt of the batch
   * @throws SvfError `non-finite-activation`
   */
  headHook(name: HookName, which: number, head: number, data: Float64Array): void {
    const { input, index } = this.prompts[which];
    const tokens = input.tokens.length;
    for (let row = 0; row < tokens; row += 1) {
      checkFinite(data.subarray(row * tokens, row * tokens + row + 1), name, index);
    }
    if (!this.isTapped(name)) return;
    const kept = this.#kept[which];
    const tensor = kept.get(name) ?? {
      shape: hookShape(this.#shape, name, tokens),
      data: new Float64Array(this.#shape.heads * data.length),
    };
    tensor.data.set(data, head * data.length);
    kept.set(name, tensor);
  }

  activations(): Activations[] {
    return this.prompts.map(({ input }, which) => new Activations(input.tokens, this.#kept[which]));
  }
}

function checkFinite(data: Float64Array, hook: HookName, index: number): void {
  for (let i = 0; i < data.length; i += 1) {
    if (!Number.isFinite(data[i])) throw nonFiniteActivation(hook, index, data[i]);
  }
}

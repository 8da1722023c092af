import { randomStream } from '@svf-alignment/core';
import { alignmentSummary, rankedTargets, type TrainingResult } from '@svf-alignment/toy';
import type { Tensor } from '../../lab/result.ts';
import { drawContexts } from './attentionContexts.ts';
import { contributionStrengths, slope } from './contributionStrengths.ts';
import { contributions } from './contributions.ts';
import { correlation } from './correlation.ts';
import { type ContextClass, contextClasses, contextsByClass, sparsityByClass } from './sparsityByClass.ts';

/** Ranks of the pairs that are present, at strength 1, in the one context kept as an example of each class. */
const EXAMPLES: Readonly<Record<ContextClass, readonly number[]>> = {
  one: [0],
  two: [0, 2],
  none: [],
};

/** What is measured of one trained model. */
export type Decomposition = {
  /** a for contexts with one pair: early over the end. */
  readonly sparser: number;
  /** a for contexts without pairs: at the end over the start. */
  readonly noneKept: number;
  /** Root mean square of relative attention at the end, contexts without pairs over those with one. */
  readonly noneSize: number;
  /** Mean share of the size of all contributions that the present pair's own singular vector has. */
  readonly ownShare: number;
  /** a at the end, by class. */
  readonly sparsity: { readonly [name in ContextClass]: number };
  /** Correlation over snapshots of a for contexts with one pair and mean |cos| of features and singular vectors. */
  readonly withAlignment: number;
  /** Over pairs: least correlation of contribution and strength in its two readings. */
  readonly productCorrelation: number;
  readonly relativeCorrelation: number;
  /** Over pairs: largest |slope − target| / target against the strength above the other keys. */
  readonly slopeError: number;
};

/**
 * Decomposes relative attention in contexts of each class at every snapshot, and in contexts drawn as in training at the
 * last one. Tensors: `steps`, `alignment` and `sparsity.<class>` [1 × snapshots]; `example.<class>` [2 × H], early and late;
 * `strength.<product, relative, contribution>` [pairs × contexts].
 *
 * @param early snapshots from this step on are no longer the start
 * @param count contexts of each class
 */
export function decomposition(
  { config, snapshots }: Pick<TrainingResult, 'config' | 'snapshots'>,
  early: number,
  count: number,
): {
  measures: Decomposition;
  tensors: Record<string, Tensor>;
} {
  const { seed } = config;
  const first = snapshots.findIndex(({ step }) => step >= early);
  const last = snapshots.length - 1;
  const { parameters: trained } = snapshots[last];

  const contexts = contextsByClass(config, count, randomStream(seed, 'fig-05/classes'));
  const measured = snapshots.map(({ parameters }) => sparsityByClass(config, parameters, contexts));
  const curve = (name: ContextClass) => Float64Array.from(measured, (classes) => classes[name]);
  const alignment = Float64Array.from(
    snapshots,
    ({ parameters }) => alignmentSummary(config, parameters).mean ?? 0,
  );

  const pairs = rankedTargets(config);
  const one = contributions(config, trained, contexts.one);
  const none = contributions(config, trained, contexts.none);

  const ordinary = drawContexts(config, count, randomStream(seed, 'fig-05/ordinary'), () => ({}));
  const strengths = contributionStrengths(config, trained, ordinary);

  const example = (name: ContextClass): Tensor => {
    const present = EXAMPLES[name].map((rank) => pairs[rank]);
    const drawn = drawContexts(config, 1, randomStream(seed, 'fig-05/example'), () => ({
      pairs: present,
      strength: 1,
    }));
    const rows = [first, last].flatMap((i) => contributions(config, snapshots[i].parameters, drawn));
    return table(rows);
  };
  return {
    measures: {
      sparser: measured[first].one / measured[last].one,
      noneKept: measured[last].none / measured[0].none,
      noneSize: size(none) / size(one),
      ownShare: mean(one.map((terms, context) => share(terms, context % pairs.length))),
      sparsity: { ...measured[last] },
      withAlignment: correlation(curve('one'), alignment),
      productCorrelation: Math.min(...strengths.map((pair) => correlation(pair.product, pair.contribution))),
      relativeCorrelation: Math.min(
        ...strengths.map((pair) => correlation(pair.relative, pair.contribution)),
      ),
      slopeError: Math.max(
        ...strengths.map((pair) => Math.abs(slope(pair.relative, pair.contribution) / pair.target - 1)),
      ),
    },
    tensors: {
      steps: table([Float64Array.from(snapshots, ({ step }) => step)]),
      alignment: table([alignment]),
      ...Object.fromEntries(
        contextClasses.flatMap((name) => [
          [`sparsity.${name}`, table([curve(name)])],
          [`example.${name}`, example(name)],
        ]),
      ),
      'strength.product': table(strengths.map(({ product }) => product)),
      'strength.relative': table(strengths.map(({ relative }) => relative)),
      'strength.contribution': table(strengths.map(({ contribution }) => contribution)),
    },
  };
}

/** The size of term k among the sizes of all. */
function share(terms: Float64Array, k: number): number {
  return Math.abs(terms[k]) / terms.reduce((sum, term) => sum + Math.abs(term), 0);
}

/** Root mean square of relative attention, from its terms in each context. */
function size(contexts: readonly Float64Array[]): number {
  return Math.sqrt(mean(contexts.map((terms) => terms.reduce((sum, term) => sum + term, 0) ** 2)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function table(rows: readonly Float64Array[]): Tensor {
  return { shape: [rows.length, rows[0].length], data: Float64Array.from(rows.flatMap((row) => [...row])) };
}

import { type RandomStream, sparsity } from '@svf-alignment/core';
import { rankedTargets, type ToyConfig, type ToyParameters } from '@svf-alignment/toy';
import { type AttentionContexts, drawContexts } from './attentionContexts.ts';
import { contributions } from './contributions.ts';

/** How many of the target pairs are present in a query and the key it attends to. */
export const contextClasses = ['one', 'two', 'none'] as const;
export type ContextClass = (typeof contextClasses)[number];
export type ByClass<T> = Readonly<Record<ContextClass, T>>;

/** Contexts of each class, pairs taken in turn: there must be two at least, and features that belong to none. */
export function contextsByClass(
  config: ToyConfig,
  count: number,
  random: RandomStream,
): ByClass<AttentionContexts> {
  const pairs = rankedTargets(config);
  const couples = pairs.flatMap((first, i) => pairs.slice(i + 1).map((second) => [first, second]));
  const draw = (content: (context: number) => typeof pairs) =>
    drawContexts(config, count, random, (context) => ({ pairs: content(context) }));
  return {
    one: draw((context) => [pairs[context % pairs.length]]),
    two: draw((context) => couples[context % couples.length]),
    none: draw(() => []),
  };
}

/** Mean sparsity of the contributions in contexts of each class, from 1/H (one contribution) to 1 (all equal). */
export function sparsityByClass(
  config: ToyConfig,
  parameters: ToyParameters,
  contexts: ByClass<AttentionContexts>,
): ByClass<number> {
  const mean = (name: ContextClass): number => {
    const all = contributions(config, parameters, contexts[name]).map((terms) => sparsity(terms));
    const measured = all.filter((a) => a !== null); // null: an empty query, nothing to decompose
    return measured.reduce((sum, a) => sum + a, 0) / measured.length;
  };
  return { one: mean('one'), two: mean('two'), none: mean('none') };
}

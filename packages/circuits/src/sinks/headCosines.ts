import { dot } from '@svf-alignment/core';
import { groupMembers } from '../families/groupMembers.ts';
import { meanDirection } from './signalClusters.ts';
import type { SinkFiring } from './sinkFirings.ts';

/** How alike the signals of heads are, as the slides show it. */
export interface HeadCosines {
  /** [layer, head] of those that have signals, in order. */
  readonly heads: readonly (readonly [layer: number, head: number])[];
  /** [head][head] cosine of the means of their signals. */
  readonly cosines: readonly (readonly number[])[];
}

/** @param signals of the firings, of length 1; null where there is none */
export function headCosines(
  firings: readonly SinkFiring[],
  signals: readonly (Float64Array | null)[],
): HeadCosines {
  const found = [...signals.entries()].flatMap(([i, signal]) => {
    return signal === null ? [] : [{ signal, layer: firings[i].layer, head: firings[i].head }];
  });
  const means = groupMembers(found.map(({ layer, head }) => `${layer}.${head}`))
    .map(([, members]) => {
      const [{ layer, head }] = members.map((member) => found[member]);
      return { layer, head, mean: meanDirection(members.map((member) => found[member].signal)) };
    })
    .sort((one, other) => one.layer - other.layer || one.head - other.head);
  return {
    heads: means.map(({ layer, head }) => [layer, head] as const),
    cosines: means.map(({ mean }) => means.map((other) => dot(mean, 0, other.mean, 0, mean.length))),
  };
}

import { rowProducts, SvfError } from '@svf-alignment/core';
import { averageLinkage } from '../families/averageLinkage.ts';
import type { CondensedDistances } from '../families/condensedDistances.ts';
import { cutAtHeight } from '../families/dendrogram.ts';
import { groupMembers } from '../families/groupMembers.ts';
import { addScaled, norm } from '../kernels/matrixVector.ts';
import type { SinkFiring } from './sinkFirings.ts';
import type { SignalSide } from './sinkSignals.ts';

/** Firings whose signals are alike. */
export interface SignalCluster {
  readonly side: SignalSide;
  readonly size: number;
  /** [layer, head] of its firings, each once, in order. */
  readonly heads: readonly (readonly [layer: number, head: number])[];
  /** Share of the attention of all firings that its own have. */
  readonly explained: number;
  /** The control signal: mean of its signals, at length 1 [dModel]. */
  readonly direction: Float64Array;
  /** Indices of its firings, ascending. */
  readonly members: readonly number[];
}

/** A mean cosine of 0.5 or more between two groups makes them one. */
export const LEAST_COSINE = 0.5;

/**
 * Clusters signals of all heads and layers by average linkage on 1 − cos. The sign counts, as a signal is a projection and
 * has none to choose; singular vectors have. Where a cluster's mean has no direction, there is none.
 *
 * @param signals of the firings, of length 1; firings without one are in no cluster
 * @param cosine least mean cosine at which two clusters are joined, in (0, 1]
 * @returns largest first, else by their first firing
 * @throws SvfError `cosine-out-of-range`
 */
export function signalClusters(
  firings: readonly SinkFiring[],
  signals: readonly (Float64Array | null)[],
  side: SignalSide,
  cosine: number = LEAST_COSINE,
): SignalCluster[] {
  demandCosine(cosine);
  const total = attentionOf(firings);
  const found = [...signals.entries()].flatMap(([firing, signal]) =>
    signal === null ? [] : [{ firing, signal }],
  );
  if (found.length === 0) return [];
  const labels = cutAtHeight(averageLinkage(cosineDistances(found.map(({ signal }) => signal))), 1 - cosine);
  return groupMembers(Array.from(labels))
    .map(([, places]): SignalCluster => {
      const members = places.map((place) => found[place].firing);
      const own = members.map((firing) => firings[firing]);
      return {
        side,
        size: members.length,
        heads: headsOf(own),
        explained: attentionOf(own) / total,
        direction: meanDirection(places.map((place) => found[place].signal)),
        members,
      };
    })
    .sort((one, other) => other.size - one.size);
}

/** 1 − cos of all pairs of vectors of length 1. */
function cosineDistances(signals: readonly Float64Array[]): CondensedDistances {
  const count = signals.length;
  const dModel = signals[0].length;
  const rows = new Float64Array(count * dModel);
  for (const [i, signal] of signals.entries()) rows.set(signal, i * dModel);
  const cosines = rowProducts(rows, rows, dModel);
  const values = new Float64Array((count * (count - 1)) / 2);
  let at = 0;
  for (let first = 0; first < count; first += 1) {
    for (let second = first + 1; second < count; second += 1) {
      values[at] = Math.max(0, 1 - cosines[first * count + second]);
      at += 1;
    }
  }
  return { count, values };
}

/** The mean of vectors of length 1, at length 1. */
export function meanDirection(signals: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(signals[0].length);
  for (const signal of signals) addScaled(sum, 0, 1, signal, 0, sum.length);
  const length = norm(sum, 0, sum.length);
  return length > 0 ? sum.map((value) => value / length) : sum;
}

function headsOf(firings: readonly SinkFiring[]): [number, number][] {
  const heads = new Map(
    firings.map(({ layer, head }) => [`${layer}.${head}`, [layer, head] as [number, number]]),
  );
  return [...heads.values()].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
}

function attentionOf(firings: readonly SinkFiring[]): number {
  return firings.reduce((sum, { attention }) => sum + attention, 0);
}

function demandCosine(cosine: number): void {
  if (cosine > 0 && cosine <= 1) return;
  throw new SvfError('Signals cannot be clustered at this cosine.', {
    code: 'cosine-out-of-range',
    path: ['cosine'],
    expected: 'a number above 0, at most 1',
    received: String(cosine),
    remedy: 'Give the least mean cosine of signals that count as the same, e.g. 0.5.',
  });
}

import type { CircuitDocument } from '../circuit/circuitDocument.ts';
import type { SignalKey } from './signal.ts';

/** A signal with what it is said to mean, and how that did on contexts held out. */
export interface InterpretedKey extends SignalKey {
  readonly interpretation: string;
  readonly precision: number | null;
  readonly recall: number;
  readonly significant: boolean;
}

/**
 * What the signals of a circuit's edges say, one for each edge, as its page shows them; null of edges into roots, of signals
 * that were not interpreted, and of interpretations that are not significant.
 */
export function edgeInterpretations(
  document: Pick<CircuitDocument, 'edges'>,
  signals: readonly InterpretedKey[],
): (string | null)[] {
  return signalsOfEdges(document, signals).map((signal) => (signal?.significant ? textOf(signal) : null));
}

/** The signal of each edge: the one of its downstream head, its type and its singular vectors, in whatever order; or null. */
export function signalsOfEdges<Known extends SignalKey>(
  { edges }: Pick<CircuitDocument, 'edges'>,
  signals: readonly Known[],
): (Known | null)[] {
  const known = new Map(signals.map((signal) => [keyOf(signal), signal]));
  return edges.map(({ to, type, singularVectors }) => {
    const [layer, head] = to;
    if (singularVectors === null || typeof layer !== 'number' || typeof head !== 'number') return null;
    return known.get(keyOf({ layer, head, side: type, singularVectors })) ?? null;
  });
}

function keyOf({ layer, head, side, singularVectors }: SignalKey): string {
  return JSON.stringify([layer, head, side, [...singularVectors].sort((a, b) => a - b)]);
}

function textOf({ interpretation, precision, recall }: InterpretedKey): string {
  const share = (value: number | null) => value?.toFixed(2) ?? '–';
  return `${interpretation} (precision ${share(precision)}, recall ${share(recall)})`;
}

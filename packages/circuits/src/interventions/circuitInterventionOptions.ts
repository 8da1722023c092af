import type { ForwardOptions } from '@svf-alignment/real-models';
import type { InterventionMode } from './intervention.ts';
import type { LogitTarget } from './logitTarget.ts';

/** Which edges of a circuit are intervened on, and how. */
export interface CircuitInterventionOptions extends Omit<ForwardOptions, 'taps'> {
  /** Places in the document; by default all that `interventionEdges` selects. */
  readonly edges?: readonly number[];
  /** Default `local`. */
  readonly mode?: InterventionMode;
  /** Add signals instead of subtracting them. */
  readonly boost?: boolean;
  /** Random controls for each edge, default 0. */
  readonly random?: number;
  /** Of the controls, default 0. */
  readonly seed?: number;
  /** Default: what the circuit is about (`logitTarget`). */
  readonly target?: LogitTarget;
}

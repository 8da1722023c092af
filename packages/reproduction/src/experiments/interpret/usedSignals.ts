import {
  type CircuitDocument,
  type Tracer,
  traceCircuit,
  type UsedSignal,
  UsedSignals,
} from '@svf-alignment/circuits';
import type { ForwardOptions } from '@svf-alignment/real-models';
import { promptObjective, type TraceObjective } from '../circuits/promptObjective.ts';
import type { TracePrompt } from '../circuits/tracePrompt.ts';

/** As `svf trace` does it. */
const OBJECTIVE: TraceObjective = { seeding: 'probability', targets: 'answer', tau: 0.8, steps: 64 };

export interface UsedSignalsOptions extends Pick<ForwardOptions, 'memoryLimit' | 'signal'> {
  readonly onPrompt?: (done: number) => void;
  /** Is given each circuit. */
  readonly onCircuit?: (document: CircuitDocument) => void;
}

/** The signals that circuits of some prompts use most. */
export async function usedSignals(
  tracer: Tracer,
  prompts: readonly TracePrompt[],
  most: number,
  options: UsedSignalsOptions = {},
): Promise<UsedSignal[]> {
  const { onPrompt, onCircuit, ...run } = options;
  const signals = new UsedSignals();
  let done = 0;
  for await (const context of tracer.contexts(prompts, run)) {
    const objective = promptObjective(OBJECTIVE, prompts[done], context.logits);
    const document = traceCircuit(context, objective);
    signals.add(context, document);
    onCircuit?.(document);
    done += 1;
    onPrompt?.(done);
  }
  return signals.mostUsed(most);
}

import { type FiringTrace, traceFirings } from '../firing/traceFiring.ts';
import type { UpstreamComponent } from '../firing/UpstreamGroups.ts';
import type { PromptContext } from '../prompt/promptContext.ts';
import type { Objective } from '../seeds/objective.ts';
import { type RootSeeds, rootSeeds } from '../seeds/rootSeeds.ts';
import { CircuitGraph } from './CircuitGraph.ts';
import { CIRCUIT_SCHEMA_VERSION, type CircuitDocument, type CircuitWarning } from './circuitDocument.ts';
import { circuitWarnings } from './circuitWarnings.ts';
import { documentedObjective } from './documentedObjective.ts';
import { FiringQueue } from './FiringQueue.ts';
import { seedWarnings } from './seedWarnings.ts';
import { type Threshold, thresholdAt } from './threshold.ts';

export interface TraceSettings {
  /** From which attention weight a head fires; default `dynamic`. */
  readonly threshold?: Threshold;
}

/**
 * The circuit of one prompt (attention-circuits §5): from the seeds of the objective, every firing is traced to the
 * components that cause it, and their heads in turn, each once, layer by layer from the top. A root none of whose
 * seeds is a head is left out; a circuit without roots is empty, which its warnings explain.
 *
 * @throws SvfError for an objective or a threshold that cannot be, and those of `traceFiring`
 */
export function traceCircuit(
  prompt: PromptContext,
  objective: Objective,
  settings: TraceSettings = {},
): CircuitDocument {
  const { threshold = 'dynamic' } = settings;
  const { model, text, tokens } = prompt;
  const thresholds = tokens.map((_, destination) => thresholdAt(threshold, destination));
  const roots = rootSeeds(prompt, objective);
  const graph = new CircuitGraph(prompt);
  const warnings: CircuitWarning[] = [];
  const queue = new FiringQueue(prompt, thresholds);
  for (const root of roots) {
    warnings.push(...seedWarnings(root, model.shape.heads));
    addRoot(graph, queue, root, tokens.length - 1, model.shape.heads);
  }
  for (const trace of traceFirings(prompt, queue.firings(), (destination) => thresholds[destination])) {
    warnings.push(...addFiring(graph, queue, trace, model.shape.heads));
  }
  return {
    schemaVersion: CIRCUIT_SCHEMA_VERSION,
    model: model.identity,
    prompt: text,
    settings: { threshold: typeof threshold === 'function' ? thresholds : threshold },
    tokens: tokens.map(({ id, text: own, label }) => ({ id, text: own, label })),
    objective: documentedObjective(objective, roots, model.decode, prompt.logits),
    warnings,
    nodes: graph.nodes,
    edges: graph.edges,
  };
}

function addRoot(
  graph: CircuitGraph,
  queue: FiringQueue,
  { label, seeds }: RootSeeds,
  end: number,
  heads: number,
): void {
  const isHead = ({ component }: UpstreamComponent): boolean => component < heads;
  if (!seeds.some(isHead)) return;
  const to = graph.root(label);
  for (const { weight, ...seed } of seeds) {
    const from = graph.component(end, seed);
    graph.edges.push({ from, to, type: 'd', singularVectors: null, weight });
    if (isHead(seed)) queue.add(seed, end);
  }
}

/** Adds what causes a firing, on either side. */
function addFiring(
  graph: CircuitGraph,
  queue: FiringQueue,
  { firing, ...trace }: FiringTrace,
  heads: number,
): readonly CircuitWarning[] {
  const { layer, head, destination, source } = firing;
  const to = graph.component(destination, { layer, component: head, token: source });
  const warnings: CircuitWarning[] = [];
  for (const [side, type, token] of [
    ['destination', 'd', destination],
    ['source', 's', source],
  ] as const) {
    const { contributions, givenUp } = trace[side];
    if (givenUp) warnings.push(givenUpWarning([layer, head, destination, source, side]));
    for (const { singularVectors, weight, ...upstream } of contributions) {
      if (upstream.token > token) continue;
      const from = graph.component(token, upstream);
      graph.edges.push({ from, to, type, singularVectors: [...singularVectors], weight });
      if (upstream.component < heads) queue.add(upstream, token);
    }
  }
  return warnings;
}

function givenUpWarning(path: CircuitWarning['path']): CircuitWarning {
  return {
    code: 'removal-limit',
    message: circuitWarnings['removal-limit'],
    path,
  };
}

import type { CircuitDocument } from '../../circuit/circuitDocument.ts';

/** What the weights of a circuit's edges measure (attention-circuits §4, §5), one sentence each. */
export function weightNotes({ objective, averaged }: CircuitDocument): string[] {
  return [
    'Weight of an edge into a head: what the head’s attention loses when this component’s terms are removed, after those removed before it.',
    `Weight of an edge into an output: ${intoOutput(objective)}.`,
    ...(averaged === undefined
      ? []
      : [
          'Weights here are means over all circuits of the average, 0 where one lacks the edge; attention is a mean over those that have the head.',
        ]),
  ];
}

function intoOutput(objective: CircuitDocument['objective']): string {
  switch (objective.seeding) {
    case 'probability':
      return `the component’s integrated gradient of the log-probability of the target${objective.targets.length === 1 ? '' : 's'}`;
    case 'linear':
      return `the component’s share of the logit${objective.wrong === null ? '' : ' difference'}, in logits`;
    case 'probe':
      return 'the component’s share of the projection on the probe';
  }
}

import type { EffectEstimates, Estimate, InterventionSummary } from '@svf-alignment/circuits';
import type { FolderTraces } from '@svf-alignment/reproduction';
import { count, counted, significant } from './numbers.ts';
import { type Cell, table } from './table.ts';

/** Circuits of many prompts as a reader wants them. */
export function traceSummaryText(traces: FolderTraces, folder: string): string {
  const { prompts, empty, right, nodes, edges, firings, singularVectors, interventions } = traces;
  const { one } = singularVectors;
  const rows: Cell[][] = [
    ['nodes', tell(nodes.mean), tell(nodes.median)],
    ['edges', tell(edges.mean), tell(edges.median)],
    ['firings', tell(firings.mean), tell(firings.median)],
    ['singular vectors per edge', tell(singularVectors.mean), tell(singularVectors.median)],
  ];
  return [
    `${counted(prompts, 'prompt')}${empty === 0 ? '' : `, ${count(empty)} of them without a circuit`}; circuits are in ${folder}`,
    ...(right.share === null
      ? []
      : [
          `the most probable token is right after ${count(right.right)} of ${counted(right.prompts, 'prompt')}`,
        ]),
    '',
    table([{ name: 'per circuit', align: 'left' }, { name: 'mean' }, { name: 'median' }], rows),
    ...(one === null
      ? []
      : [
          '',
          `${(100 * one).toFixed(1)} % of ${counted(singularVectors.edges, 'edge')} use exactly one singular vector`,
        ]),
    ...(interventions === null ? [] : ['', interventionText(interventions)]),
  ].join('\n');
}

/** What interventions of one kind do, beside their controls: means with 95 % intervals. */
export function interventionText(summary: InterventionSummary): string {
  const { mode, boost, edges, prompts, signals, controls, differences } = summary;
  const columns = [
    { name: boost ? 'added' : 'removed', align: 'left' as const },
    { name: 'attention drop' },
    { name: 'logit drop' },
    { name: 'norm ratio' },
    { name: 'cosine' },
  ];
  const row = (name: string, { attentionDrop, logitDifferenceDrop, normRatio, cosine }: EffectEstimates) => [
    name,
    ...[attentionDrop, logitDifferenceDrop, normRatio, cosine].map(estimate),
  ];
  const rows = [
    row('identified signals', signals),
    ...(controls === null ? [] : [row('random singular vectors', controls)]),
    ...(differences === null ? [] : [row('difference', differences)]),
  ];
  const of = `${counted(edges, 'edge')} of ${counted(prompts, 'prompt')}`;
  return [
    table(columns, rows),
    '',
    `One edge at a time, ${mode}; ${of}; means with 95 % bootstrap intervals over ${prompts === 1 ? 'edges' : 'prompts'}.`,
  ].join('\n');
}

function estimate(value: Estimate | null): string | null {
  if (value === null) return null;
  const { mean, meanInterval } = value;
  if (meanInterval === null) return significant(mean);
  const [low, high] = meanInterval.map(significant);
  return `${significant(mean)} (${low} to ${high})`;
}

function tell(value: number | null): string | null {
  return value === null ? null : significant(value);
}

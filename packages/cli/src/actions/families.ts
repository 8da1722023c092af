import {
  type FamilyPrompt,
  type FolderFamilies,
  type FolderFamiliesOptions,
  familiesInFolder,
  familyPrompts,
} from '@svf-alignment/reproduction';
import { withLanguageModel } from '../model/withLanguageModel.ts';
import { type TracingOptions, withTracingWorkers } from '../model/withTracingWorkers.ts';
import { count } from '../output/numbers.ts';
import { printResult } from '../output/printResult.ts';
import { table } from '../output/table.ts';
import { warn } from '../output/warn.ts';

export interface FamiliesOptions extends TracingOptions {
  readonly perTemplate: number;
  readonly set: FolderFamiliesOptions['kind'];
  readonly clusters?: number;
  readonly out: string;
  readonly seed?: number;
}

/** `svf families`. */
export async function families(options: FamiliesOptions): Promise<void> {
  const { set: kind, clusters = null, out: folder, seed = 0 } = options;
  const prompts = await promptsOf(options);
  const found = await withTracingWorkers(options, folder, (run) =>
    familiesInFolder({ ...run, prompts, kind, clusters, seed }),
  );
  tell(options, found, folder);
}

/** Prompts in ids of the model's tokens: a model that cannot say them is told before workers start. */
function promptsOf(options: FamiliesOptions): Promise<readonly FamilyPrompt[]> {
  const { perTemplate, seed = 0, bos } = options;
  return withLanguageModel(options, async ({ language: { model } }) =>
    familyPrompts(model, { perTemplate, seed, ...(!bos && { bos }) }),
  );
}

function tell(options: FamiliesOptions, found: FolderFamilies, folder: string): void {
  if (found.empty > 0) {
    warn(
      options,
      `${count(found.empty)} of ${count(found.circuits)} circuits have no edge; they count as equal.`,
    );
  }
  printResult(options, {
    json: () => ({ ...found, out: folder }),
    csv: () =>
      found.clusters.map(({ size, orders, templates, representative, prompt }, i) => ({
        family: i + 1,
        size,
        ABBA: orders.ABBA ?? 0,
        BABA: orders.BABA ?? 0,
        templates: Object.keys(templates).join(' '),
        representative,
        prompt,
      })),
    text: () => text(found, folder),
  });
}

function text({ circuits, adjustedRandIndex, clusters, bestCuts }: FolderFamilies, folder: string): string {
  const rows = clusters.map(({ size, orders, templates, prompt }, i) => [
    i + 1,
    count(size),
    orders.ABBA ?? 0,
    orders.BABA ?? 0,
    Object.keys(templates).length,
    prompt,
  ]);
  const { order, template, nullMean, nullUpper } = adjustedRandIndex;
  const best = (name: 'order' | 'template') => {
    const cut = bestCuts?.[name];
    return cut === undefined
      ? [null, null, null]
      : [cut.adjustedRandIndex.toFixed(3), cut.clusters, cut.nullUpper.toFixed(3)];
  };
  return [
    `${count(circuits)} circuits; families.json and pages of representatives and averages are in ${folder}`,
    '',
    table(
      [
        { name: 'family' },
        { name: 'circuits' },
        { name: 'ABBA' },
        { name: 'BABA' },
        { name: 'templates' },
        { name: 'representative', align: 'left' },
      ],
      rows,
    ),
    '',
    table(
      [
        { name: 'agreement with', align: 'left' },
        { name: `in ${clusters.length}` },
        { name: 'best' },
        { name: 'in' },
        { name: 'best by chance' },
      ],
      [
        ['order', order.toFixed(3), ...best('order')],
        ['template', template.toFixed(3), ...best('template')],
      ],
    ),
    '',
    `Adjusted Rand index; with labels shuffled ${nullMean.toFixed(3)} on average, below ${nullUpper.toFixed(3)} in 95 %.`,
  ].join('\n');
}

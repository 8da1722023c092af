import type { FolderFamilies } from '@svf-alignment/reproduction';
import { count } from './numbers.ts';
import { table } from './table.ts';

/** Families as a reader wants them; of labels only those that differ between prompts. */
export function familiesText(found: FolderFamilies, folder: string): string {
  const { circuits, adjustedRandIndex, clusters, bestCuts } = found;
  const labels = (['order', 'template'] as const).filter((name) => differ(found, name));
  const hasOrders = labels.includes('order');
  const hasTemplates = labels.includes('template');
  const rows = clusters.map(({ size, orders, templates, prompt }, i) => [
    i + 1,
    count(size),
    ...(hasOrders ? [orders.ABBA ?? 0, orders.BABA ?? 0] : []),
    ...(hasTemplates ? [Object.keys(templates).length] : []),
    prompt,
  ]);
  const agreement = labels.map((name) => {
    const cut = bestCuts?.[name];
    const best =
      cut === undefined
        ? [null, null, null]
        : [cut.adjustedRandIndex.toFixed(3), cut.clusters, cut.nullUpper.toFixed(3)];
    return [name, adjustedRandIndex[name].toFixed(3), ...best];
  });
  const { nullMean, nullUpper } = adjustedRandIndex;
  return [
    `${count(circuits)} ${circuits === 1 ? 'circuit' : 'circuits'}; families.json and pages of representatives and averages are in ${folder}`,
    '',
    table(
      [
        { name: 'family' },
        { name: 'circuits' },
        ...(hasOrders ? [{ name: 'ABBA' }, { name: 'BABA' }] : []),
        ...(hasTemplates ? [{ name: 'templates' }] : []),
        { name: 'representative', align: 'left' as const },
      ],
      rows,
    ),
    ...(labels.length === 0
      ? []
      : [
          '',
          table(
            [
              { name: 'agreement with', align: 'left' },
              { name: `in ${clusters.length}` },
              { name: 'best' },
              { name: 'in' },
              { name: 'best by chance' },
            ],
            agreement,
          ),
          '',
          `Adjusted Rand index; with labels shuffled ${nullMean.toFixed(3)} on average, below ${nullUpper.toFixed(3)} in 95 %.`,
        ]),
  ].join('\n');
}

function differ({ clusters }: FolderFamilies, name: 'order' | 'template'): boolean {
  const values = clusters.flatMap(({ orders, templates }) =>
    Object.keys(name === 'order' ? orders : templates),
  );
  return new Set(values).size > 1;
}

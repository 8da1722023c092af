import { rankedTargets } from '@svf-alignment/toy';
import { beside } from '../../figures/concatenate.ts';
import { heatmap } from '../../figures/heatmap.ts';
import { lineChart } from '../../figures/lineChart.ts';
import type { Outcome } from '../../lab/experiment.ts';
import type { Figure } from '../../lab/figure.ts';
import { alignmentBySetting } from './alignmentBySetting.ts';
import {
  RECONSTRUCTIONS,
  type Reconstruction,
  type RobustnessTask,
  reconstructionNames,
  type SweptSetting,
} from './robustnessTask.ts';

/** Mean alignment over the setting, and every feature's, as in Fig. 12 and 14 to 17. */
export function robustnessFigures(
  { id, name, symbol, scale }: SweptSetting,
  outcomes: readonly Outcome<RobustnessTask>[],
): Figure[] {
  const pairs = rankedTargets(outcomes[0].config.toy);
  const seeds = new Set(outcomes.map(({ config }) => config.toy.seed)).size;
  const panel = (reconstruction: Reconstruction, last: boolean) => {
    const settings = alignmentBySetting(outcomes, reconstruction);
    return heatmap({
      values: settings.map(({ features }) => features),
      rows: { labels: settings.map(({ value }) => `${value}`), title: symbol },
      columns: {
        labels: [...pairs.map(({ query }) => `w${query}`), ...pairs.map(({ key }) => `w${key}`)],
        title: reconstructionNames[reconstruction],
      },
      colours: 'sequential',
      domain: [0, 1],
      legend: last ? '|cos|' : null,
      decimals: 2,
      cell: 40,
    });
  };
  return [
    {
      id: `${id}-alignment`,
      title: `Alignment against ${name}`,
      caption: `Mean |cos| of features of interest and the singular vectors of their rank: mean over ${seeds} seeds, the band from the least to the largest.`,
      specification: lineChart({
        series: RECONSTRUCTIONS.map((reconstruction) => {
          const settings = alignmentBySetting(outcomes, reconstruction);
          return {
            name: reconstructionNames[reconstruction],
            x: settings.map(({ value }) => value),
            y: settings.map(({ means }) => means.reduce((sum, mean) => sum + mean, 0) / means.length),
            band: {
              low: settings.map(({ means }) => Math.min(...means)),
              high: settings.map(({ means }) => Math.max(...means)),
            },
          };
        }),
        x: { title: `${name} ${symbol}`, scale },
        y: { title: 'mean |cos|', domain: [0, 1] },
        points: true,
        width: 420,
      }),
    },
    {
      id: `${id}-features`,
      title: `Alignment of each feature against ${name}`,
      caption:
        '|cos| of every feature of interest with the singular vector of its pair’s rank, mean over seeds: query features ' +
        'with left ones, then key features with right ones, each in descending order of target.',
      specification: beside(
        RECONSTRUCTIONS.map((reconstruction, i) => panel(reconstruction, i === RECONSTRUCTIONS.length - 1)),
      ),
    },
  ];
}

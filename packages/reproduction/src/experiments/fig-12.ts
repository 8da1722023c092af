import { beside } from '../figures/concatenate.ts';
import { lineChart } from '../figures/lineChart.ts';
import type { Claim } from '../lab/claim.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import type { Figure } from '../lab/figure.ts';
import { claimAtLeast, claimInOrder } from '../lab/judgedClaim.ts';
import { alignmentBySetting } from './toy/alignmentBySetting.ts';
import { alignmentCurves } from './toy/alignmentCurves.ts';
import { alignmentStep } from './toy/alignmentStep.ts';
import { rankCorrelation } from './toy/rankCorrelation.ts';
import { robustness } from './toy/robustness.ts';
import {
  RECONSTRUCTIONS,
  type Reconstruction,
  type RobustnessTask,
  reconstructionNames,
} from './toy/robustnessTask.ts';

/** 1 down to 0.02 in six equal steps of the logarithm. */
const GRID = Array.from({ length: 7 }, (_, k) => Number((0.02 ** (k / 6)).toPrecision(3)));
/** The least probability at which the paper says that features align, and one at which they do not. */
const LEAST = GRID[5];
const TOO_RARE = GRID[6];

const sweep = robustness({
  id: 'fig-12',
  figures: ['Fig. 12', 'Fig. 13'],
  title: 'Robustness: feature probability',
  summary:
    `How often a feature is present in a token, from always down to ${TOO_RARE}; the paper's default is 0.52. ` +
    'Alignment is also followed through training.',
  minutes: { quick: 0.3, paper: 1.7 },
  name: 'feature probability',
  symbol: 'p',
  scale: 'log',
  values: { quick: [0, 1, 3, 5, 6].map((k) => GRID[k]), paper: GRID },
  change: (featureProbability) => ({ featureProbability }),
  aligns: (probability) => probability >= LEAST,
  bound: 0.99,
  snapshots: 40,
});

/** Feature probability: where alignment ends (Fig. 12), and how soon it comes (Fig. 13). */
export const fig12: Experiment<RobustnessTask> = {
  ...sweep,
  claims: (outcomes) => [...sweep.claims(outcomes), limit(outcomes), ...sooner(outcomes)],
  draw: (outcomes) => [...sweep.draw(outcomes), dynamics(outcomes)],
};

function limit(outcomes: readonly Outcome<RobustnessTask>[]): Claim {
  const settings = alignmentBySetting(outcomes, 'mean');
  const average = (probability: number) => {
    const { means } = settings[settings.findIndex(({ value }) => value === probability)];
    return means.reduce((sum, mean) => sum + mean, 0) / means.length;
  };
  return claimAtLeast({
    id: 'fig-12/limit',
    figure: 'Fig. 12',
    claim: `Below p = ${LEAST} pairs are too rare to be learned: the fall of mean |cos| from there to ${TOO_RARE}.`,
    paper: 'a fall',
    measured: average(LEAST) - average(TOO_RARE),
    bound: 0.1,
    note: 'Loss averaged over features; mean over seeds.',
  });
}

function sooner(outcomes: readonly Outcome<RobustnessTask>[]): Claim[] {
  const curves = alignmentCurves(outcomes, 'mean');
  const last = Math.max(...outcomes.map(({ config }) => config.toy.steps));
  const dated = curves.map(({ value, curve }) => ({ value, step: alignmentStep(curve) ?? last + 1 }));
  const rare = dated.filter(({ value }) => value <= LEAST);
  const frequent = dated.filter(({ value }) => value > LEAST);
  const listed = dated.map(({ value, step }) => `${value}: ${step > last ? 'never' : step}`);
  return [
    claimAtLeast({
      id: 'fig-13/sooner',
      figure: 'Fig. 13',
      claim:
        'Features that are present more often align sooner: rank correlation of rarity and the step from which mean |cos| stays above 0.9.',
      paper: 'sooner',
      measured: rankCorrelation(
        dated.map(({ value }) => -value),
        dated.map(({ step }) => step),
      ),
      bound: 0.8,
      note: `Loss averaged over features, mean over seeds. Step by p: ${listed.join('; ')}.`,
    }),
    claimInOrder({
      id: 'fig-13/rarest-last',
      figure: 'Fig. 13',
      claim: `The rarest features align last, those of p = ${rare.map(({ value }) => value).join(' and ')}.`,
      paper: 'sooner',
      moments: [
        [`all p above ${LEAST}`, Math.max(...frequent.map(({ step }) => step))],
        ...rare.map(({ value, step }) => [`p = ${value}`, step] as const),
      ],
      note: `A step after the last, ${last + 1}, stands for never.`,
    }),
  ];
}

function dynamics(outcomes: readonly Outcome<RobustnessTask>[]): Figure {
  const panel = (reconstruction: Reconstruction) => {
    const curves = alignmentCurves(outcomes, reconstruction);
    const end = Math.max(...curves[0].curve.map(([step]) => step));
    return lineChart({
      series: curves.map(({ value, curve }) => ({
        name: `${value}`,
        x: curve.map(([step]) => step),
        y: curve.map(([, mean]) => mean),
      })),
      x: { title: `step, ${reconstructionNames[reconstruction]}`, domain: [0, end] },
      y: { title: 'mean |cos|', domain: [0, 1] },
      width: 360,
      height: 240,
    });
  };
  return {
    id: 'fig-13-steps',
    title: 'Alignment through training, by feature probability',
    caption:
      'Mean |cos| of features of interest and the singular vectors of their rank, one curve for each p; mean over seeds.',
    specification: beside(RECONSTRUCTIONS.map(panel)),
  };
}

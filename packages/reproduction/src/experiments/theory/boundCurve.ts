import {
  PAPER_EPSILON_LIMIT,
  PARTICULAR_EPSILON_LIMIT,
  type Theorem2CurvePoint,
  theorem2Bound,
  theorem2Curve,
  theorem2ParticularBound,
} from '@svf-alignment/theory';
import { lineChart, type Series } from '../../figures/lineChart.ts';
import type { Claim } from '../../lab/claim.ts';
import type { Profile } from '../../lab/experiment.ts';
import type { Figure } from '../../lab/figure.ts';
import { claimAtLeast, claimAtMost } from '../../lab/judgedClaim.ts';
import type { JsonObject, Result } from '../../lab/result.ts';

/** The bounds of Theorem 2 and what is measured, over ε. */
export type CurveTask = {
  readonly seed: number;
  readonly dimension: number;
  /** Random cases at each ε. */
  readonly samples: number;
  readonly epsilons: readonly number[];
};

const SAMPLES: Readonly<Record<Profile, number>> = { quick: 200, paper: 2_000 };
/** In hundredths where the paper claims something, wider apart beyond. */
const EPSILONS = [
  ...Array.from({ length: 18 }, (_, i) => (i + 1) / 100),
  ...Array.from({ length: 20 }, (_, i) => (5 + i) / 25),
];
/** Pieces that a bound is drawn of. */
const PIECES = 60;

export function curveTask(profile: Profile, seed: number): CurveTask {
  return { seed, dimension: 10, samples: SAMPLES[profile], epsilons: EPSILONS };
}

export function isCurveTask(task: JsonObject): task is CurveTask {
  return 'epsilons' in task;
}

export function runCurve(task: CurveTask): Result {
  return { values: { points: theorem2Curve(task).map((point) => ({ ...point })) }, tensors: {} };
}

export function curvePoints({ values }: Result): readonly Theorem2CurvePoint[] {
  return values.points as unknown as readonly Theorem2CurvePoint[];
}

export function curveClaims(points: readonly Theorem2CurvePoint[]): Claim[] {
  const covered = points.flatMap(({ epsilon, worstSine, paperBound }) =>
    paperBound === null ? [] : [{ epsilon, ratio: worstSine / paperBound }],
  );
  const tightest = covered.reduce((high, point) => (point.ratio > high.ratio ? point : high));
  const loosest = covered.reduce((low, point) => (point.ratio < low.ratio ? point : low));
  const ends = (1 / loosest.ratio).toFixed(1);
  return [
    claimAtMost({
      id: 'thm-2/looseness',
      figure: 'Theorem 2',
      claim:
        'Even the worst case that a search over E and q finds keeps to the bound of the paper: largest sine/bound.',
      paper: '≤ 1',
      measured: tightest.ratio,
      bound: 1,
      note:
        `The bound is loose: at least ${(1 / tightest.ratio).toFixed(1)} times the worst case (ε = ` +
        `${tightest.epsilon.toFixed(3)}), ${ends} times at ε = ${loosest.epsilon.toFixed(3)}, and from there on there is none.`,
    }),
    claimAtLeast({
      id: 'thm-2/sharpness',
      figure: 'Theorem 2, sharp (not in the paper)',
      claim:
        'The search attains the sharp bound, sine ≤ ε, at every ε: smallest of the largest sines, over ε.',
      paper: null,
      measured: Math.min(...points.map(({ worstSine, sharpBound }) => worstSine / sharpBound)),
      bound: 0.9999,
    }),
  ];
}

export function curveFigures(points: readonly Theorem2CurvePoint[], task: CurveTask): Figure[] {
  return [
    {
      id: 'thm-2-bounds',
      title: 'Both bounds of Theorem 2 and measured angles, where the paper claims something',
      caption:
        'Angle between a feature q and the singular vector Σ⁻¹q of the best head, Σ = α(I + E) with ‖E‖ = ε, in ' +
        `${task.dimension} dimensions. Dots: the worst that a search over E and q finds; it lies on the sharp bound. ` +
        `Shaded: ${task.samples} random cases at each ε, with their median. The bound of the paper ends at ε = 1 − ` +
        `√(2/3) ≈ ${PAPER_EPSILON_LIMIT.toFixed(3)}, its simplified form at 1/12; both reach 90° there.`,
      specification: chart(
        points.filter(({ epsilon }) => epsilon < PAPER_EPSILON_LIMIT),
        PAPER_EPSILON_LIMIT,
      ),
    },
    {
      id: 'thm-2-all-epsilons',
      title: 'The same for all ε',
      caption: 'The sharp bound holds up to ε = 1, where Σ becomes singular.',
      specification: chart(points, 1),
    },
  ];
}

function chart(points: readonly Theorem2CurvePoint[], end: number): JsonObject {
  const epsilons = points.map(({ epsilon }) => epsilon);
  const measured = (quantity: (point: Theorem2CurvePoint) => number) => points.map(quantity).map(degrees);
  return lineChart({
    series: [
      bound('sharp bound', end, (epsilon) => epsilon),
      bound('Theorem 2', PAPER_EPSILON_LIMIT, theorem2Bound),
      bound('simplified', PARTICULAR_EPSILON_LIMIT, theorem2ParticularBound),
      { name: 'worst found', x: epsilons, y: measured(({ worstSine }) => worstSine), as: 'points' },
      {
        name: 'random',
        x: epsilons,
        y: measured(({ medianSine }) => medianSine),
        band: { low: points.map(() => 0), high: measured(({ largestSine }) => largestSine) },
      },
    ],
    x: { title: 'ε', domain: [0, end] },
    y: { title: 'angle (degrees)', domain: [0, 90] },
    width: 520,
    height: 260,
  });
}

/** From 0 to where it ends, in pieces that become shorter: bounds are steep there. */
function bound(name: string, end: number, sine: (epsilon: number) => number): Series {
  const x = Array.from({ length: PIECES + 1 }, (_, i) => end * (1 - (1 - i / PIECES) ** 2));
  return { name, x, y: x.map((epsilon) => degrees(sine(epsilon))) };
}

function degrees(sine: number): number {
  return (180 / Math.PI) * Math.asin(Math.min(1, sine));
}

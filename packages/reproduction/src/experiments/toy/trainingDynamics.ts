import { cosineMatrix } from '@svf-alignment/core';
import {
  headDecomposition,
  parameterMatrix,
  rankedTargets,
  type Snapshot,
  type ToyConfig,
} from '@svf-alignment/toy';

/** |cos| over training, [pair][snapshot]; pairs in descending order of target. Query side `left`, key side `right`. */
export interface TrainingDynamics {
  readonly steps: Float64Array;
  /** u_k with its final self, and v_k. */
  readonly vectors: Sides;
  /** The pair's query feature with its final self, and its key feature. */
  readonly features: Sides;
  /** u_k with the pair's query feature at the same step, and v_k with its key feature. */
  readonly alignment: Sides;
  /** Whether some singular vector, of whatever rank, has |cos| above 0.9 with both features of the pair. */
  readonly aligned: readonly boolean[][];
  /** Attention loss and its divergence part, on the held-out batch. */
  readonly attention: Float64Array;
  readonly klDivergence: Float64Array;
}

export interface Sides {
  readonly left: Float64Array[];
  readonly right: Float64Array[];
}

/** Above this |cos| a singular vector counts as aligned with a feature. */
const ALIGNED = 0.9;

/** Compares singular vectors and features across a training's snapshots, as in Fig. 3 of the paper. */
export function trainingDynamics(config: ToyConfig, snapshots: readonly Snapshot[]): TrainingDynamics {
  const pairs = rankedTargets(config).slice(0, config.headDimension);
  const models = snapshots.map(({ parameters }) => {
    const { U, V } = headDecomposition(config, parameters);
    const features = parameterMatrix(config, parameters, 'W');
    return {
      left: U.subMatrixColumn(pairs.map((_, k) => k)),
      right: V.subMatrixColumn(pairs.map((_, k) => k)),
      queryFeatures: features.subMatrixColumn(pairs.map(({ query }) => query)),
      keyFeatures: features.subMatrixColumn(pairs.map(({ key }) => key)),
      U,
      V,
    };
  });
  const last = models[models.length - 1];
  type Model = typeof last;
  const over = (a: (model: Model) => Model['U'], b: (model: Model) => Model['U']): Float64Array[] => {
    const cosines = models.map((model) => cosineMatrix(a(model), b(model)));
    return pairs.map((_, k) => Float64Array.from(cosines, (matrix) => Math.abs(matrix.get(k, k))));
  };
  return {
    steps: Float64Array.from(snapshots, ({ step }) => step),
    vectors: {
      left: over(
        (model) => model.left,
        () => last.left,
      ),
      right: over(
        (model) => model.right,
        () => last.right,
      ),
    },
    features: {
      left: over(
        (model) => model.queryFeatures,
        () => last.queryFeatures,
      ),
      right: over(
        (model) => model.keyFeatures,
        () => last.keyFeatures,
      ),
    },
    alignment: {
      left: over(
        (model) => model.left,
        (model) => model.queryFeatures,
      ),
      right: over(
        (model) => model.right,
        (model) => model.keyFeatures,
      ),
    },
    aligned: pairs.map((_, k) =>
      models.map(({ U, V, queryFeatures, keyFeatures }) => {
        const query = cosineMatrix(queryFeatures, U);
        const key = cosineMatrix(keyFeatures, V);
        return Array.from({ length: U.columns }, (_, column) => column).some(
          (column) => Math.abs(query.get(k, column)) > ALIGNED && Math.abs(key.get(k, column)) > ALIGNED,
        );
      }),
    ),
    attention: Float64Array.from(snapshots, ({ losses }) => losses.attention),
    klDivergence: Float64Array.from(snapshots, ({ losses }) => losses.klDivergence),
  };
}

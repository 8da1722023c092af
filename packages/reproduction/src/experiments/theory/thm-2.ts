import type { Experiment, Outcome } from '../../lab/experiment.ts';
import { type BlockTask, runBlock } from './blockTask.ts';
import {
  type CurveTask,
  curveClaims,
  curveFigures,
  curvePoints,
  curveTask,
  isCurveTask,
  runCurve,
} from './boundCurve.ts';
import { theoremExperiment } from './theoremExperiment.ts';

type Task = BlockTask | CurveTask;

const statements = theoremExperiment({
  id: 'thm-2',
  title: 'Theorem 2: nearly isotropic features, the bound and a sharp one',
  summary:
    'How far the singular vectors of the best head may be from the features when these are only nearly isotropic: the ' +
    'bound of the paper, and beside it the smallest possible one, which holds at every anisotropy. Both are run on ' +
    'random matrices and frames, and searched for their worst cases.',
  figures: ['Appendix B.2.3', 'Theorem 2'],
  version: 1,
  minutes: { quick: 0.1, paper: 1 },
  paper: ['theorem2', 'theorem2-particular'],
  own: ['theorem2-sharp', 'theorem2-condition', 'theorem2-attained'],
});

/** Theorem 2, as in the paper and in its sharp form. */
export const thm2: Experiment<Task> = {
  ...statements,
  tasks: (profile, seed) => [curveTask(profile, seed), ...statements.tasks(profile, seed)],
  run: async (task) => (isCurveTask(task) ? runCurve(task) : runBlock(task)),
  claims: (outcomes) => [
    ...statements.claims(outcomes.filter(isBlock)),
    ...outcomes.filter(isCurve).flatMap(({ result }) => curveClaims(curvePoints(result))),
  ],
  draw: (outcomes) =>
    outcomes.filter(isCurve).flatMap(({ config, result }) => curveFigures(curvePoints(result), config)),
};

function isCurve(outcome: Outcome<Task>): outcome is Outcome<CurveTask> {
  return isCurveTask(outcome.config);
}

function isBlock(outcome: Outcome<Task>): outcome is Outcome<BlockTask> {
  return !isCurveTask(outcome.config);
}

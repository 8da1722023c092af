import type { Claim } from '../../lab/claim.ts';
import { type Criterion, criterionNotRun } from '../language/criterion.ts';
import { sameModel } from '../language/sameModel.ts';

const SLIDES_MODELS = ['gpt2', 'EleutherAI/pythia-160m'] as const;

/** Claims of the slides' models that were not run. */
export function slidesNotRun<View>(
  experiment: string,
  criteria: readonly Criterion<View>[],
  models: readonly string[],
): Claim[] {
  const missing = SLIDES_MODELS.filter((model) => !models.some((own) => sameModel(own, model)));
  return missing.flatMap((model) =>
    criteria.map((criterion) =>
      criterionNotRun(criterion, model, `Needs its weights: svf reproduce ${experiment} --model ${model}`),
    ),
  );
}

import type { Claim } from './claim.ts';
import type { Experiment } from './experiment.ts';
import type { TaskFailure } from './experimentRun.ts';
import { failureReason } from './failureReason.ts';
import { claimNotRun } from './judgedClaim.ts';
import type { JsonObject } from './result.ts';

/** A language model of which an experiment has no results while it has those of others, and why. */
export interface MissingModel {
  readonly model: string;
  readonly reason: string;
}

/** The language model that a task is about; null for one that belongs to the experiment as a whole. */
export function taskModel({ runsLanguageModels }: Experiment, { model }: JsonObject): string | null {
  return runsLanguageModels === true && typeof model === 'string' ? model : null;
}

/** The models that failures are about, in their order. */
export function missingModels(failures: readonly TaskFailure[]): MissingModel[] {
  const models = [...new Set(failures.flatMap(({ model }) => model ?? []))];
  return models.map((model) => {
    const own = failures.filter((failure) => failure.model === model);
    return { model, reason: failureReason(own.map(({ error }) => error)) };
  });
}

/**
 * The claims of an experiment that some models are missing from: the reason in what the paper claims of them, and one more,
 * not run, for each of which it claims nothing.
 */
export function claimsWithMissing(
  { id, figures }: Experiment,
  claims: readonly Claim[],
  missing: readonly MissingModel[],
): Claim[] {
  const told = claims.map((claim) => {
    const own = missing.find(({ model }) => claim.claim.startsWith(`${model}: `));
    if (claim.verdict !== 'not run' || own === undefined) return claim;
    return { ...claim, note: claim.note === undefined ? own.reason : `${own.reason} ${claim.note}` };
  });
  const isTold = (model: string) => claims.some(({ claim }) => claim.startsWith(`${model}: `));
  const added = missing
    .filter(({ model }) => !isTold(model))
    .map(({ model, reason }) =>
      claimNotRun({
        // The page makes an anchor of it, which holds no blanks.
        id: `${id}/${encodeURIComponent(model)}/not-run`,
        figure: figures.join(', '),
        claim: `${model}: everything that is measured of a model here.`,
        paper: null,
        tolerance: 'as for other models',
        note: reason,
      }),
    );
  return [...told, ...added];
}

import { addScaled } from '../kernels/matrixVector.ts';
import type { PromptContext } from '../prompt/promptContext.ts';
import { demandDirection, demandLayer, demandOptions } from './demandObjective.ts';
import { linearSeeds } from './linearSeeds.ts';
import { logitsOf } from './logitsOf.ts';
import { frozenSupport } from './logProbability.ts';
import type { LinearObjective, Objective, ProbabilityObjective, ProbeObjective } from './objective.ts';
import { probabilitySeeds } from './probabilitySeeds.ts';
import { residualShares } from './residualShares.ts';
import { logitRootLabel, probabilityRootLabel } from './rootLabels.ts';
import type { SeedSelection } from './seed.ts';
import { demandToken, targetTokens } from './targetTokens.ts';

/** A root of a circuit and what it begins with. */
export interface RootSeeds extends SeedSelection {
  readonly label: string;
  /** Tokens that the root is about; none for a probe. */
  readonly tokens: readonly number[];
}

const DEFAULT_TAU = 0.8;
const DEFAULT_STEPS = 64;

/**
 * The seeds of every root of an objective (attention-circuits §5).
 *
 * @throws SvfError for tokens, layers, directions and options that cannot be, and those of `logitsOf`
 */
export function rootSeeds(prompt: PromptContext, objective: Objective): readonly RootSeeds[] {
  switch (objective.seeding) {
    case 'probability':
      return [probabilityRoot(prompt, objective)];
    case 'linear':
      return linearRoots(prompt, objective);
    case 'probe':
      return [probeRoot(prompt, objective)];
  }
}

function probabilityRoot(prompt: PromptContext, objective: ProbabilityObjective): RootSeeds {
  const { tau = DEFAULT_TAU, steps = DEFAULT_STEPS, targets } = objective;
  demandOptions(tau, steps);
  const logits = logitsOf(prompt);
  const tokens = targetTokens(logits, targets);
  const selection = probabilitySeeds(prompt, logits, frozenSupport(logits, tokens), { tau, steps });
  return {
    ...selection,
    tokens,
    label: probabilityRootLabel(tokens.map(prompt.model.decode)),
  };
}

function linearRoots(prompt: PromptContext, { targets, wrong }: LinearObjective): readonly RootSeeds[] {
  const { model, finalScale } = prompt;
  const { vocabulary, layers } = model.shape;
  const tokens = targetTokens(prompt.logits, targets);
  const single = 'tokens' in targets && tokens.length === 1;
  if (wrong !== undefined) demandToken(vocabulary, wrong, ['wrong']);
  const scale = finalScale[prompt.tokens.length - 1];
  return tokens.map((token) => {
    const direction = unembeddingDirection(prompt, token, wrong);
    const selection = linearSeeds(residualShares(prompt, direction, layers, scale));
    const label = single ? 'Logit direction' : logitRootLabel(model.decode(token));
    return { ...selection, tokens: [token], label };
  });
}

function probeRoot(prompt: PromptContext, { layer, direction }: ProbeObjective): RootSeeds {
  const { layers, dModel } = prompt.model.shape;
  demandLayer(layers, layer);
  demandDirection(dModel, direction);
  const selection = linearSeeds(residualShares(prompt, direction, layer + 1, 1));
  return { ...selection, tokens: [], label: 'Probe' };
}

/** W_U[:, token], minus W_U[:, wrong] if there is one. */
function unembeddingDirection(
  { model }: PromptContext,
  token: number,
  wrong: number | undefined,
): Float64Array {
  const { dModel } = model.shape;
  const direction = model.unembedding.slice(token * dModel, (token + 1) * dModel);
  if (wrong !== undefined) addScaled(direction, 0, -1, model.unembedding, wrong * dModel, dModel);
  return direction;
}

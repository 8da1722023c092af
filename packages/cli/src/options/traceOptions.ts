import { type Command, InvalidArgumentError, Option } from 'commander';
import type { OutputOptions } from './commonOptions.ts';
import type { ForwardOptions } from './forwardOptions.ts';
import { fraction } from './fraction.ts';
import { integer } from './integer.ts';
import type { ModelOptions } from './modelOptions.ts';
import type { PromptOptions } from './promptOptions.ts';

/** What a circuit is to explain, and how it is traced. */
export interface ObjectiveOptions {
  readonly answer?: readonly string[];
  readonly wrong?: string;
  readonly topK?: number;
  readonly topP?: number;
  readonly seeding: 'prob' | 'linear';
  readonly threshold: 'dynamic' | number;
  readonly tau: number;
  readonly igSteps: number;
  readonly probe?: string;
  readonly layer?: number;
}

/** Options of `svf trace`. */
export interface TraceOptions
  extends OutputOptions,
    ModelOptions,
    PromptOptions,
    ForwardOptions,
    ObjectiveOptions {
  readonly save?: readonly string[];
  readonly out?: string;
  /** Of many prompts: edges of each circuit, the strongest, that are removed one by one. */
  readonly interventions: number;
  readonly workers?: number;
}

/** Adds what says which prediction a circuit explains, and from which attention weight on heads are traced. */
export function addObjectiveOptions(command: Command): Command {
  const answer = new Option(
    '--answer <token>',
    'token whose prediction is explained, as text or #id; may be given several times',
  ).argParser((text: string, earlier: readonly string[] = []) => [...earlier, text]);
  const topK = new Option(
    '--top-k <count>',
    'instead of --answer, so many of the most probable tokens',
  ).argParser(integer({ least: 1 }));
  const topP = new Option(
    '--top-p <probability>',
    'instead of --answer, the most probable tokens that reach this probability together',
  ).argParser(fraction({ positive: true }));
  const probe = new Option(
    '--probe <file>',
    'instead of --answer, a direction: the one tensor of a safetensors file, [dModel]',
  );
  return command
    .addOption(answer.conflicts(['topK', 'topP', 'probe']))
    .option('--wrong <token>', 'token to contrast with, with --seeding linear')
    .addOption(topK.conflicts(['topP', 'probe']))
    .addOption(topP.conflicts('probe'))
    .addOption(probe)
    .option('--layer <layer>', 'layer after which the direction of --probe is read', integer({ least: 0 }))
    .addOption(
      new Option('--seeding <kind>', '`prob`: the probability of the tokens; `linear`: their logit')
        .choices(['prob', 'linear'])
        .default('prob'),
    )
    .option(
      '--threshold <weight>',
      '`dynamic`, min(1, 2.5 / (d + 1)), or an attention weight',
      threshold,
      'dynamic',
    )
    .option(
      '--tau <share>',
      'share of the objective that seeds account for',
      fraction({ positive: true }),
      0.8,
    )
    .option(
      '--ig-steps <count>',
      "steps of the seeds' integrated gradients",
      integer({ least: 1, most: 10_000 }),
      64,
    );
}

function threshold(text: string): 'dynamic' | number {
  if (text === 'dynamic') return text;
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It must be `dynamic` or a number from 0 to 1.');
}

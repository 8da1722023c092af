import { type Command, InvalidArgumentError } from 'commander';
import { addOutputOptions } from '../options/commonOptions.ts';
import { addForwardOptions } from '../options/forwardOptions.ts';
import { integer } from '../options/integer.ts';
import { addModelOptions } from '../options/modelOptions.ts';
import { addPromptOptions } from '../options/promptOptions.ts';
import { addObjectiveOptions, type TraceOptions } from '../options/traceOptions.ts';

const formats = ['.json', '.graphml', '.html', '.attribution.json'];

export function addTrace(program: Command): void {
  const command = program
    .command('trace')
    .description('the circuit of a prompt: which heads attend where, and who wrote what they read');
  addPromptOptions(addModelOptions(command), { single: true });
  addObjectiveOptions(command)
    .option(
      '--save <file>',
      'write the circuit to circuit.json, .graphml, .html or .attribution.json; may be given several times',
      saved,
    )
    .option('--out <folder>', 'where circuits of many prompts go (default: circuits)')
    .option(
      '--interventions <count>',
      'of many prompts: so many edges of each circuit, the strongest, are removed one by one, beside random controls',
      integer({ least: 0 }),
      10,
    )
    .option('--workers <count>', 'prompts at a time (default: one for each core)', integer({ least: 1 }));
  addForwardOptions(command);
  addOutputOptions(command, [
    'svf trace --model ioi-gpt2 --prompt "Then, Mary and John went to the park. Mary gave a ring to" --answer John --save mary.json',
    'svf trace --model gpt2 --prompt "When Mary and John went to the store, John gave a drink to" --answer " Mary" --save mary.html',
    'svf trace --model ioi-neox --prompt "Then, Mary and John went to the park. Mary gave a ring to" --answer John --wrong Mary --seeding linear --json',
    'svf trace --model ioi-neox --generate ioi --count 100 --out circuits',
  ]);
  command.addHelpText(
    'after',
    `
Without --answer, --top-k, --top-p and --probe, prompts are traced for their answers, where a generated set or a file
of JSON lines ({ "text": …, "answer": …, "wrong": … }) says them, others for the most probable token. Circuits of many
prompts are written to --out as circuit-00001.json and on, with summary.json; the same command goes on where it stopped.

The weight of an edge is its attention drop: what the attention of the head loses when this edge's terms are removed in
the order of the greedy removal, after all those removed before them. Removed alone, as \`svf intervene\` does it, the same
edge may do much less or more. Into the output, the weight is with --seeding prob the integrated gradient of the
log-probability (in nats), with --seeding linear the share of the logit, with --probe the share of the projection.`,
  );
  command.action(async (options: TraceOptions) => {
    const { trace } = await import('../actions/trace.ts');
    await trace(options);
  });
}

function saved(file: string, earlier: readonly string[] = []): readonly string[] {
  if (formats.some((format) => file.endsWith(format))) return [...earlier, file];
  throw new InvalidArgumentError(`Its name must end in ${formats.join(', ')}.`);
}

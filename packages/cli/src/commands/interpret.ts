import { type Command, InvalidArgumentError, Option } from 'commander';
import type { InterpretOptions } from '../actions/interpret.ts';
import { addOutputOptions } from '../options/commonOptions.ts';
import { addForwardOptions } from '../options/forwardOptions.ts';
import { integer } from '../options/integer.ts';
import { addModelOptions } from '../options/modelOptions.ts';
import { addPromptOptions } from '../options/promptOptions.ts';

export function addInterpret(program: Command): void {
  const command = program
    .command('interpret')
    .description('what signals mean: put into words from half of a corpus, tested on the other half');
  addPromptOptions(addModelOptions(command), { single: false })
    .option(
      '--circuit <file>',
      'signals of this circuit, from `svf trace`; may be given several times (default: circuits of the first prompts)',
      (file: string, earlier: readonly string[] = []) => [...earlier, file],
    )
    .option('--signals <count>', 'how many signals, those that most edges use', integer({ least: 1 }), 20)
    .addOption(
      new Option('--trace <count>', 'prompts of the corpus that are traced for signals (default: 16)')
        .argParser(integer({ least: 1 }))
        .conflicts('circuit'),
    )
    .option(
      '--contexts <count>',
      'contexts of each signal: the strongest, and as many random ones',
      integer({ least: 2 }),
      100,
    )
    .option('--out <folder>', 'write the page of each of these circuits, with interpretations on its edges')
    .option('--llm <url>', 'a chat endpoint as OpenAI has it, which writes and judges; else a fixed grammar')
    .option('--llm-model <name>', 'name of the model behind --llm')
    .option('--llm-temperature <value>', 'its temperature (default: 0)', temperature)
    .option('--llm-rate <count>', 'most calls in a minute', integer({ least: 1 }));
  addForwardOptions(command);
  addOutputOptions(command, [
    'svf interpret --model ioi-gpt2 --generate ioi --count 500',
    'svf interpret --model ioi-neox --generate ioi --count 500 --circuit families/family-1-average.json --out pages',
    'svf interpret --model ioi-neox --generate ioi --count 500 --circuit circuits/circuit-00001.json --json',
    'svf interpret --model gpt2 --prompts corpus.txt --llm http://localhost:11434/v1 --llm-model NAME',
  ]);
  command.addHelpText(
    'after',
    `
A corpus has hundreds of texts: 100 contexts of each kind want at least as many prompts. The key of an endpoint is read
from SVF_LLM_KEY or OPENAI_API_KEY. How many calls there will be is said before the first; answers are kept, so that the
same command goes on where it stopped.`,
  );
  command.action(async (options: InterpretOptions) => {
    const { interpret } = await import('../actions/interpret.ts');
    await interpret(options);
  });
}

function temperature(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 2) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 2.');
}

import type { Command } from 'commander';
import type { ModelCheckOptions } from '../actions/modelCheck.ts';
import { addOutputOptions } from '../options/commonOptions.ts';
import { addRuntimeOptions } from '../options/forwardOptions.ts';
import { addOfflineOption } from '../options/modelOptions.ts';
import { addPromptOptions } from '../options/promptOptions.ts';

export function addModelCheck(model: Command): void {
  const command = model
    .command('check')
    .description('how far the processed weights in float64 are from the weights as stored in ONNX Runtime')
    .argument('<model>', 'a folder, a bundled model, or ID[@REVISION] on the hub');
  addPromptOptions(addOfflineOption(command), { single: true, count: 4, needed: false });
  addRuntimeOptions(command);
  addOutputOptions(command, [
    'svf model check ioi-neox',
    'svf model check gpt2 --prompt "When Mary and John went to the store, John gave a drink to"',
  ]);
  command.addHelpText(
    'after',
    `
Without prompts four of the indirect-object task are run, or tokens from all over a vocabulary that cannot say them.
The difference is that of a next-token probability, the largest over vocabulary and prompts. Exit status 1 above 1e-5.`,
  );
  command.action(async (reference: string, options: ModelCheckOptions) => {
    const { checkModel } = await import('../actions/modelCheck.ts');
    await checkModel(reference, options);
  });
}

import { type Command, Option } from 'commander';
import type { ToyTrainOptions } from '../actions/toyTrain.ts';
import { addOutputOptions } from '../options/commonOptions.ts';
import { backends, engines } from '../options/engine.ts';
import { addToyOptions } from '../options/toyOptions.ts';

export function addToyTrain(toy: Command): void {
  const command = toy.command('train').description('train one toy model and tell how its features align');
  addToyOptions(command)
    .addOption(new Option('--engine <name>', 'what computes').choices(engines).default('wasm'))
    .addOption(new Option('--backend <name>', 'backend of --engine tfjs; cpu if left out').choices(backends))
    .option(
      '--out <folder>',
      'write model.safetensors and report.json there; a run that is stopped can go on',
    );
  addOutputOptions(command, [
    'svf toy train --preset default --seed 7',
    'svf toy train --preset single-pair --set featureProbability=0.1 --steps 5000 --json',
    'svf toy train --preset multi-pair --out models/multi-pair',
    'svf toy train --engine tfjs --backend webgpu',
  ]);
  command.action(async (options: ToyTrainOptions) => {
    const { trainToy } = await import('../actions/toyTrain.ts');
    await trainToy(options);
  });
}

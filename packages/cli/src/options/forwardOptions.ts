import { type Command, Option } from 'commander';
import { integer } from './integer.ts';

/** Options of how a model is run. */
export interface ForwardOptions {
  readonly precision: 'single' | 'double';
  readonly provider: 'cpu' | 'webgpu' | 'cuda';
  readonly threads?: number;
  readonly memory: number;
}

/** Adds --precision, --provider, --threads and --memory. */
export function addForwardOptions(command: Command): Command {
  const precision = new Option(
    '--precision <name>',
    '`single`: ONNX Runtime; `double`: plain float64, for small models',
  );
  return addRuntimeOptions(command.addOption(precision.choices(['single', 'double']).default('single')));
}

/** Adds --provider, --threads and --memory. */
export function addRuntimeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--provider <name>', 'where ONNX Runtime computes; `svf doctor` tells which work')
        .choices(['cpu', 'webgpu', 'cuda'])
        .default('cpu'),
    )
    .option(
      '--threads <count>',
      'threads of a run (default: as ONNX Runtime chooses)',
      integer({ least: 1, most: 256 }),
    )
    .option('--memory <MiB>', 'most memory for the activations of a batch', integer({ least: 1 }), 512);
}

import type { Command } from 'commander';
import type { DoctorOptions } from '../actions/doctor.ts';
import { addOutputOptions } from '../options/commonOptions.ts';

export function addDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('what works on this machine, and the one command that mends what does not')
    .option('--out <folder>', 'folder that is to be written to; nothing is left there', 'reproduction');
  addOutputOptions(command, ['svf doctor', 'svf doctor --json']);
  command.action(async (options: DoctorOptions) => {
    const { examine } = await import('../actions/doctor.ts');
    await examine(options);
  });
}

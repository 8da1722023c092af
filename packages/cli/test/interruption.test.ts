import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Outcome, start, svf, temporaryFolder } from './svf.ts';

/** Well over a second of training. */
const STEPS = 25_000;
/** Milliseconds from the store's folder to well within training: before its first step there is nothing to keep. */
const UNDER_WAY = 400;
const train = (out: string) => `toy train --steps ${STEPS} --out ${out}`.split(' ');

/** Starts a command and signals it soon after that path is there. */
async function interrupted(
  args: readonly string[],
  folder: string,
  path: string,
  signal: NodeJS.Signals,
): Promise<Outcome> {
  const { child, ended } = start(args, folder);
  while (!existsSync(join(folder, path)) && child.exitCode === null) await setTimeout(10);
  await setTimeout(UNDER_WAY);
  child.kill(signal);
  return ended;
}

describe('interruption', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s keeps a checkpoint and tells how to go on', async (signal) => {
    const folder = temporaryFolder();
    const outcome = await interrupted(train('stopped'), folder, 'stopped/checkpoint/temporary', signal);
    expect(outcome).toEqual({
      status: 130,
      stdout: '',
      stderr: expect.stringMatching(/^Interrupted\. The same command goes on .*stopped\/checkpoint\.\n$/),
    });
    expect(readdirSync(join(folder, 'stopped'))).toEqual(['checkpoint']);
  });

  it('the same command ends with the same bytes as a run that was not stopped', async () => {
    const folder = temporaryFolder();
    const stopped = await interrupted(train('stopped'), folder, 'stopped/checkpoint/temporary', 'SIGINT');
    expect(stopped.status).toBe(130);
    // Another configuration in the same folder neither uses the checkpoint nor takes it away.
    await svf('toy train --steps 5 --out stopped'.split(' '), folder);
    expect(readdirSync(join(folder, 'stopped/checkpoint/checkpoints'))).toHaveLength(1);

    expect((await svf(train('stopped'), folder)).status).toBe(0);
    expect((await svf(train('whole'), folder)).status).toBe(0);
    const model = (name: string) => readFileSync(join(folder, name, 'model.safetensors'));
    expect(model('stopped').equals(model('whole'))).toBe(true);
    expect(readdirSync(join(folder, 'stopped')).sort()).toEqual(['model.safetensors', 'report.json']);
  });

  it('without --out nothing is kept, and that is said', async () => {
    const { child, ended } = start(['toy', 'train', '--steps', '10000000'], temporaryFolder());
    await setTimeout(1500);
    child.kill('SIGINT');
    expect(await ended).toEqual({
      status: 130,
      stdout: '',
      stderr: expect.stringMatching(/^Interrupted\. Nothing was kept; with --out /),
    });
  });

  it('a reader that has read enough is no error', async () => {
    const { child, ended } = start(['toy', 'train', '--help'], temporaryFolder());
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ status: 0, stderr: '' });
  });
});

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

  it('of circuits keeps those that were traced, nothing by halves, and the same command ends with the same files', async () => {
    const folder = temporaryFolder();
    const trace = (out: string) =>
      `trace --model ioi-gpt2 --generate ioi --count 96 --interventions 0 --workers 1 --quiet --out ${out}`.split(
        ' ',
      );
    const { child, ended } = start(trace('stopped'), folder);
    const kept = join(folder, 'stopped/store/results');
    while ((!existsSync(kept) || readdirSync(kept).length === 0) && child.exitCode === null)
      await setTimeout(10);
    child.kill('SIGINT');
    expect(await ended).toEqual({
      status: 130,
      stdout: '',
      stderr: 'Interrupted. Finished prompts are kept in stopped; the same command goes on from here.\n',
    });
    expect(readdirSync(join(folder, 'stopped'))).toEqual(['store']);
    expect(readdirSync(join(folder, 'stopped/store/temporary'))).toEqual([]);

    expect(await svf(trace('stopped'), folder)).toMatchObject({ status: 0, stderr: '' });
    expect(await svf(trace('whole'), folder)).toMatchObject({ status: 0, stderr: '' });
    const written = (name: string) =>
      readdirSync(join(folder, name))
        .filter((file) => file.endsWith('.json'))
        .map((file) => [file, readFileSync(join(folder, name, file), 'utf8')]);
    expect(written('whole')).toHaveLength(97);
    expect(written('stopped')).toEqual(written('whole'));
  });

  it('a reader that has read enough is no error', async () => {
    const { child, ended } = start(['toy', 'train', '--help'], temporaryFolder());
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ status: 0, stderr: '' });
  });
});

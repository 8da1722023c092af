import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './temporaryFolder.ts';

const TASKS = 4;
const STEPS = 12;
const script = fileURLToPath(new URL('./fixtures/reproduce.mjs', import.meta.url));

/** A run in a process of its own, on two workers, that stands still at the places `held`. */
function start(store: string, log: string, held = ''): ChildProcess {
  const env = { ...process.env, WALK_HELD: held };
  // An option of the whole process must not keep its threads from starting.
  return spawn(process.execPath, ['--max-old-space-size=512', script, store, log], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function complete(store: string, log: string): Promise<string> {
  const child = start(store, log);
  const exit = once(child, 'exit');
  const printed = child.stdout === null ? '' : await text(child.stdout);
  expect(await exit).toEqual([0, null]);
  return printed;
}

async function killOnce(child: ChildProcess, reached: () => boolean): Promise<void> {
  const exit = once(child, 'exit');
  while (!reached() && child.exitCode === null) await setTimeout(1);
  child.kill('SIGKILL');
  await exit;
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** How many lines a log has: one for each step computed, by whichever process. */
function linesIn(log: string): number {
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0;
}

/** Every file of a folder with its bytes. */
function contents(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name))
    .sort()
    .map((path) => [path.slice(folder.length), readFileSync(path, 'base64')]);
}

/** What a run that nobody disturbs prints and stores. The log is part of the config, so it is the same for all. */
async function undisturbed(folder: string, log: string) {
  const store = join(folder, 'whole');
  const printed = await complete(store, log);
  const before = linesIn(log);
  expect(before).toBe(TASKS * STEPS);
  return { printed, results: contents(join(store, 'results')), computed: () => linesIn(log) - before };
}

describe('a run that is killed', () => {
  it('computes no step twice that was kept, and ends with the same bytes', async () => {
    const folder = temporaryFolder();
    const log = join(folder, 'log');
    const { printed, results, computed } = await undisturbed(folder, log);
    const store = join(folder, 'killed');
    const checkpoints = () => list(join(store, 'checkpoints')).length;

    await killOnce(start(store, log, '0:5,1:7'), () => linesIn(`${log}.held`) === 2);
    expect(computed()).toBe(5 + 7);
    expect(list(join(store, 'results'))).toHaveLength(0);
    expect(checkpoints()).toBe(2);

    await killOnce(start(store, log, '2:1,3:11'), () => linesIn(`${log}.held`) === 4);
    expect(computed()).toBe(2 * STEPS + 1 + 11);
    expect(list(join(store, 'results'))).toHaveLength(2);
    expect(checkpoints()).toBe(2);

    expect(await complete(store, log)).toBe(printed);
    expect(contents(join(store, 'results'))).toEqual(results);
    expect(computed()).toBe(TASKS * STEPS);
    expect(checkpoints()).toBe(0);
    expect(await complete(store, log)).toBe(printed);
    expect(computed()).toBe(TASKS * STEPS);
  });

  it('ends with the same bytes wherever it was killed', async () => {
    const folder = temporaryFolder();
    const log = join(folder, 'log');
    const { printed, results, computed } = await undisturbed(folder, log);
    const store = join(folder, 'killed');
    for (const steps of [9, 25, 40]) await killOnce(start(store, log), () => computed() >= steps);
    expect(await complete(store, log)).toBe(printed);
    expect(contents(join(store, 'results'))).toEqual(results);
    // A kill can come between a step and its checkpoint, in each of the two workers.
    expect(computed()).toBeLessThanOrEqual(TASKS * STEPS + 3 * 2);
  });
});

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { circuitDocumentSchema } from '@svf-alignment/circuits';
import { expect, it } from 'vitest';
import { answerObjective } from '../../src/experiments/circuits/answerObjective.ts';
import { traceSuite } from '../../src/experiments/circuits/traceSuite.ts';
import { inlineTaskPool } from '../../src/lab/inlineTaskPool.ts';
import type { RunEvent } from '../../src/lab/runEvent.ts';
import { tracesInFolder } from '../../src/reproduce/tracesInFolder.ts';
import { fixtureModel } from '../experiments/language/fixtureModel.ts';
import { temporaryFolder } from '../lab/temporaryFolder.ts';

const pool = inlineTaskPool([traceSuite]);
const names = ['Kate', 'Anna', 'Mary', 'John'];
const prompts = names.flatMap((giver) =>
  names
    .filter((name) => name !== giver)
    .map((receiver) => ({
      text: `Then , ${receiver} and ${giver} went to the market . ${giver} gave a cake to`,
      answers: [receiver],
      wrong: giver,
    })),
);

function options(folder: string, count: number) {
  return {
    model: fixtureModel('tiny-gpt2'),
    prompts: prompts.slice(0, count),
    objective: answerObjective,
    threshold: 'dynamic',
    interventions: 2,
    seed: 3,
    folder,
    pool,
  } as const;
}

/** What became of the tasks of a run, in order. */
async function traced(folder: string, count: number) {
  const events: string[] = [];
  const onEvent = (event: RunEvent) => {
    if (event.kind === 'task-finished' || event.kind === 'task-reused') {
      events.push(`${event.kind} ${event.task}`);
    }
  };
  return { traces: await tracesInFolder({ ...options(folder, count), onEvent }), events };
}

it('writes a document for each prompt and a summary, and traces only what the folder does not have', async () => {
  const folder = temporaryFolder();
  const { traces, events } = await traced(folder, 8);
  expect(events).toEqual(['task-finished 0']);
  expect(traces).toMatchObject({
    model: { name: fixtureModel('tiny-gpt2'), hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    prompts: 8,
    right: { prompts: 8 },
    interventions: { edges: expect.any(Number), controls: expect.any(Object) },
  });
  for (const { file, prompt, counts } of traces.circuits) {
    const document = circuitDocumentSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    expect(document).toMatchObject({ prompt, model: traces.model });
    expect(document.edges).toHaveLength(counts.edges);
  }
  expect(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'))).toEqual(traces);

  rmSync(join(folder, 'circuit-00003.json'));
  const more = await traced(folder, 10);
  expect(more.events.sort()).toEqual(['task-finished 1', 'task-reused 0']);
  expect(more.traces.circuits.slice(0, 8)).toEqual(traces.circuits);
  expect(existsSync(join(folder, 'circuit-00003.json'))).toBe(true);

  writeFileSync(join(folder, 'circuit-of-mine.json'), '{}');
  await traced(folder, 2);
  expect(readdirSync(folder).sort()).toEqual([
    'circuit-00001.json',
    'circuit-00002.json',
    'circuit-of-mine.json',
    'store',
    'summary.json',
  ]);
});

it('after an abort keeps what was finished, and writes nothing half', async () => {
  const folder = temporaryFolder();
  const controller = new AbortController();
  const run = tracesInFolder({
    ...options(folder, 12),
    signal: controller.signal,
    // By then the first task is done, whether or not its result is on the disk yet.
    onEvent: (event) => {
      if (event.kind === 'task-started' && event.task === 1) controller.abort(new Error('stop'));
    },
  });
  await expect(run).rejects.toThrow('stop');
  expect(readdirSync(folder)).toEqual(['store']);
  const { events, traces } = await traced(folder, 12);
  expect(events.filter((event) => event.startsWith('task-reused'))).toHaveLength(1);
  const whole = await traced(temporaryFolder(), 12);
  expect(traces).toEqual(whole.traces);
});

it('refuses a folder that is a file, and no prompts', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  await expect(tracesInFolder(options(join(folder, 'file'), 2))).rejects.toMatchObject({
    code: 'bad-folder',
  });
  await expect(tracesInFolder(options(folder, 0))).rejects.toMatchObject({ code: 'no-prompts' });
});

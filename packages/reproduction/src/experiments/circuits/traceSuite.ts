import type { Experiment } from '../../lab/experiment.ts';
import { taskInputs } from '../language/taskInputs.ts';
import { type TraceTask, traceTask } from './traceTask.ts';

/** Circuits of a user's own prompts; `tracesInFolder` gives it tasks. */
export const traceSuite: Experiment<TraceTask> = {
  id: 'trace-suite',
  title: 'Circuits of prompts',
  summary: 'Each prompt traced by ACC++, and the strongest edges of its circuit removed one by one.',
  figures: [],
  version: 2,
  needsNetwork: false,
  minutes: { quick: 1, paper: 1 },
  tasks: () => [],
  inputs: taskInputs,
  run: traceTask,
  claims: () => [],
  draw: () => [],
};

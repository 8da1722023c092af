import type { Experiment } from '../lab/experiment.ts';
import { fig01a } from './fig-01a.ts';
import { fig01b } from './fig-01b.ts';
import { fig01c } from './fig-01c.ts';
import { fig03 } from './fig-03.ts';
import { fig04 } from './fig-04.ts';
import { fig05 } from './fig-05.ts';
import { fig18 } from './fig-18.ts';
import { fig21 } from './fig-21.ts';
import { fig23 } from './fig-23.ts';
import { fourPairs } from './four-pairs.ts';

/** The experiments of `svf reproduce`, in the order of the report. */
export const experiments: readonly Experiment[] = [
  fig01a,
  fig01b,
  fig01c,
  fourPairs,
  fig03,
  fig04,
  fig05,
  fig18,
  fig21,
  fig23,
];

import type { Experiment } from '../lab/experiment.ts';
import { accCircuit } from './acc-circuit.ts';
import { accDimensionality } from './acc-dimensionality.ts';
import { accFamilies } from './acc-families.ts';
import { accInterpret } from './acc-interpret.ts';
import { accInterventions } from './acc-interventions.ts';
import { accMechanisms } from './acc-mechanisms.ts';
import { accSinks } from './acc-sinks.ts';
import { accUnified } from './acc-unified.ts';
import { fig01a } from './fig-01a.ts';
import { fig01b } from './fig-01b.ts';
import { fig01c } from './fig-01c.ts';
import { fig03 } from './fig-03.ts';
import { fig04 } from './fig-04.ts';
import { fig05 } from './fig-05.ts';
import { fig07b } from './fig-07b.ts';
import { fig09a } from './fig-09a.ts';
import { fig10 } from './fig-10.ts';
import { fig12 } from './fig-12.ts';
import { fig14 } from './fig-14.ts';
import { fig15 } from './fig-15.ts';
import { fig16 } from './fig-16.ts';
import { fig17 } from './fig-17.ts';
import { fig18 } from './fig-18.ts';
import { fig20 } from './fig-20.ts';
import { fig21 } from './fig-21.ts';
import { fig23 } from './fig-23.ts';
import { fourPairs } from './four-pairs.ts';
import { thm1 } from './theory/thm-1.ts';
import { thm2 } from './theory/thm-2.ts';
import { thm3 } from './theory/thm-3.ts';

/** The experiments of `svf reproduce`, in the order of the report. */
export const experiments: readonly Experiment[] = [
  fig10,
  fig01a,
  fig01b,
  fig01c,
  fourPairs,
  fig03,
  fig04,
  fig05,
  fig12,
  fig14,
  fig15,
  fig16,
  fig17,
  fig18,
  fig21,
  fig23,
  fig07b,
  fig09a,
  fig20,
  accCircuit,
  accDimensionality,
  accInterventions,
  accFamilies,
  accUnified,
  accInterpret,
  accMechanisms,
  accSinks,
  thm1,
  thm2,
  thm3,
];

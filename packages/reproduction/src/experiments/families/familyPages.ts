import { type CircuitDocument, circuitPage } from '@svf-alignment/circuits';
import type { Outcome } from '../../lab/experiment.ts';
import type { Page } from '../../lab/page.ts';
import { modelSlug } from '../language/criterion.ts';
import type { FamilyTask, FamilyValues } from './familyTask.ts';

/** The circuits of the representatives of the two main families. */
export function familyPages({ config: { model }, result }: Outcome<FamilyTask>): Page[] {
  const { pair } = result.values as unknown as FamilyValues;
  return (pair?.families ?? []).map(({ document, prompt, order, size }, i) => ({
    id: `acc-families-${modelSlug(model)}-${i + 1}`,
    title: `The representative of family ${i + 1} of ${model} (${size} circuits; ${order ?? 'no order'}): ${prompt} …`,
    html: circuitPage(JSON.parse(document) as CircuitDocument),
  }));
}

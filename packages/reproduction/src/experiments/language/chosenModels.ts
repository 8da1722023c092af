import { bundledModels } from '@svf-alignment/models';

/** Models to run on: those that were asked for, each once, else the bundled ones. */
export function chosenModels(models: readonly string[]): readonly string[] {
  return models.length === 0 ? Object.keys(bundledModels) : [...new Set(models)];
}

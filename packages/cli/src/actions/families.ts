import { type Model, readPromptFile } from '@svf-alignment/real-models';
import {
  type FamilyPrompt,
  type FolderFamilies,
  type FolderFamiliesOptions,
  familiesInFolder,
  familyPrompts,
  tracePrompts,
} from '@svf-alignment/reproduction';
import { withLanguageModel } from '../model/withLanguageModel.ts';
import { type TracingOptions, withTracingWorkers } from '../model/withTracingWorkers.ts';
import { familiesText } from '../output/familiesText.ts';
import { count } from '../output/numbers.ts';
import { printResult } from '../output/printResult.ts';
import { warn } from '../output/warn.ts';

export interface FamiliesOptions extends TracingOptions {
  readonly perTemplate?: number;
  readonly prompts?: string;
  readonly set: FolderFamiliesOptions['kind'];
  readonly clusters?: number;
  readonly out: string;
  readonly seed?: number;
}

const ORDERS = ['ABBA', 'BABA'] as const;
/** Of each template in each order. */
const PER_TEMPLATE = 20;

/** `svf families`. */
export async function families(options: FamiliesOptions): Promise<void> {
  const { set: kind, clusters = null, out: folder, seed = 0 } = options;
  const prompts = await promptsOf(options);
  const found = await withTracingWorkers(options, folder, (run) =>
    familiesInFolder({ ...run, prompts, kind, clusters, seed }),
  );
  tell(options, found, folder);
}

/** Prompts in ids of the model's tokens: a model that cannot say them is told before workers start. */
function promptsOf(options: FamiliesOptions): Promise<readonly FamilyPrompt[]> {
  const { perTemplate = PER_TEMPLATE, prompts, seed = 0, bos } = options;
  return withLanguageModel(options, async ({ language: { model } }) =>
    prompts === undefined
      ? familyPrompts(model, { perTemplate, seed, ...(!bos && { bos }) })
      : filePrompts(model, prompts, { seed, ...(!bos && { bos }) }),
  );
}

/** Without roles, tokens of one prompt are found again in another by their words alone. */
async function filePrompts(
  model: Model,
  file: string,
  options: Parameters<typeof tracePrompts>[2],
): Promise<readonly FamilyPrompt[]> {
  const lines = await readPromptFile(file);
  const texts = lines.map(({ text, answer, wrong = null }) => {
    return { text, answers: answer === undefined ? [] : [answer], wrong };
  });
  const id = (token: number) => `#${token}`;
  const templates = numbered(lines.map(({ template = null }) => template));
  return tracePrompts({ texts }, model, options).map(({ text, answers, wrong }, i) => ({
    text,
    answers: answers.map(id),
    wrong: wrong === null ? null : id(wrong),
    order: ORDERS.find((order) => order === lines[i].order) ?? null,
    template: templates[i],
    roles: {},
  }));
}

/** Numbers as they are; if any is a word, all of them counted in the order in which they are met. */
function numbered(templates: readonly (string | number | null)[]): (number | null)[] {
  const known = [...new Set(templates)].filter((template) => template !== null);
  const areNumbers = known.every((template) => Number.isSafeInteger(template) && Number(template) >= 0);
  return templates.map((template) => {
    if (template === null) return null;
    return areNumbers ? Number(template) : known.indexOf(template);
  });
}

function tell(options: FamiliesOptions, found: FolderFamilies, folder: string): void {
  if (found.empty > 0) {
    warn(
      options,
      `${count(found.empty)} of ${count(found.circuits)} circuits have no edge; they count as equal.`,
    );
  }
  printResult(options, {
    json: () => ({ ...found, out: folder }),
    csv: () =>
      found.clusters.map(({ size, orders, templates, representative, prompt }, i) => ({
        family: i + 1,
        size,
        ABBA: orders.ABBA ?? 0,
        BABA: orders.BABA ?? 0,
        templates: Object.keys(templates).join(' '),
        representative,
        prompt,
      })),
    text: () => familiesText(found, folder),
  });
}

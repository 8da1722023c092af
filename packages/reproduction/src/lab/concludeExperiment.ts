import { SvfError } from '@svf-alignment/core';
import { canonicalJson } from './canonicalJson.ts';
import type { Claim } from './claim.ts';
import type { Experiment, Outcome } from './experiment.ts';
import type { Figure } from './figure.ts';
import type { Film } from './film.ts';
import { claimsWithMissing, type MissingModel } from './missingModels.ts';
import type { Page } from './page.ts';
import { requireFilm } from './requireFilm.ts';
import type { JsonObject } from './result.ts';

interface Conclusion {
  readonly claims: readonly Claim[];
  readonly figures: readonly Figure[];
  readonly film?: Film;
  readonly pages: readonly Page[];
}

/**
 * Judges and draws finished tasks.
 *
 * @param missing models of which there are no outcomes
 * @throws SvfError `duplicate-id` for two claims, two figures or two pages of one id, `claim-without-measurement` for a verdict on
 *   nothing, `non-finite-number` for a claim or a specification that holds one; those of `requireFilm`; and whatever the
 *   experiment throws
 */
export function concludeExperiment(
  experiment: Experiment,
  outcomes: readonly Outcome<JsonObject>[],
  missing: readonly MissingModel[],
): Conclusion {
  const claims = claimsWithMissing(experiment, experiment.claims(outcomes), missing);
  const figures = experiment.draw(outcomes);
  const film = experiment.film?.(outcomes);
  const pages = experiment.pages?.(outcomes) ?? [];
  checkIds('claims', claims);
  checkIds('figures', film === undefined ? figures : [...figures, film]);
  checkIds('pages', pages);
  if (film !== undefined) requireFilm(film);
  for (const { id, paper, measured, verdict } of claims) {
    canonicalJson({ paper, measured }, ['claims', id]);
    if ((measured === null) !== (verdict === 'not run')) {
      throw new SvfError(`The claim ${id} is judged without a measurement, or measured without a verdict.`, {
        code: 'claim-without-measurement',
        path: ['claims', id],
        expected: 'a measured value, or null with the verdict `not run`',
        received: `${measured}, ${verdict}`,
      });
    }
  }
  for (const { id, specification } of figures) canonicalJson(specification, ['figures', id]);
  return { claims, figures, ...(film && { film }), pages };
}

function checkIds(kind: string, items: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) {
      throw new SvfError(`Two ${kind} have the id ${id}.`, { code: 'duplicate-id', path: [kind, id] });
    }
    seen.add(id);
  }
}

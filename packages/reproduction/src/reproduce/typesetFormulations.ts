import type { ReportFormulation } from '../figures/report/reportData.ts';
import { typesetMath } from '../figures/typesetMath.ts';
import type { Formulation } from '../lab/formulation.ts';

/** Statements as the report page shows them. @throws SvfError `invalid-latex` */
export function typesetFormulations(formulations: readonly Formulation[]): Promise<ReportFormulation[]> {
  return Promise.all(
    formulations.map(async ({ latex, ...formulation }) => ({
      ...formulation,
      mathml: await typesetMath(latex),
    })),
  );
}

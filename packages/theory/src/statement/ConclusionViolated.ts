import type { ConclusionReport } from './evaluation.ts';

/** What a property throws on a counterexample. */
export class ConclusionViolated extends Error {
  readonly statementId: string;
  readonly conclusion: ConclusionReport;

  constructor(statementId: string, conclusion: ConclusionReport) {
    const { name, text, measured, bound, error } = conclusion;
    super(`${statementId}, ${name}: ${text}: ${error ?? `measured ${measured} against the bound ${bound}`}.`);
    this.name = 'ConclusionViolated';
    this.statementId = statementId;
    this.conclusion = conclusion;
  }
}

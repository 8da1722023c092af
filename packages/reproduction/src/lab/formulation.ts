/** A statement in words and in symbols, typeset in the report. */
export interface Formulation {
  readonly title: string;
  /** In plain text. */
  readonly text: string;
  /** Mathematics in LaTeX, without delimiters. */
  readonly latex: string;
  /** Where it is claimed, e.g. `Appendix B.2.3, Theorem 1`. */
  readonly source: string;
}

import { SvfError } from '@svf-alignment/core';
import { withMathAlphabets } from './mathAlphabets.ts';

/**
 * Mathematics in LaTeX as MathML, which browsers show without fonts or style sheets of ours.
 *
 * @param latex without delimiters; set as a displayed formula
 * @returns markup that is safe in a page: text of the formula is escaped, and it holds neither links nor scripts
 * @throws SvfError `invalid-latex`
 */
export async function typesetMath(latex: string): Promise<string> {
  // Loaded with the first formula: most of what this package does needs none.
  const { default: katex } = await import('katex');
  try {
    const mathml = katex.renderToString(latex, {
      displayMode: true,
      output: 'mathml',
      strict: 'error',
      throwOnError: true,
      trust: false,
    });
    return withMathAlphabets(mathml);
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    throw new SvfError(`A formula cannot be typeset: ${error.message}.`, {
      code: 'invalid-latex',
      expected: 'mathematics in LaTeX that KaTeX knows',
      received: latex,
      remedy: 'Correct the formula; text in it goes into \\text{…}.',
      cause: error,
    });
  }
}

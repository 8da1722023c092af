import { pythonRepr } from './pythonRepr.ts';

/** The root of the probability of a token, or of several together. */
export function probabilityRootLabel(texts: readonly string[]): string {
  const names = texts.map(pythonRepr);
  return names.length === 1 ? `Prob ${names[0]}` : `Prob {${names.join(', ')}}`;
}

/** The root of the logit of one of several tokens. */
export function logitRootLabel(text: string): string {
  return `Logit ${pythonRepr(text)}`;
}

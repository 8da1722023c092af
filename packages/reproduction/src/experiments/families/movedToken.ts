import type { Role, Token } from '@svf-alignment/real-models';

/** A prompt's tokens and what they are to its task. */
export interface PlacedTokens {
  readonly tokens: readonly Pick<Token, 'label'>[];
  /** Token by role. */
  readonly roles: Readonly<Record<Role, number>>;
}

/**
 * Where a token of one prompt stands in another: the first at the beginning, the last at the end, roles at the same role, any
 * other word where the same word stands, if that is not the end. Undefined if it is not there.
 */
export function movedToken(token: number, from: PlacedTokens, to: PlacedTokens): number | undefined {
  const end = to.tokens.length - 1;
  if (token === from.tokens.length - 1) return end;
  if (token === 0) return 0;
  const role = Object.entries(from.roles).find(([, place]) => place === token)?.[0];
  if (role !== undefined) return to.roles[role];
  const { label } = from.tokens[token];
  const place = to.tokens.findIndex((other) => other.label === label);
  return place < 0 || place === end ? undefined : place;
}

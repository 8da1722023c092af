import type { IndexedEdge } from '@svf-alignment/circuits';
import { movedToken, type PlacedTokens } from './movedToken.ts';

/**
 * An edge of one prompt's circuit in another prompt: the same component, head and singular vectors at the tokens that play
 * the same parts. Undefined where one of them is missing, or stands so that nothing could flow.
 */
export function movedEdge(edge: IndexedEdge, from: PlacedTokens, to: PlacedTokens): IndexedEdge | undefined {
  const [destination, source, token, breakdown] = [
    edge.firing.destination,
    edge.firing.source,
    edge.token,
    edge.upstream.token,
  ].map((place) => movedToken(place, from, to));
  if (destination === undefined || source === undefined || token === undefined || breakdown === undefined) {
    return undefined;
  }
  if (source > destination || breakdown > token) return undefined;
  return {
    ...edge,
    upstream: { ...edge.upstream, token: breakdown },
    token,
    firing: { ...edge.firing, destination, source },
  };
}

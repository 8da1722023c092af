import type { IndexedEdge } from '@svf-alignment/circuits';
import { expect, it } from 'vitest';
import { movedEdge } from '../../../src/experiments/families/movedEdge.ts';
import { movedToken } from '../../../src/experiments/families/movedToken.ts';

const placed = (text: string, roles: Record<string, number>) => ({
  tokens: text.split(' ').map((label) => ({ label })),
  roles,
});
const first = placed('BOS Then Mary and John went to', { IO: 2, S1: 4, END: 6 });
const second = placed('BOS Kate met Paul and Anna so Paul went to', { IO: 5, S1: 3, END: 9 });

it('finds a role at its role, another word at the same word, and BOS at the beginning', () => {
  expect([2, 4, 6, 0, 3, 5].map((token) => movedToken(token, first, second))).toEqual([5, 3, 9, 0, 4, 8]);
  expect(movedToken(1, first, second)).toBeUndefined();
});

it('keeps beginning and end, whatever words stand there, and puts no other word at the end', () => {
  const here = placed('When Mary went to the store to', {});
  const there = placed('After Kate came to it to', {});
  expect(movedToken(0, here, there)).toBe(0);
  expect(movedToken(6, here, there)).toBe(5);
  // The first of equal words; a label that stands only at the end has no place.
  expect(movedToken(3, here, there)).toBe(3);
  expect(movedToken(3, here, placed('So it came to', {}))).toBeUndefined();
});

const edge = (destination: number, source: number, breakdown: number): IndexedEdge => ({
  type: 'd',
  upstream: { layer: 0, component: 1, token: breakdown },
  token: destination,
  firing: { layer: 2, head: 3, destination, source },
  singularVectors: [4],
});

it('moves all tokens of an edge and nothing else', () => {
  expect(movedEdge(edge(6, 2, 4), first, second)).toEqual({
    ...edge(9, 5, 3),
    upstream: { layer: 0, component: 1, token: 3 },
  });
});

it('leaves an edge where it is in its own prompt', () => {
  expect(movedEdge(edge(6, 4, 2), first, first)).toEqual(edge(6, 4, 2));
});

it('moves no edge without a place, or against the order of tokens', () => {
  expect(movedEdge(edge(6, 1, 4), first, second)).toBeUndefined();
  // The giver's name stands after the receiver's in the first prompt, before it in the second.
  expect(movedEdge(edge(4, 2, 2), first, second)).toBeUndefined();
  expect(movedEdge(edge(6, 4, 2), first, second)).toBeDefined();
});

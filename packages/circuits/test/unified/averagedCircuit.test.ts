import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type CircuitDocument, circuitDocumentSchema } from '../../src/circuit/circuitDocument.ts';
import { averagedCircuit } from '../../src/unified/averagedCircuit.ts';
import { goldenDocument } from '../export/goldenDocument.ts';
import { anyDocument, at, documentOf, edge, ROOT } from '../families/anyDocument.ts';

const sameTokens = (document: CircuitDocument) => ({ document, places: document.tokens.map((_, i) => i) });
const anyDocuments = fc.array(anyDocument, { minLength: 1, maxLength: 6 });
const anyShare = fc.integer({ min: 0, max: 12 }).map((twelfths) => twelfths / 12);

/** By fixed point instead of search; a head cannot attend to a later token, and only roots are the same by another name. */
function naive(base: CircuitDocument, documents: readonly CircuitDocument[], share: number) {
  const rootsOf = ({ nodes }: CircuitDocument) =>
    nodes.map(({ node }) => JSON.stringify(node)).filter((node) => JSON.parse(node).length === 2);
  const roots = rootsOf(base);
  const labels = base.tokens.map(({ label }) => label);
  const own = documents.map((document) => {
    const isOnly = roots.length === 1 && rootsOf(document).length === 1;
    const key = (node: CircuitDocument['nodes'][number]['node']) => {
      if (node.length === 2) {
        if (isOnly) return roots[0];
        return roots.includes(JSON.stringify(node)) ? JSON.stringify(node) : 'none';
      }
      return labels.indexOf(node[3]) > labels.indexOf(node[2]) ? 'none' : JSON.stringify(node);
    };
    const weights = new Map<string, number>();
    for (const { from, to, type, weight } of document.edges) {
      if (key(from) === 'none' || key(to) === 'none') continue;
      const name = `${key(from)} ${key(to)} ${type}`;
      weights.set(name, (weights.get(name) ?? 0) + weight);
    }
    return { nodes: new Set(document.nodes.map(({ node }) => key(node))), weights };
  });
  const frequent = (has: (one: (typeof own)[number]) => boolean) =>
    own.filter(has).length / documents.length >= share - 1e-12;
  let edges = [...new Set(own.flatMap(({ weights }) => [...weights.keys()]))].filter(
    (name) =>
      frequent(({ weights }) => weights.has(name)) &&
      name
        .split(' ')
        .slice(0, 2)
        .every((node) => frequent(({ nodes }) => nodes.has(node))),
  );
  for (;;) {
    const sources = new Set(edges.map((name) => name.split(' ')[0]));
    const open = edges.filter((name) => {
      const [, to] = name.split(' ');
      return roots.includes(to) || sources.has(to);
    });
    if (open.length === edges.length) break;
    edges = open;
  }
  return new Map(
    edges.map((name) => [
      name,
      own.reduce((sum, { weights }) => sum + (weights.get(name) ?? 0), 0) / documents.length,
    ]),
  );
}

/** Labels of these documents have no blanks. */
const spaceless = (document: CircuitDocument): CircuitDocument =>
  JSON.parse(
    JSON.stringify(document)
      .replaceAll("Prob 'Anna'", 'Anna')
      .replaceAll('Prob \\"Kate\\"', 'Kate')
      .replaceAll('AH ', 'AH_'),
  );

describe('averagedCircuit', () => {
  const mover = at(3, 0, 'to', 'Kate');
  const one = documentOf([
    { ...edge(mover, ROOT, null), weight: 4 },
    { ...edge(at(0, 'MLP', 'Kate', 'Kate'), mover, [2, 0], 's'), weight: 0.5 },
    { ...edge(at(0, 'MLP', 'to'), mover, [1], 'd'), weight: 0.25 },
  ]);
  /** The same on a prompt that begins with a word more, its name another one. */
  const other: CircuitDocument = {
    ...documentOf([
      { ...edge(at(3, 0, 'of', 'Eve'), ["Prob 'Eve'", 'of'], null), weight: 2 },
      { ...edge(at(0, 'MLP', 'Eve', 'Eve'), at(3, 0, 'of', 'Eve'), [0, 3], 's'), weight: 0.25 },
      { ...edge(at(0, 'MLP', 'so', 'so'), at(3, 0, 'of', 'so'), [7], 's'), weight: 0.25 },
      { ...edge(at(3, 0, 'of', 'so'), ["Prob 'Eve'", 'of'], null), weight: 1 },
    ]),
    tokens: ['so', 'When', 'Eve', 'we', 'of'].map((text, id) => ({ id, text, label: text })),
  };
  const placed = [sameTokens(one), { document: other, places: [null, 0, 1, 2, 3] }];

  it('places circuits on the tokens of one, and keeps what most have', () => {
    expect(averagedCircuit(one, placed, 1)).toEqual({
      ...one,
      averaged: { circuits: 2, share: 1 },
      nodes: expect.any(Array),
      edges: [
        { from: mover, to: ROOT, type: 'd', singularVectors: null, weight: 3, share: 1 },
        {
          from: at(0, 'MLP', 'Kate', 'Kate'),
          to: mover,
          type: 's',
          // 0 is used by both, 2 and 3 by one of two.
          singularVectors: [0, 2, 3],
          weight: 0.375,
          share: 1,
        },
      ],
    });
  });

  it('keeps what some have if it may, never what stands at a token without a place', () => {
    const { nodes, edges } = averagedCircuit(one, placed, 0.5);
    expect(edges.map(({ weight, share }) => [weight, share])).toEqual([
      [3, 1],
      [0.375, 1],
      [0.125, 0.5],
    ]);
    expect(nodes.map(({ node, share }) => [node, share])).toEqual([
      [mover, 1],
      [ROOT, 1],
      [at(0, 'MLP', 'Kate', 'Kate'), 1],
      [at(0, 'MLP', 'to'), 0.5],
    ]);
  });

  it('takes the vector that most circuits use where no half agrees', () => {
    const using = (k: number[]) =>
      sameTokens(documentOf([edge(mover, ROOT, null), edge(at(0, 'MLP', 'to'), mover, k, 'd')]));
    const circuits = [using([4]), using([2]), using([3]), using([1]), using([2])];
    expect(averagedCircuit(one, circuits, 1).edges[1].singularVectors).toEqual([2]);
  });

  it('keeps several roots apart by their labels', () => {
    const x = ["Logit 'x'", 'to'] as [string, string];
    const y = ["Logit 'y'", 'to'] as [string, string];
    const both = documentOf([
      { ...edge(mover, x, null), weight: 1 },
      { ...edge(mover, y, null), weight: -3 },
    ]);
    const onlyY = documentOf([{ ...edge(mover, y, null), weight: -1 }]);
    const { edges } = averagedCircuit(both, [both, both, onlyY, one].map(sameTokens), 0);
    const intoRoots = edges.filter(({ to }) => to.length === 2);
    expect(intoRoots.map(({ to, weight, share }) => [to, weight, share])).toEqual([
      [x, 0.5, 0.5],
      [y, -1.75, 0.75],
    ]);
  });

  it('is a circuit document, and of one circuit that circuit with a share of 1', () => {
    const golden = goldenDocument('tiny-gpt2');
    const average = averagedCircuit(golden, [sameTokens(golden)], 1);
    expect(circuitDocumentSchema.parse(average)).toEqual(average);
    expect(average.edges.map(({ share, ...rest }) => [share, sorted(rest)])).toEqual(
      golden.edges.map((own) => [1, sorted(own)]),
    );
    expect(average.nodes).toEqual(golden.nodes.map((node) => ({ ...node, share: 1 })));
  });

  test.prop([anyDocuments, anyShare])('agrees with the definition, edge by edge', (drawn, share) => {
    const documents = drawn.map(spaceless);
    const [base] = documents;
    const { edges } = averagedCircuit(base, documents.map(sameTokens), share);
    const found = new Map(
      edges.map(({ from, to, type, weight }) => [
        `${JSON.stringify(from)} ${JSON.stringify(to)} ${type}`,
        weight,
      ]),
    );
    const expected = naive(base, documents, share);
    expect(new Set(found.keys())).toEqual(new Set(expected.keys()));
    for (const [name, weight] of expected) expect(found.get(name)).toBeCloseTo(weight, 12);
  });

  test.prop([anyDocuments, anyShare])('is not changed by taking every circuit twice', (documents, share) => {
    const [base] = documents;
    const once = averagedCircuit(base, documents.map(sameTokens), share);
    const twice = averagedCircuit(base, [...documents, ...documents].map(sameTokens), share);
    expect({ ...twice, averaged: once.averaged }).toEqual({
      ...once,
      edges: once.edges.map((own) => ({ ...own, weight: expect.closeTo(own.weight, 12) })),
      nodes: once.nodes,
    });
  });

  it.each([
    ['no circuits', [], 0.5, 'no-circuits'],
    ['a share above 1', [sameTokens(one)], 1.5, 'share-out-of-range'],
    ['too few places', [{ document: one, places: [0] }], 0.5, 'shape-mismatch'],
    ['a place outside the prompt', [{ document: one, places: [0, 1, 2, 9] }], 0.5, 'shape-mismatch'],
  ])('refuses %s', (_, circuits, share, code) => {
    expect(() => averagedCircuit(one, circuits, share)).toThrow(expect.objectContaining({ code }));
  });
});

function sorted<Edge extends { readonly singularVectors: readonly number[] | null }>(own: Edge) {
  return { ...own, singularVectors: own.singularVectors && [...own.singularVectors].sort((a, b) => a - b) };
}

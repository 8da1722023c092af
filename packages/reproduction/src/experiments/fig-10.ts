import { type DiagramBox, diagram } from '../figures/diagram.ts';
import type { Experiment } from '../lab/experiment.ts';

const rows = { targets: 34, query: 134, attention: 194, keys: 254, reconstruction: 359 };
const columns = {
  features: 90,
  embedding: 190,
  tokens: 290,
  head: 390,
  logits: 510,
  softmax: 640,
  losses: 760,
};
const size = { width: 860, height: 412 };

const kinds = ['features', 'tokens', 'trained', 'attention', 'targets', 'losses'] as const;

/** A box of the usual height in the middle of a column and a row. */
function box(
  kind: (typeof kinds)[number],
  column: keyof typeof columns,
  row: keyof typeof rows,
  width: number,
  title: string,
  subtitle?: string,
): DiagramBox {
  const place = { x: columns[column], y: rows[row], width, height: 46 };
  return { kind, ...place, title, ...(subtitle !== undefined && { subtitle }) };
}

const { features, embedding, tokens, head, logits, softmax, losses } = columns;
const readBack = (head + 102 + losses - 74) / 2;
const middle = (rows.query + rows.keys) / 2;
const attentionLoss = (rows.targets + rows.attention) / 2;
const totalLoss = (attentionLoss + rows.reconstruction) / 2;

/** Fig. 10 of the paper: how the toy model is put together. */
const architecture = diagram({
  ...size,
  kinds,
  boxes: [
    box('features', 'features', 'query', 90, 'fᵣ', 'query'),
    box('features', 'features', 'keys', 90, 'fₛ', 'keys 1 … m'),
    {
      ...box('trained', 'embedding', 'attention', 44, 'W', 'N → D'),
      y: middle,
      height: rows.keys - rows.query + 46,
    },
    box('tokens', 'tokens', 'query', 84, 'hᵣ = W fᵣ', 'query token'),
    box('tokens', 'tokens', 'keys', 84, 'hₛ = W fₛ', 'key tokens'),
    box('trained', 'head', 'query', 44, 'A', 'D → H'),
    box('trained', 'head', 'keys', 44, 'B', 'D → H'),
    box('attention', 'logits', 'attention', 124, 'hᵣᵀ A Bᵀ hₛ', 'logits, Ω = A Bᵀ'),
    box('attention', 'softmax', 'attention', 84, 'softmax', 'over keys'),
    box('targets', 'head', 'targets', 44, 'T', 'given'),
    box('targets', 'logits', 'targets', 124, 'fᵣᵀ T fₛ', 'target logits'),
    box('targets', 'softmax', 'targets', 84, 'softmax', 'over keys'),
    { ...box('losses', 'losses', 'targets', 148, 'attention loss', 'cross-entropy'), y: attentionLoss },
    { ...box('trained', 'head', 'reconstruction', 164, 'ReLU(Wᵀhₛ + b)', 'the same W'), x: head + 20 },
    { ...box('features', 'softmax', 'reconstruction', 84, 'f̂ₛ', 'read back'), x: readBack },
    box('losses', 'losses', 'reconstruction', 148, 'reconstruction loss', 'squared error'),
    { ...box('losses', 'losses', 'targets', 148, 'L', 'recon. + λ · attention'), y: totalLoss },
  ],
  wires: [
    {
      points: [
        [features + 45, rows.query],
        [embedding - 22, rows.query],
      ],
    },
    {
      points: [
        [features + 45, rows.keys],
        [embedding - 22, rows.keys],
      ],
    },
    {
      points: [
        [embedding + 22, rows.query],
        [tokens - 42, rows.query],
      ],
    },
    {
      points: [
        [embedding + 22, rows.keys],
        [tokens - 42, rows.keys],
      ],
    },
    {
      points: [
        [tokens + 42, rows.query],
        [head - 22, rows.query],
      ],
    },
    {
      points: [
        [tokens + 42, rows.keys],
        [head - 22, rows.keys],
      ],
    },
    {
      points: [
        [head + 22, rows.query],
        [logits, rows.query],
        [logits, rows.attention - 23],
      ],
    },
    {
      points: [
        [head + 22, rows.keys],
        [logits, rows.keys],
        [logits, rows.attention + 23],
      ],
    },
    {
      points: [
        [logits + 62, rows.attention],
        [softmax - 42, rows.attention],
      ],
    },
    {
      points: [
        [softmax + 42, rows.attention],
        [losses - 30, rows.attention],
        [losses - 30, attentionLoss + 23],
      ],
    },
    {
      points: [
        [features, rows.query - 23],
        [features, rows.targets + 8],
        [head - 22, rows.targets + 8],
      ],
    },
    {
      points: [
        [features - 45, rows.keys],
        [20, rows.keys],
        [20, rows.targets - 8],
        [head - 22, rows.targets - 8],
      ],
    },
    {
      points: [
        [head + 22, rows.targets],
        [logits - 62, rows.targets],
      ],
    },
    {
      points: [
        [logits + 62, rows.targets],
        [softmax - 42, rows.targets],
      ],
    },
    {
      points: [
        [softmax + 42, rows.targets],
        [losses, rows.targets],
        [losses, attentionLoss - 23],
      ],
    },
    {
      points: [
        [tokens, rows.keys + 23],
        [tokens, rows.reconstruction],
        [head - 62, rows.reconstruction],
      ],
    },
    {
      points: [
        [head + 102, rows.reconstruction],
        [readBack - 42, rows.reconstruction],
      ],
    },
    {
      points: [
        [readBack + 42, rows.reconstruction],
        [losses - 74, rows.reconstruction],
      ],
    },
    {
      points: [
        [features, rows.keys + 23],
        [features, size.height - 6],
        [losses, size.height - 6],
        [losses, rows.reconstruction + 23],
      ],
      dashed: true,
    },
    {
      points: [
        [losses + 30, attentionLoss + 23],
        [losses + 30, totalLoss - 23],
      ],
    },
    {
      points: [
        [losses, rows.reconstruction - 23],
        [losses, totalLoss + 23],
      ],
    },
  ],
  notes: [
    { x: 104, y: 312, lines: ['fᵢ = bᵢ uᵢ, i = 1 … N', 'bᵢ ~ Bernoulli(p)', 'uᵢ ~ U(0, 1)'] },
    { x: 104, y: size.height - 16, lines: ['compared with what was there'] },
  ],
});

/** The architecture of the toy model: a drawing, nothing is trained. */
export const fig10: Experiment = {
  id: 'fig-10',
  title: 'The toy model',
  summary:
    'Sparse features are embedded in few dimensions by W and read back with the same W; an attention head compares ' +
    'a query token with key tokens. Its attention is trained towards a target that only pairs of interest, the ' +
    'entries of T, decide.',
  figures: ['Fig. 10'],
  version: 1,
  needsNetwork: false,
  minutes: { quick: 0, paper: 0 },
  tasks: () => [],
  run: () => Promise.reject(new Error('A drawing has nothing to run.')),
  claims: () => [],
  draw: () => [
    {
      id: 'fig-10-architecture',
      title: 'Architecture of the toy model',
      caption:
        'From left to right: features, tokens, the head and the losses. Ω = A Bᵀ is the matrix whose singular ' +
        'vectors are compared with the columns of W; T is given, what is green is trained.',
      specification: architecture,
    },
  ],
};

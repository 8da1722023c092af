import { z } from 'zod';

/** Version of the document; raised when a reader of the old one would misread the new one. */
export const CIRCUIT_SCHEMA_VERSION = 1;

const token = z.object({ id: z.int().min(0), text: z.string(), label: z.string() });

/** [layer, component, destination label, source label] of a component, [label, end label] of a root. */
const node = z.union([
  z.tuple([
    z.int().min(0),
    z.union([z.int().min(0), z.enum(['MLP', 'AH bias', 'Embedding', 'AH offset'])]),
    z.string(),
    z.string(),
  ]),
  z.tuple([z.string(), z.string()]),
]);

const named = z.object({
  id: z.int().min(0),
  text: z.string(),
  /** That the model gives it as the next token, to four digits. */
  probability: z.number().min(0).max(1).optional(),
});

const objective = z.discriminatedUnion('seeding', [
  z.object({
    seeding: z.literal('probability'),
    /** Frozen targets, in the order of the label. */
    targets: z.array(named),
    tau: z.number(),
    steps: z.int(),
  }),
  z.object({ seeding: z.literal('linear'), targets: z.array(named), wrong: named.nullable() }),
  z.object({ seeding: z.literal('probe'), layer: z.int().min(0) }),
]);

const warning = z.object({
  /** Stable machine-readable name, kebab case. */
  code: z.string(),
  message: z.string(),
  /** What it is about: a root's label, or [layer, head, destination, source, side]. */
  path: z.array(z.union([z.string(), z.number()])),
});

/** Of an average, the share of its circuits that have this. */
const share = z.number().min(0).max(1).optional();

/** The circuit of one prompt, or an average of circuits on one prompt, as plain JSON. */
export const circuitDocumentSchema = z.object({
  schemaVersion: z.literal(CIRCUIT_SCHEMA_VERSION),
  model: z.object({ name: z.string(), hash: z.string() }),
  prompt: z.string(),
  settings: z.object({
    /** `dynamic`, a number, or, of a function, its value at each destination. */
    threshold: z.union([z.literal('dynamic'), z.number(), z.array(z.number())]),
  }),
  /** As they were run, BOS included. */
  tokens: z.array(token),
  objective,
  /** Of an average of circuits, placed on the tokens of one prompt. */
  averaged: z
    .object({
      circuits: z.int().min(1),
      /** Of the circuits, how many must have a node or an edge for it to be here. */
      share: z.number().min(0).max(1),
    })
    .optional(),
  warnings: z.array(warning),
  nodes: z.array(
    z.object({
      node,
      /** Of a head, its attention weight; of an average, the mean over the circuits that have it. */
      attention: z.number().nullable(),
      share,
    }),
  ),
  edges: z.array(
    z.object({
      from: node,
      to: node,
      /** Read by the query (d) or by the key (s). */
      type: z.enum(['d', 's']),
      /** In the order of removal, of an average by how many circuits use them; null into a root. */
      singularVectors: z.array(z.int().min(0)).nullable(),
      /**
       * What the attention weight of `to` loses when this edge's terms are removed in the order of the greedy removal, after all
       * removed before them (`svf intervene` removes an edge's signal alone); negative where it rises. Into a root: the share of
       * the logit or of the projection, in its units, or the integrated gradient of the log-probability in nats, as `objective`
       * says. Of an average, the mean over all circuits, 0 where they do not have the edge.
       */
      weight: z.number(),
      share,
    }),
  ),
});

export type CircuitDocument = z.infer<typeof circuitDocumentSchema>;
export type CircuitNode = z.infer<typeof node>;
export type CircuitEdge = CircuitDocument['edges'][number];
export type CircuitWarning = z.infer<typeof warning>;

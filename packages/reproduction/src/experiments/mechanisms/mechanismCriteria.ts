import { type CircuitDocument, type CircuitEdge, edgeInterpretations } from '@svf-alignment/circuits';
import type { Criterion } from '../language/criterion.ts';
import type { FamilyMechanism, MechanismValues } from './mechanismTask.ts';

const common = {
  prefix: 'acc-mechanisms',
  figure: 'Slides, interpretable signals explain the algorithmic difference',
} as const;

/** What the slides call "second item in a parallel pair", in the words of the lexical grammar. */
const SECOND = 'is the second name';

/** What the slides say of the averaged circuits of the two orders, their signals put into words. */
export const mechanismCriteria: readonly Criterion<MechanismValues>[] = [
  {
    ...common,
    key: 'baba-second-name',
    // Which heads "tag" was first taken for those that read the tag, of which there is one in either bundled model.
    claim:
      'in the BABA family several heads tag the indirect object as the second of the names (number of heads that write at that token what is read there with such a significant interpretation).',
    paper: 'multiple heads',
    bound: { kind: 'at least', value: 2 },
    measured: (values) => secondNames(values, 'BABA')?.writers.length ?? null,
    note: (values) => noteOf(values, 'BABA'),
  },
  {
    ...common,
    key: 'abba-not-second-name',
    claim:
      'in the ABBA family the indirect object is found otherwise (number of heads that read at that token with such an interpretation).',
    paper: 'not "second item"',
    bound: { kind: 'equal', value: 0 },
    measured: (values) => secondNames(values, 'ABBA')?.readers.length ?? null,
    note: (values) => noteOf(values, 'ABBA'),
  },
  {
    ...common,
    key: 'name-movers',
    claim:
      'in either family heads attend from the last token to the indirect object and write the answer (number of such heads, the smaller one of the two).',
    paper: 'name mover heads',
    bound: { kind: 'at least', value: 1 },
    measured: ({ families }) =>
      families.length === 0 ? null : Math.min(...families.map((family) => nameMovers(family).length)),
    note: ({ families }) =>
      families.length === 0
        ? NO_FAMILIES
        : families
            .map((family) => `${orderOf(family)}: ${nameMovers(family).join(', ') || 'none'}.`)
            .join(' '),
  },
];

const NO_FAMILIES = 'No cut into 2 to 30 gives two families with a tenth of the circuits each.';

/** The order that most of its prompts have. */
export function orderOf({ abba }: Pick<FamilyMechanism, 'abba'>): 'ABBA' | 'BABA' {
  return abba > 0.5 ? 'ABBA' : 'BABA';
}

/** Null where no family, or where both, are of that order. */
function familyOf({ families }: MechanismValues, order: 'ABBA' | 'BABA'): FamilyMechanism | null {
  const own = families.filter((family) => orderOf(family) === order);
  return own.length === 1 ? own[0] : null;
}

/** Heads that write at the indirect object, and that read there, what is interpreted as the second name; null without a family. */
function secondNames(
  values: MechanismValues,
  order: 'ABBA' | 'BABA',
): { readonly writers: readonly string[]; readonly readers: readonly string[] } | null {
  const family = familyOf(values, order);
  if (family === null) return null;
  const said = saidAtIndirectObject(family).filter(({ text }) => text.includes(SECOND));
  return {
    writers: distinct(said.flatMap(({ writer }) => writer ?? [])),
    readers: distinct(said.map(({ reader }) => reader)),
  };
}

function noteOf(values: MechanismValues, order: 'ABBA' | 'BABA'): string {
  const family = familyOf(values, order);
  if (family === null) {
    return values.families.length === 0 ? NO_FAMILIES : 'The families do not differ in order.';
  }
  const { writers = [], readers = [] } = secondNames(values, order) ?? {};
  const share = Math.round(100 * (order === 'ABBA' ? family.abba : 1 - family.abba));
  const said = saidAtIndirectObject(family).map(({ reader, side, text }) => `${reader} (${side}): ${text}`);
  return (
    `${family.size} circuits, ${share} % ${order}. Written by ${writers.join(', ') || 'no head'}, read by ` +
    `${readers.join(', ') || 'none'}. What is read at the indirect object: ` +
    `${distinct(said).slice(0, 3).join('; ') || 'nothing significant'}.`
  );
}

/** What is read at the indirect object, the heaviest edge first. */
function saidAtIndirectObject(family: FamilyMechanism) {
  const document = documentOf(family);
  const texts = edgeInterpretations(document, family.signals);
  return document.edges
    .map((edge, i) => ({ edge, text: texts[i] }))
    .filter(({ edge }) => edge.from.length === 4 && edge.from[2] === family.indirectObject)
    .sort((a, b) => Math.abs(b.edge.weight) - Math.abs(a.edge.weight))
    .flatMap(({ edge: { from, to, type }, text }) =>
      text === null
        ? []
        : [
            {
              writer: typeof from[1] === 'number' ? `${from[0]}.${from[1]}` : null,
              reader: `${to[0]}.${to[1]}`,
              side: type === 'd' ? 'query' : 'key',
              text,
            },
          ],
    );
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

/** Heads that write to the root what they read at the indirect object. */
function nameMovers(family: FamilyMechanism): readonly string[] {
  const reads = ({ from, to }: CircuitEdge) =>
    to.length === 2 && typeof from[1] === 'number' && from[3] === family.indirectObject;
  return documentOf(family)
    .edges.filter(reads)
    .map(({ from: [layer, head] }) => `${layer}.${head}`);
}

export function documentOf({ document }: Pick<FamilyMechanism, 'document'>): CircuitDocument {
  return JSON.parse(document) as CircuitDocument;
}

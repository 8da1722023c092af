import { type Criterion, LEFT } from '../language/criterion.ts';
import type { MechanismValues } from './mechanismTask.ts';
import {
  distinct,
  familyOf,
  nameMovers,
  type Order,
  orderOf,
  readAtIndirectObject,
  saysSecond,
  secondNames,
} from './secondNames.ts';

const common = {
  prefix: 'acc-mechanisms',
  figure: 'Slides, interpretable signals explain the algorithmic difference',
} as const;

const NO_FAMILIES = 'No cut into 2 to 30 gives two families with a tenth of the circuits each.';

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
    key: 'second-name-controls',
    claim:
      'other signals of the heads that read it are not read as the second name (share of random ones of the same heads and sides with such a significant interpretation).',
    paper: null,
    bound: { kind: 'at most', value: LEFT },
    measured: (values) => {
      const controls = secondNames(values, 'BABA')?.controls ?? [];
      return controls.length === 0 ? null : controls.filter(saysSecond).length / controls.length;
    },
    note: (values) => {
      const controls = secondNames(values, 'BABA')?.controls ?? [];
      if (controls.length === 0) return 'No signal of the family is read as the second name.';
      const texts = distinct(controls.filter(saysSecond).map(({ interpretation }) => interpretation));
      return `${controls.length} random signals. ${texts.length === 0 ? '' : `Said of some: ${texts.slice(0, 2).join('; ')}.`}`;
    },
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

function noteOf(values: MechanismValues, order: Order): string {
  const family = familyOf(values, order);
  if (family === null) {
    return values.families.length === 0 ? NO_FAMILIES : 'The families do not differ in order.';
  }
  const { writers = [], readers = [] } = secondNames(values, order) ?? {};
  const share = Math.round(100 * (order === 'ABBA' ? family.abba : 1 - family.abba));
  const said = readAtIndirectObject(family).map(({ reader, side, text }) => `${reader} (${side}): ${text}`);
  return (
    `${family.size} circuits, ${share} % ${order}. Written by ${writers.join(', ') || 'no head'}, read by ` +
    `${readers.join(', ') || 'none'}. What is read at the indirect object: ` +
    `${distinct(said).slice(0, 3).join('; ') || 'nothing significant'}.`
  );
}

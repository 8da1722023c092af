import { wilsonInterval } from '@svf-alignment/circuits';
import { type Criterion, LEFT } from '../language/criterion.ts';
import { familyOf, nameMovers, type Order, orderText } from './familyMechanism.ts';
import type { MechanismValues } from './mechanismTask.ts';
import { distinct, readAtIndirectObject, saysSecond, secondNames } from './secondNames.ts';

const common = {
  prefix: 'acc-mechanisms',
  figure: 'Slides, interpretable signals explain the algorithmic difference',
} as const;

const NO_FAMILIES = 'No cut into 2 to 30 gives two families with a tenth of the circuits each.';

/** Share of random signals that may say the same: what is told of a signal must not be true of any. */
const SAME_WORDS = LEFT;

/** What the slides say of the averaged circuits of the two orders, their signals put into words. */
export const mechanismCriteria: readonly Criterion<MechanismValues>[] = [
  {
    ...common,
    key: 'baba-second-name',
    claim:
      'in the BABA family several heads tag the indirect object as the second of the names (number of heads that write at that token what is read there with such a significant interpretation).',
    paper: 'multiple heads',
    bound: { kind: 'at least', value: 2 },
    measured: (values) => secondNames(values, 'BABA')?.writers.length ?? null,
    note: (values) => {
      const readers = secondNames(values, 'BABA')?.readers.length;
      const counted =
        readers === undefined
          ? ''
          : ` At first the heads that read it were counted, of which there are ${readers}.`;
      return `${noteOf(values, 'BABA')}${counted}`;
    },
  },
  {
    ...common,
    key: 'second-name-controls',
    claim:
      'other signals of the heads that read it are not read as the second name (share of random ones of the same heads and sides with such a significant interpretation, upper end of its 95 % Wilson interval).',
    paper: null,
    bound: { kind: 'at most', value: SAME_WORDS },
    measured: (values) => {
      const controls = secondNames(values, 'BABA')?.controls ?? [];
      if (controls.length === 0) return null;
      return wilsonInterval(controls.filter(saysSecond).length, controls.length).upper;
    },
    note: (values) => {
      const controls = secondNames(values, 'BABA')?.controls ?? [];
      if (controls.length === 0) return 'No signal of a BABA family is read as the second name.';
      const same = controls.filter(saysSecond);
      const texts = distinct(same.map(({ interpretation }) => interpretation)).slice(0, 2);
      return `${same.length} of ${controls.length} random signals${texts.length === 0 ? '' : `, e.g. ${texts.join('; ')}`}.`;
    },
  },
  {
    ...common,
    key: 'abba-not-second-name',
    claim:
      'in the ABBA family the indirect object is found otherwise than in the BABA family (number of heads that read at that token with such an interpretation).',
    paper: 'not "second item"',
    bound: { kind: 'equal', value: 0 },
    // Nothing is found otherwise where nothing is found, or where the other family has no second name either.
    measured: (values) => {
      const family = familyOf(values, 'ABBA');
      const isContrast = (secondNames(values, 'BABA')?.readers.length ?? 0) > 0;
      if (family === null || !isContrast || readAtIndirectObject(family).length === 0) return null;
      return secondNames(values, 'ABBA')?.readers.length ?? null;
    },
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
            .map(
              (family, i) =>
                `Family ${i + 1} (${orderText(family)}): ${nameMovers(family).join(', ') || 'none'}.`,
            )
            .join(' '),
  },
];

function noteOf(values: MechanismValues, order: Order): string {
  if (values.families.length === 0) return NO_FAMILIES;
  const family = familyOf(values, order);
  if (family === null) {
    return `No family, or more than one, has ${order} in three quarters of its prompts: ${values.families.map(orderText).join(', ')}.`;
  }
  const { writers = [], readers = [] } = secondNames(values, order) ?? {};
  // What decides comes first.
  const said = [...readAtIndirectObject(family)]
    .sort((a, b) => Number(saysSecond(b.signal)) - Number(saysSecond(a.signal)))
    .map(({ reader, side, text }) => `${reader} (${side}): ${text}`);
  return (
    `${family.size} circuits, ${orderText(family)}. As the second name written by ${writers.join(', ') || 'no head'}, ` +
    `read by ${readers.join(', ') || 'none'}. What is read at the indirect object: ` +
    `${distinct(said).slice(0, 3).join('; ') || 'nothing significant'}.`
  );
}

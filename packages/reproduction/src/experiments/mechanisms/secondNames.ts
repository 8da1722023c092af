import { edgeInterpretations, signalsOfEdges } from '@svf-alignment/circuits';
import { documentOf, familyOf, type Order } from './familyMechanism.ts';
import type { ControlledSignal, FamilyMechanism, MechanismValues } from './mechanismTask.ts';

/** What the slides call "second item in a parallel pair", in the words of the lexical grammar. */
const SECOND = 'is the second name';

/** Who in a family has to do with the indirect object being the second of the names. */
export interface SecondNames {
  /** Heads that write it at that token. */
  readonly writers: readonly string[];
  /** Heads that read it there. */
  readonly readers: readonly string[];
  /** Random signals beside those that are read. */
  readonly controls: ControlledSignal['controls'];
}

/** Null without a family of that order. */
export function secondNames(values: MechanismValues, order: Order): SecondNames | null {
  const family = familyOf(values, order);
  if (family === null) return null;
  const said = readAtIndirectObject(family).filter(({ signal }) => saysSecond(signal));
  return {
    writers: distinct(said.flatMap(({ writer }) => writer ?? [])),
    readers: distinct(said.map(({ reader }) => reader)),
    controls: distinct(said.map(({ signal }) => signal)).flatMap(({ controls }) => controls),
  };
}

export function saysSecond({ interpretation, significant }: ControlledSignal['controls'][number]): boolean {
  return significant && interpretation.includes(SECOND);
}

/** What is read at the indirect object with a significant interpretation, the heaviest edge first. */
export function readAtIndirectObject(family: FamilyMechanism) {
  const document = documentOf(family);
  const texts = edgeInterpretations(document, family.signals);
  const signals = signalsOfEdges(document, family.signals);
  return document.edges
    .map((edge, i) => ({ edge, text: texts[i], signal: signals[i] }))
    .filter(({ edge }) => edge.from.length === 4 && edge.from[2] === family.indirectObject)
    .sort((a, b) => Math.abs(b.edge.weight) - Math.abs(a.edge.weight))
    .flatMap(({ edge: { from, to, type }, text, signal }) => {
      if (text === null || signal === null) return [];
      const writer = typeof from[1] === 'number' ? `${from[0]}.${from[1]}` : null;
      return [{ writer, reader: `${to[0]}.${to[1]}`, side: type === 'd' ? 'query' : 'key', text, signal }];
    });
}

export function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

import { createHash } from 'node:crypto';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { circuitPage } from '../../../src/export/page/circuitPage.ts';
import { embeddedJson } from '../../../src/export/page/embeddedJson.ts';
import type { PageData } from '../../../src/export/page/pageData.ts';
import { averagedCircuit } from '../../../src/unified/averagedCircuit.ts';
import { goldenDocument } from '../goldenDocument.ts';
import { hostileDocument, hostileText } from '../hostileDocument.ts';
import { largeDocument } from '../largeDocument.ts';

const scripts = (page: string) =>
  [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
const dataOf = (page: string) => JSON.parse(scripts(page)[0]) as PageData;

describe('embedded JSON', () => {
  property.prop([fc.jsonValue()])('gives its value back', (value) => {
    expect(JSON.stringify(JSON.parse(embeddedJson(value)))).toBe(JSON.stringify(value));
  });

  property.prop([
    fc.string({ unit: fc.constantFrom('<', '/', '!', '-', 's', '>', '&', '\u2028', '\u2029', ']') }),
  ])('has no character that means something around it', (text) => {
    expect(embeddedJson(text)).not.toMatch(/[<>&\u2028\u2029]/);
  });
});

describe('the page', () => {
  test('is the same for the same document', () => {
    expect(circuitPage(goldenDocument())).toBe(circuitPage(goldenDocument()));
  });

  test.each([goldenDocument(), hostileDocument()])(
    'has its data, one script, and nothing to load',
    (document) => {
      const page = circuitPage(document);
      const [, script, ...more] = scripts(page);
      expect(more).toEqual([]);
      const addresses = [...page.matchAll(/\bhttps?:[^'"]*/g)].map(([address]) => address);
      expect(new Set(addresses)).toEqual(new Set(['http://www.w3.org/2000/svg']));
      const digest = (text: string) => createHash('sha256').update(text).digest('base64');
      expect(page).toContain(`script-src 'sha256-${digest(script)}'"`);
      const style = page.slice(page.indexOf('<style>') + '<style>'.length, page.indexOf('</style>'));
      expect(page).toContain(`style-src 'sha256-${digest(style)}';`);
      expect(page).toContain("default-src 'none'");
      expect(dataOf(page).nodes).toHaveLength(document.nodes.length);
    },
  );

  test('takes in hostile text as data only', () => {
    const page = circuitPage(hostileDocument(), { interpretations: [hostileText, null] });
    expect(page.split('<script')).toHaveLength(3);
    expect(page).not.toContain('<img');
    const { prompt, edges } = dataOf(page);
    expect(prompt).toBe(hostileText);
    expect(edges.map(({ interpretation }) => interpretation)).toEqual([hostileText, null]);
  });

  test('of an average it tells of how many circuits, and which share of them has what', () => {
    const golden = goldenDocument();
    const average = averagedCircuit(
      golden,
      [{ document: golden, places: golden.tokens.map((_, token) => token) }],
      0.125,
    );
    const { title, facts, nodes, edges } = dataOf(circuitPage(average, { facts: [['Interpreter', 'none']] }));
    expect(title).toMatch(/^Averaged circuit of /);
    expect(facts).toContainEqual(['Average of', '1 circuit']);
    expect(facts).toContainEqual(['Kept', 'what 12.5 % have']);
    expect(facts.at(-1)).toEqual(['Interpreter', 'none']);
    for (const { share } of [...nodes, ...edges]) expect(share).toBe(1);
    for (const { share } of dataOf(circuitPage(golden)).edges) expect(share).toBeNull();
  });

  test('measures edges into outputs and all others by scales of their own', () => {
    const { nodes, edges } = dataOf(circuitPage(goldenDocument()));
    const groups = [true, false].map((root) =>
      edges.filter(({ to }) => (nodes[to].kind === 'root') === root),
    );
    for (const group of groups) {
      const largest = Math.max(...group.map(({ weight }) => Math.abs(weight)));
      for (const { strength, weight } of group) expect(strength).toBeCloseTo(Math.abs(weight) / largest, 12);
    }
    const byRank = [...edges].sort((a, b) => a.rank - b.rank).map(({ strength }) => strength);
    expect(byRank).toEqual([...byRank].sort((a, b) => b - a));
  });

  test('shows at first what can be told apart', () => {
    expect(dataOf(circuitPage(goldenDocument())).shown).toBe(42);
    expect(dataOf(circuitPage(largeDocument())).shown).toBe(150);
  });

  test('refuses interpretations that are not one for each edge', () => {
    expect(() => circuitPage(goldenDocument(), { interpretations: [null] })).toThrowError(
      expect.objectContaining({ code: 'interpretation-count', received: '1' }),
    );
  });
});

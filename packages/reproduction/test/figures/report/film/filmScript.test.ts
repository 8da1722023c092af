import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { filmScript } from '../../../../src/figures/report/film/filmScript.ts';

test('is one script: it parses as such, and nothing of the modules around it is left', () => {
  expect(() => new Script(filmScript())).not.toThrow();
  expect(filmScript()).not.toMatch(/^\s*(?:import|export)\b/m);
});

test('gives each name of its scope once', () => {
  const names = [...filmScript().matchAll(/^(?:class|function|const|let) (\w+)/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(3);
  expect(new Set(names).size).toBe(names.length);
});

test('can stand in a page', () => {
  expect(filmScript()).not.toMatch(/<\/script|<!--/i);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from '../../../src/figures/report/html.ts';

test('escapes holes, keeps its own templates, joins lists', () => {
  const inner = html`<b>${'<'}</b>`;
  expect(html`<a title="${`"'`}">${[inner, '&', 1]}</a>`.text).toBe(
    '<a title="&quot;&#39;"><b>&lt;</b>&amp;1</a>',
  );
});

test('no string can bring in a tag, end an attribute or start an entity', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', ';', '\\', '$&') }),
      (value) => {
        expect(html`${value}`.text).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      },
    ),
  );
});

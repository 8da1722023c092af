import { expect, test } from 'vitest';
import { renderReport } from '../../../src/figures/report/renderReport.ts';
import { hostileReport } from './hostileReport.ts';
import { sampleReport } from './sampleReport.ts';

const sample = await sampleReport();
const page = renderReport(sample);

/** Looks for each text; a failure names those that are missing, not the whole page. */
function missing(texts: readonly string[], document = page): string[] {
  return texts.filter((text) => !document.includes(text));
}

/** The first place that the pattern matches, to see in a failure. */
function found(pattern: RegExp, document = page): string | undefined {
  return pattern.exec(document)?.[0];
}

test('the same data give the same page', () => {
  expect(renderReport(sample) === page).toBe(true);
});

test('says how it was made', () => {
  const { command, date, node, platform, packages } = sample.provenance;
  expect(missing([command, date, node, platform, ...Object.values(packages)])).toEqual([]);
});

test('counts the verdicts and shows each claim with its numbers', () => {
  const counts = [...page.matchAll(/<b>(\d+)<\/b><span aria-hidden="true">.<\/span> ([a-z ]+)</g)];
  expect(counts.map(([, count, verdict]) => `${count} ${verdict}`)).toEqual([
    '9 reproduced',
    '3 not reproduced',
    '1 not run',
  ]);
  const claims = sample.sections.flatMap((section) => section.claims);
  expect(page.match(/<tr role="row" id="claim-/g)).toHaveLength(claims.length);
  expect(missing(['3.04·10⁻⁴', 'within 1.5 %', 'Two pairs often mix', 'Slides, p. 12'])).toEqual([]);
});

test('shows failed and skipped experiments plainly', () => {
  const reasons = sample.sections.flatMap(({ status }) => (status.kind === 'done' ? [] : [status.reason]));
  expect(reasons).toHaveLength(2);
  expect(missing(['This experiment failed.', 'This experiment was not run.', ...reasons])).toEqual([]);
});

test('links to the files of figures and results beside it', () => {
  const files = ['figures/fig-03-dynamics.svg', 'figures/fig-03-dynamics.png', 'results/fig-03-7.json'];
  expect(missing(files.map((file) => `href="${file}"`))).toEqual([]);
});

test('shows statements in words and in symbols', () => {
  expect(missing(['Appendix B.2.3, Theorem 2', 'aria-label="Theorem 2, in symbols"', '<math '])).toEqual([]);
});

test('loads nothing', () => {
  expect(found(/(?:src|@import|url\()\s*=?\s*["']?(?:https?:)?\/\//)).toBeUndefined();
  expect(found(/<(?:link|img|iframe|script [^>]*src)/)).toBeUndefined();
  expect(missing(['content="default-src &#39;none&#39;; style-src'])).toEqual([]);
});

test('holds no markup of the data', () => {
  const hostile = renderReport(hostileReport);
  // The theme's button, the film's player, and the film's data, which are no script to the browser.
  expect(hostile.match(/<script/g)).toHaveLength(3);
  expect(hostile.match(/<script type="application\/json"/g)).toHaveLength(1);
  expect(found(/<img/, hostile)).toBeUndefined();
  expect(found(/\son\w+="alert/, hostile)).toBeUndefined();
  expect(found(/href="(?:javascript|\.\.)/, hostile)).toBeUndefined();
});

test('an empty report says so', () => {
  expect(missing(['No claim was looked at.'], renderReport({ ...sample, sections: [] }))).toEqual([]);
});

import { expect, test } from 'vitest';
import type { FilmMotion } from '../../../../src/figures/report/film/filmMotion.ts';
import { filmView } from '../../../../src/figures/report/film/filmView.ts';
import { sampleFilm } from './sampleFilm.ts';

function motionOf(text: string): FilmMotion {
  const [, json = ''] =
    /<script type="application\/json" class="film-motion">(.*?)<\/script>/s.exec(text) ?? [];
  return JSON.parse(json);
}

const film = sampleFilm({ frames: 5 });
const { text } = filmView(film);
const motion = motionOf(text);

test('every part has something for every frame', () => {
  expect(motion.steps).toEqual(['0', '100', '200', '300', '400']);
  expect(motion.matrices.map(({ levels }) => Buffer.from(levels, 'base64').length)).toEqual([
    5 * 36,
    5 * 24,
    5 * 24,
  ]);
  expect(motion.bars.map(({ length }) => length)).toEqual([4, 4, 4, 4, 4]);
  expect(motion.cursor).toHaveLength(5);
  expect(motion.curves.map(({ y, value }) => [y.length, value.length])).toEqual([
    [5, 5],
    [5, 5],
  ]);
});

test('what the script moves is there to be moved', () => {
  const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;
  expect(count(/<canvas /g)).toBe(3);
  expect(count(/class="film-bar"/g)).toBe(4);
  expect(count(/class="film-ring"/g)).toBe(2);
  expect(count(/class="film-mark"/g)).toBe(2);
  expect(count(/class="film-dot /g)).toBe(2);
  expect(count(/class="film-value"/g)).toBe(2);
});

test('larger numbers stand higher, and a cursor moves to the right', () => {
  const [first = [], last = []] = [motion.bars[0], motion.bars[4]];
  expect(first.every((top) => top === motion.ground)).toBe(true);
  expect(last[0]).toBeLessThan(last[1] ?? 0);
  expect([...motion.cursor].sort((a, b) => a - b)).toEqual(motion.cursor);
  expect(motion.curves[1]?.y[0]).toBeLessThan(motion.curves[1]?.y[4] ?? 0);
  expect(motion.curves[1]?.value).toEqual(['1', '0.0562', '0.00316', '1.78·10⁻⁴', '1·10⁻⁵']);
});

test('without a script it says so, and shows no control that would do nothing', () => {
  expect(text).toMatch(/<p class="film-silent[^>]*>The film is played by a script/);
  expect(text).toContain('<div class="film-body" hidden>');
});

test('markup in a label stays text, and cannot end the data', () => {
  const label = '</script><script>alert(1)</script><img src=x onerror=alert(2)>';
  const hostile = filmView(sampleFilm({ label, id: '"><script>' })).text;
  expect(hostile.match(/<script/g)).toHaveLength(1);
  expect(hostile.match(/<\/script/g)).toHaveLength(1);
  expect(hostile).not.toMatch(/<img/);
  expect(motionOf(hostile).matrices[0]?.rows[0]).toBe(`${label}0`);
});

import { ChartMover } from './chartMover.js';
import { decodedBytes } from './decodedBytes.js';
import { MatrixPainter } from './matrixPainter.js';

/** Milliseconds for which a frame stays, and by how many frames it moves on. */
const brisk = { rest: 80, stride: 1 };
/** For readers who asked for less motion: one quiet change after the other, in the same time. */
const calm = { rest: 800, stride: 10 };

/** Plays one film: the slider says which frame is shown, whoever moved it. */
class FilmPlayer {
  /** @param {Element} film */
  constructor(film) {
    const json = /** @type {Element} */ (film.querySelector('.film-motion')).textContent ?? '';
    /** @type {import('../filmMotion.ts').FilmMotion} */
    this.motion = JSON.parse(json);
    this.slider = /** @type {HTMLInputElement} */ (film.querySelector('.film-slider'));
    this.button = /** @type {HTMLButtonElement} */ (film.querySelector('.film-play'));
    this.step = /** @type {HTMLElement} */ (film.querySelector('.film-step'));
    this.charts = new ChartMover(film, this.motion);
    const panels = [...film.querySelectorAll('.film-panel:has(canvas)')];
    this.painters = panels.map((panel, index) => new MatrixPainter(panel, this.motion.matrices[index]));
    const { light, dark } = this.motion.colours;
    this.tables = {
      light: { sequential: decodedBytes(light.sequential), diverging: decodedBytes(light.diverging) },
      dark: { sequential: decodedBytes(dark.sequential), diverging: decodedBytes(dark.diverging) },
    };
    this.last = this.motion.steps.length - 1;
    this.playing = false;
    this.printing = false;
    this.shownAt = 0;
    this.listen();
    /** @type {HTMLElement} */ (film.querySelector('.film-silent')).hidden = true;
    /** @type {HTMLElement} */ (film.querySelector('.film-body')).hidden = false;
    this.show();
  }

  listen() {
    this.slider.addEventListener('input', () => {
      this.play(false);
      this.show();
    });
    this.button.addEventListener('click', () => this.play(!this.playing));
    const { curves } = this.charts;
    const seek = (/** @type {PointerEvent} */ event) => {
      this.play(false);
      this.go(this.charts.frameAt(event));
    };
    curves.addEventListener('pointerdown', (event) => {
      curves.setPointerCapture(event.pointerId);
      seek(event);
    });
    curves.addEventListener('pointermove', (event) => {
      if (event.buttons > 0) seek(event);
    });
    const repaint = () => this.show();
    new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ['data-theme'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
    matchMedia('print').addEventListener('change', repaint);
    addEventListener('beforeprint', () => this.print(true));
    addEventListener('afterprint', () => this.print(false));
  }

  /** @param {boolean} printing */
  print(printing) {
    this.printing = printing;
    this.show();
  }

  /** @param {number} frame */
  go(frame) {
    this.slider.value = String(frame);
    this.show();
  }

  /** Shows the slider's frame in the page's theme; paper is always light. */
  show() {
    const frame = Number(this.slider.value);
    const { theme } = document.documentElement.dataset;
    const isDark =
      theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
    const onPaper = this.printing || matchMedia('print').matches;
    const table = this.tables[isDark && !onPaper ? 'dark' : 'light'];
    for (const painter of this.painters) painter.paint(frame, table[painter.motion.colours]);
    this.charts.move(frame);
    const text = `${this.motion.steps[frame]} of ${this.motion.steps[this.last]}`;
    this.step.textContent = `Step ${text}`;
    this.slider.setAttribute('aria-valuetext', `step ${text}`);
  }

  /** @param {boolean} on */
  play(on) {
    if (on === this.playing) return;
    this.playing = on;
    this.button.textContent = on ? 'Pause' : 'Play';
    if (!on) return;
    if (Number(this.slider.value) === this.last) this.go(0);
    this.shownAt = performance.now();
    this.tick(this.shownAt);
  }

  /** @param {number} now */
  tick(now) {
    if (!this.playing) return;
    const { rest, stride } = matchMedia('(prefers-reduced-motion: reduce)').matches ? calm : brisk;
    if (now - this.shownAt >= rest) {
      this.shownAt = now;
      this.go(Math.min(this.last, Number(this.slider.value) + stride));
    }
    if (Number(this.slider.value) === this.last) this.play(false);
    else requestAnimationFrame((later) => this.tick(later));
  }
}

for (const film of document.querySelectorAll('.film')) new FilmPlayer(film);

/** Moves the bars of the spectrum and the cursor of the curves. */
export class ChartMover {
  /**
   * @param {Element} film
   * @param {import('../filmMotion.ts').FilmMotion} motion
   */
  constructor(film, motion) {
    this.motion = motion;
    this.bars = film.querySelectorAll('.film-bar');
    this.dots = film.querySelectorAll('.film-dot');
    this.values = film.querySelectorAll('.film-value');
    this.curves = /** @type {SVGSVGElement} */ (film.querySelector('.film-curves'));
    this.cursor = /** @type {SVGPathElement} */ (film.querySelector('.film-cursor'));
    this.played = /** @type {SVGRectElement} */ (film.querySelector('.film-played'));
  }

  /** @param {number} frame */
  move(frame) {
    const { bars, ground, cursor, curves } = this.motion;
    this.bars.forEach((bar, index) => {
      const top = bars[frame][index];
      bar.setAttribute('y', String(top));
      bar.setAttribute('height', String(ground - top));
    });
    const x = cursor[frame];
    this.cursor.setAttribute('transform', `translate(${x} 0)`);
    this.played.setAttribute('width', String(x - cursor[0]));
    curves.forEach(({ y, value }, index) => {
      this.dots[index].setAttribute('transform', `translate(${x} ${y[frame]})`);
      this.values[index].textContent = value[frame];
    });
  }

  /**
   * The frame whose place on the curves is nearest to the pointer.
   *
   * @param {PointerEvent} event
   * @returns {number}
   */
  frameAt(event) {
    const { left, width } = this.curves.getBoundingClientRect();
    const x = ((event.clientX - left) / width) * this.curves.viewBox.baseVal.width;
    const distances = this.motion.cursor.map((place) => Math.abs(place - x));
    return distances.indexOf(Math.min(...distances));
  }
}

import { decodedBytes } from './decodedBytes.js';

/** Paints one matrix: a pixel of its canvas for each cell, which the style sheet enlarges without smoothing. */
export class MatrixPainter {
  /**
   * @param {Element} panel
   * @param {import('../filmMotion.ts').MatrixMotion} motion
   */
  constructor(panel, motion) {
    this.motion = motion;
    this.levels = decodedBytes(motion.levels);
    this.canvas = /** @type {HTMLCanvasElement} */ (panel.querySelector('canvas'));
    this.readout = /** @type {HTMLElement} */ (panel.querySelector('.film-readout'));
    /** In memory and not on a graphics card: it is only ever written to, byte by byte. */
    this.context = /** @type {CanvasRenderingContext2D} */ (
      this.canvas.getContext('2d', { willReadFrequently: true })
    );
    this.cells = motion.rows.length * motion.columns.length;
    this.frame = 0;
    /** The cell under the pointer, if any. */
    this.cell = -1;
    const point = (/** @type {PointerEvent} */ event) => {
      this.cell = this.cellAt(event);
      this.tell();
    };
    this.canvas.addEventListener('pointerdown', point);
    this.canvas.addEventListener('pointermove', point);
    this.canvas.addEventListener('pointerleave', (event) => {
      // A finger leaves with every tap, and what it asked for shall stay to be read.
      if (event.pointerType !== 'mouse') return;
      this.cell = -1;
      this.tell();
    });
  }

  /**
   * @param {number} frame
   * @param {Uint8Array} colours red, green and blue of each level
   */
  paint(frame, colours) {
    this.frame = frame;
    const picture = this.context.createImageData(this.canvas.width, this.canvas.height);
    for (let cell = 0; cell < this.cells; cell += 1) {
      const colour = 3 * this.levels[frame * this.cells + cell];
      for (let channel = 0; channel < 3; channel += 1) {
        picture.data[4 * cell + channel] = colours[colour + channel];
      }
      picture.data[4 * cell + 3] = 255;
    }
    this.context.putImageData(picture, 0, 0);
    this.tell();
  }

  /** Says what the cell under the pointer shows, or else what all of them show. */
  tell() {
    const { rows, columns, quantity, domain } = this.motion;
    if (this.cell < 0) {
      this.readout.textContent = quantity;
      return;
    }
    const level = this.levels[this.frame * this.cells + this.cell];
    const value = domain[0] + ((domain[1] - domain[0]) * level) / 255;
    const row = rows[Math.floor(this.cell / columns.length)];
    const column = columns[this.cell % columns.length];
    this.readout.textContent = `${row} · ${column}: ${value.toFixed(2).replace('-', '−')}`;
  }

  /**
   * @param {PointerEvent} event
   * @returns {number}
   */
  cellAt(event) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const { rows, columns } = this.motion;
    const row = Math.floor(((event.clientY - top) / height) * rows.length);
    const column = Math.floor(((event.clientX - left) / width) * columns.length);
    const inside = row >= 0 && row < rows.length && column >= 0 && column < columns.length;
    return inside ? row * columns.length + column : -1;
  }
}

import { html } from './element.js';

/** Tells that the graph goes on beyond the sides of its box: a line says so, and the frame fades where there is more. */
export class OverflowHint {
  /**
   * @param {import('./graphView.js').GraphView} graph
   * @param {HTMLElement} frame around the graph
   */
  constructor({ scroller, drawing }, frame) {
    this.scroller = scroller;
    this.frame = frame;
    this.line = html(
      'p',
      { class: 'hint', hidden: true },
      '↔ Wider than the view: scroll sideways to see all.',
    );
    scroller.addEventListener('scroll', () => this.tell());
    const resized = new ResizeObserver(() => this.tell());
    for (const element of [scroller, drawing]) resized.observe(element);
  }

  tell() {
    const { scrollLeft, scrollWidth, clientWidth } = this.scroller;
    // A scroll position may be a fraction of a pixel off its end.
    const beyond = scrollWidth - clientWidth - 1;
    this.line.hidden = beyond <= 0;
    this.frame.classList.toggle('more-left', beyond > 0 && scrollLeft > 1);
    this.frame.classList.toggle('more-right', scrollLeft < beyond);
  }
}

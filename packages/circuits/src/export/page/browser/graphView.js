import { Axes, axisWidth, tokensHeight } from './axes.js';
import { html, svg } from './element.js';
import { bands, edgeElement, markers, nodeElement } from './graphParts.js';
import { nextNode, startNode } from './nextNode.js';
import { counted } from './numbers.js';

/**
 * What the graph shows.
 * @typedef {object} GraphState
 * @property {ReadonlySet<number>} visible edges
 * @property {import('./neighbourhood.js').Part | null} near what stands out, if anything
 * @property {import('./neighbourhood.js').Target | null} pinned
 * @property {ReadonlySet<number>} matches nodes that were searched for
 */

/**
 * @typedef {object} GraphHandlers
 * @property {(target: import('./neighbourhood.js').Target | null, beside: DOMRect | null) => void} hover
 * @property {(target: import('./neighbourhood.js').Target) => void} pin
 */

/** Zooms. */
const least = 0.2;
const most = 2;
/** Below it, texts cannot be read. */
const leastLegible = 0.45;
/** At which a graph opens that is not legible as a whole. */
const wellLegible = 0.75;

/** The drawing, in a box that scrolls it under the names of its layers and over its tokens. */
export class GraphView {
  /**
   * @param {import('../pageData.ts').PageData} data
   * @param {import('./neighbourhood.js').Adjacency} adjacency
   * @param {GraphHandlers} handlers
   */
  constructor(data, adjacency, handlers) {
    this.data = data;
    this.adjacency = adjacency;
    this.handlers = handlers;
    this.current = startNode(data);
    /** @type {Map<Element, string>} */
    this.classes = new Map();
    this.edges = data.edges.map((edge, index) => this.listened(edgeElement(edge), { kind: 'edge', index }));
    this.nodes = data.nodes.map((_, index) => this.node(index));
    this.axes = new Axes(data);
    const { width, height } = data;
    this.drawing = svg(
      'svg',
      { class: 'drawing', viewBox: `0 0 ${width} ${height}`, role: 'application', 'aria-label': this.told() },
      markers(),
      bands(data),
      svg('g', {}, ...this.edges),
      svg('g', {}, ...this.nodes),
    );
    const corner = html('div', { class: 'corner' });
    this.scroller = html(
      'div',
      { class: 'scroller' },
      this.axes.rows,
      this.drawing,
      corner,
      this.axes.columns,
    );
    this.zoom = 1;
    this.select(this.current);
    this.drawing.addEventListener('keydown', (event) => this.onKey(event));
  }

  told() {
    const { nodes, edges, columns } = this.data;
    const size = `${counted(nodes.length, 'node')}, ${counted(edges.length, 'edge')}, ${counted(columns.length, 'token')}`;
    return `Circuit graph, ${size}. Arrow keys move between nodes, Enter pins one, Escape releases it.`;
  }

  /** @param {number} index */
  node(index) {
    const { incoming, outgoing } = this.adjacency;
    const element = nodeElement(this.data.nodes[index], incoming[index].length, outgoing[index].length);
    element.addEventListener('focus', () => {
      this.select(index);
      this.handlers.hover({ kind: 'node', index }, element.getBoundingClientRect());
    });
    element.addEventListener('blur', () => this.handlers.hover(null, null));
    return this.listened(element, { kind: 'node', index });
  }

  /**
   * @param {SVGGElement} group
   * @param {import('./neighbourhood.js').Target} target
   */
  listened(group, target) {
    group.addEventListener('pointerenter', (event) => {
      const pointer = new DOMRect(event.clientX, event.clientY - 6, 0, 12);
      this.handlers.hover(target, target.kind === 'node' ? group.getBoundingClientRect() : pointer);
    });
    group.addEventListener('pointerleave', () => this.handlers.hover(null, null));
    group.addEventListener('click', () => this.handlers.pin(target));
    return group;
  }

  /** @param {GraphState} state */
  show({ visible, near, pinned, matches }) {
    const joined = new Set(
      [...visible].flatMap((edge) => [this.data.edges[edge].from, this.data.edges[edge].to]),
    );
    const isPinned = (/** @type {string} */ kind, /** @type {number} */ index) =>
      pinned?.kind === kind && pinned.index === index;
    for (const [index, group] of this.edges.entries()) {
      const { type } = this.data.edges[index];
      const parts = ['edge', type];
      if (!visible.has(index)) parts.push('off');
      if (near !== null) parts.push(near.edges.has(index) ? 'near' : 'faint');
      if (isPinned('edge', index)) parts.push('pinned');
      this.classify(group, parts);
    }
    for (const [index, group] of this.nodes.entries()) {
      const parts = ['node', this.data.nodes[index].kind];
      if (!joined.has(index)) parts.push('weak');
      if (near !== null) parts.push(near.nodes.has(index) ? 'near' : 'faint');
      if (isPinned('node', index)) parts.push('pinned');
      if (matches.has(index)) parts.push('match');
      this.classify(group, parts);
      group.setAttribute('aria-pressed', String(isPinned('node', index)));
    }
  }

  /**
   * Touches only what changes: a circuit may have thousands of edges.
   * @param {Element} element
   * @param {string[]} parts
   */
  classify(element, parts) {
    const text = parts.join(' ');
    if (this.classes.get(element) === text) return;
    this.classes.set(element, text);
    element.setAttribute('class', text);
  }

  /** @param {number} zoom */
  magnify(zoom) {
    this.zoom = Math.min(Math.max(zoom, least), most);
    const { width, height } = this.data;
    this.drawing.setAttribute('width', String(width * this.zoom));
    this.drawing.setAttribute('height', String(height * this.zoom));
    this.axes.magnify(this.zoom);
    this.scroller.classList.toggle('narrow', width * this.zoom < this.scroller.clientWidth - axisWidth);
  }

  /** The zoom at which the whole width is seen. */
  fitting() {
    return (this.scroller.clientWidth - axisWidth - 4) / this.data.width;
  }

  /**
   * Shows the whole width, once more where a scrollbar took some of it.
   * @param {number} largest zoom
   */
  fit(largest = most) {
    this.magnify(Math.min(this.fitting(), largest));
    if (this.scroller.scrollWidth > this.scroller.clientWidth) {
      this.magnify(Math.min(this.fitting(), largest));
    }
  }

  /** As a whole where that is legible, or else at the outputs, with which a reader begins. */
  start() {
    if (this.fitting() < leastLegible) this.magnify(wellLegible);
    else this.fit(1.25);
    this.scroller.scrollTo(this.scroller.scrollWidth, 0);
  }

  /**
   * Into the middle of the box, which stays where it is on the page.
   * @param {number} index
   */
  centre(index) {
    const { x, y } = this.data.nodes[index];
    const { clientWidth, clientHeight } = this.scroller;
    const left = x * this.zoom - (clientWidth - axisWidth) / 2;
    this.scroller.scrollTo(left, y * this.zoom - (clientHeight - tokensHeight) / 2);
  }

  /**
   * As little as it takes, of the box and of the page.
   * @param {number} index
   */
  reveal(index) {
    this.nodes[index].scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** @param {number} index */
  focus(index) {
    this.reveal(index);
    this.nodes[index].focus({ preventScroll: true });
  }

  /** @param {number} index */
  select(index) {
    this.nodes[this.current]?.setAttribute('tabindex', '-1');
    this.nodes[index]?.setAttribute('tabindex', '0');
    this.current = index;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.handlers.pin({ kind: 'node', index: this.current });
      return;
    }
    const next = nextNode(this.data.nodes, this.current, event.key);
    if (next === undefined) return;
    event.preventDefault();
    this.focus(next);
  }
}

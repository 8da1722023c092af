import { edgeSlider, pathSwitch, searchField, zoomButtons } from './controls.js';
import { DetailCard } from './detailCard.js';
import { EdgeTable } from './edgeTable.js';
import { html } from './element.js';
import { GraphView } from './graphView.js';
import { Adjacency } from './neighbourhood.js';
import { counted } from './numbers.js';
import { OverflowHint } from './overflowHint.js';
import { legend, pageHeader } from './pageFrame.js';
import { Tooltip } from './tooltip.js';

/** The page: what is shown follows from the slider, the search and what is pinned and hovered. */
class CircuitPage {
  /** @param {import('../pageData.ts').PageData} data */
  constructor(data) {
    this.data = data;
    this.adjacency = new Adjacency(data);
    this.limit = data.shown;
    this.wholePaths = false;
    /** @type {import('./neighbourhood.js').Target | null} */
    this.pinned = null;
    /** @type {import('./neighbourhood.js').Target | null} */
    this.hovered = null;
    /** @type {ReadonlySet<number>} */
    this.matches = new Set();
    this.tooltip = new Tooltip(data, this.adjacency);
    this.graph = new GraphView(data, this.adjacency, {
      hover: (target, beside) => this.hover(target, beside),
      pin: (target) => this.pin(target),
    });
    this.card = new DetailCard(data, this.adjacency, {
      release: () => this.release(),
      follow: (node) => this.follow(node),
      hover: (edge) => this.hover(edge === null ? null : { kind: 'edge', index: edge }, null),
    });
    this.table = new EdgeTable(data, {
      hover: (edge, beside) => this.hover(edge === null ? null : { kind: 'edge', index: edge }, beside),
      pin: (edge) => this.pin({ kind: 'edge', index: edge }),
    });
    this.status = html('p', { class: 'status', role: 'status' });
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.release();
    });
  }

  build() {
    const { nodes } = this.data;
    const frame = html('div', { class: 'frame' }, this.graph.scroller, this.card.card);
    const empty = html('p', { class: 'notice' }, 'This circuit is empty: nothing was found to begin with.');
    const graph = html(
      'section',
      { 'aria-label': 'Graph' },
      this.controls(),
      new OverflowHint(this.graph, frame).line,
      frame,
      legend(this.data),
    );
    const parts = nodes.length === 0 ? [empty] : [graph, this.status, this.table.section];
    document.title = this.data.title;
    document.body.append(
      html('div', { class: 'page' }, pageHeader(this.data), html('main', {}, ...parts)),
      this.tooltip.box,
    );
    // The table lengthens the page, whose scrollbar then narrows the graph: only now is its width known.
    this.update();
    this.graph.start();
  }

  controls() {
    const search = searchField(this.data, {
      found: (matches) => this.found(matches),
      chosen: (node) => this.bring(node),
    });
    const slider = edgeSlider(this.data, (limit) => {
      this.limit = limit;
      this.update();
    });
    const paths = pathSwitch((whole) => {
      this.wholePaths = whole;
      this.update();
    });
    return html('div', { class: 'controls' }, search, slider, paths, zoomButtons(this.graph));
  }

  /** @param {ReadonlySet<number>} matches */
  found(matches) {
    this.matches = matches;
    const [first] = matches;
    if (first !== undefined) this.graph.centre(first);
    this.update();
  }

  /**
   * @param {import('./neighbourhood.js').Target | null} target
   * @param {DOMRect | null} beside
   */
  hover(target, beside) {
    this.hovered = target;
    if (target === null || beside === null) this.tooltip.hide();
    else this.tooltip.show(target, beside);
    this.table.mark(target?.kind === 'edge' ? target.index : null);
    this.showGraph();
  }

  /** @param {import('./neighbourhood.js').Target} target */
  pin(target) {
    const again = this.pinned?.kind === target.kind && this.pinned.index === target.index;
    this.pinned = again ? null : target;
    this.update();
    if (!again) this.graph.reveal(target.kind === 'node' ? target.index : this.data.edges[target.index].to);
  }

  /**
   * Pins a node and brings it into sight.
   * @param {number} node
   */
  bring(node) {
    this.pinned = { kind: 'node', index: node };
    this.update();
    this.graph.select(node);
    this.graph.centre(node);
    this.graph.reveal(node);
  }

  /** @param {number} node */
  follow(node) {
    this.bring(node);
    this.graph.focus(node);
  }

  release() {
    this.pinned = null;
    this.hovered = null;
    this.tooltip.hide();
    this.update();
  }

  /** The strongest edges, and all of the pinned node. */
  visible() {
    const strong = this.data.edges.flatMap(({ rank }, edge) => (rank < this.limit ? [edge] : []));
    return new Set([
      ...strong,
      ...(this.pinned === null ? [] : this.adjacency.neighbours(this.pinned).edges),
    ]);
  }

  /**
   * @param {import('./neighbourhood.js').Target} pinned
   * @param {ReadonlySet<number>} visible
   */
  pinnedPart(pinned, visible) {
    return this.wholePaths ? this.adjacency.paths(pinned, visible) : this.adjacency.neighbours(pinned);
  }

  update() {
    const visible = this.visible();
    const part = this.pinned === null ? null : this.pinnedPart(this.pinned, visible);
    this.card.show(this.pinned);
    this.table.show(part === null ? visible : part.edges, this.pinned);
    this.status.textContent =
      this.pinned === null ? `${counted(visible.size, 'edge')} shown` : `${this.pinnedTitle()} pinned`;
    this.showGraph();
  }

  pinnedTitle() {
    if (this.pinned?.kind === 'node') return this.data.nodes[this.pinned.index].title;
    return 'Edge';
  }

  showGraph() {
    const visible = this.visible();
    const pinned = this.pinned === null ? null : this.pinnedPart(this.pinned, visible);
    const near = this.hovered === null ? pinned : this.adjacency.neighbours(this.hovered);
    const shown = this.hovered?.kind === 'edge' ? new Set([...visible, this.hovered.index]) : visible;
    this.graph.show({ visible: shown, near, pinned: this.pinned, matches: this.matches });
  }
}

new CircuitPage(JSON.parse(document.getElementById('circuit')?.textContent ?? '')).build();

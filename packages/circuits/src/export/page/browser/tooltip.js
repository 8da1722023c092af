import { html } from './element.js';
import { counted, shareText, vectorsText, weightText } from './numbers.js';

/** How many edges a node's tooltip tells of. */
const told = 5;

/** What is under the pointer or has the focus, in a box beside it. */
export class Tooltip {
  /**
   * @param {import('../pageData.ts').PageData} data
   * @param {import('./neighbourhood.js').Adjacency} adjacency
   */
  constructor(data, adjacency) {
    this.data = data;
    this.adjacency = adjacency;
    this.box = html('div', { class: 'tooltip', role: 'tooltip', id: 'tooltip', hidden: true });
  }

  /**
   * @param {import('./neighbourhood.js').Target} target
   * @param {DOMRect} beside
   */
  show({ kind, index }, beside) {
    this.box.replaceChildren(...(kind === 'node' ? this.ofNode(index) : this.ofEdge(index)));
    this.box.hidden = false;
    const { width, height } = this.box.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const left = Math.min(Math.max(beside.left + beside.width / 2 - width / 2, 8), clientWidth - width - 8);
    const above = beside.top - height - 10;
    this.box.style.left = `${Math.max(left, 8)}px`;
    this.box.style.top = `${above >= 8 ? above : Math.min(beside.bottom + 10, clientHeight - height - 8)}px`;
  }

  hide() {
    this.box.hidden = true;
  }

  /** @param {number} index */
  ofNode(index) {
    const { title, attention, share } = this.data.nodes[index];
    const incoming = this.adjacency.incoming[index];
    const lines = [html('strong', {}, title)];
    if (attention !== null) lines.push(line('Attention', weightText(attention)));
    if (share !== null) lines.push(line('In', shareText(share)));
    for (const edge of incoming.slice(0, told)) {
      const { from, type, weight, singularVectors } = this.data.edges[edge];
      const vectors = singularVectors === null ? '' : `, vectors ${vectorsText(singularVectors)}`;
      const name = html('span', { class: `mark ${type}` }, this.data.nodes[from].title);
      lines.push(html('span', { class: 'line' }, name, ` ${weightText(weight)}${vectors}`));
    }
    const more = incoming.length - told;
    if (more > 0) lines.push(html('span', { class: 'line muted' }, `and ${counted(more, 'weaker edge')}`));
    return lines;
  }

  /** @param {number} index */
  ofEdge(index) {
    return edgeFacts(this.data, index);
  }
}

/**
 * All that is known about an edge.
 * @param {import('../pageData.ts').PageData} data
 * @param {number} index
 */
export function edgeFacts({ nodes, edges }, index) {
  const { from, to, type, weight, singularVectors, share, interpretation } = edges[index];
  const reader = nodes[to];
  // Of an average, the weight is a mean over all circuits, the attention over those that have the head.
  const comparable = reader.attention !== null && share === null;
  const ofAttention = comparable ? ` of attention ${weightText(reader.attention)}` : '';
  const lines = [
    html('strong', {}, `${nodes[from].title} → ${reader.title}`),
    line('Read by', readBy(reader.kind === 'root', type), type),
    line('Weight', `${weightText(weight)}${ofAttention}`),
  ];
  if (singularVectors !== null) lines.push(line('Singular vectors', vectorsText(singularVectors)));
  if (share !== null) lines.push(line('In', shareText(share)));
  if (interpretation !== null) lines.push(html('span', { class: 'line meaning' }, interpretation));
  return lines;
}

/**
 * @param {boolean} intoRoot
 * @param {'d' | 's'} type
 */
export function readBy(intoRoot, type) {
  if (intoRoot) return 'output';
  return type === 'd' ? 'query (d)' : 'key (s)';
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} [mark]
 */
function line(name, value, mark) {
  const shown = html('b', mark === undefined ? {} : { class: `mark ${mark}` }, value);
  return html('span', { class: 'line' }, `${name} `, shown);
}

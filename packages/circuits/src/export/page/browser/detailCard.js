import { html } from './element.js';
import { counted, shareText, vectorsText, weightText } from './numbers.js';
import { edgeFacts, readBy } from './tooltip.js';

/** What is pinned, with all that it reads and all that reads it; from here a reader follows the circuit. */
export class DetailCard {
  /**
   * @param {import('../pageData.ts').PageData} data
   * @param {import('./neighbourhood.js').Adjacency} adjacency
   * @param {{ release: () => void, follow: (node: number) => void, hover: (edge: number | null) => void }} handlers
   */
  constructor(data, adjacency, { release, follow, hover }) {
    this.data = data;
    this.adjacency = adjacency;
    this.follow = follow;
    this.hover = hover;
    const close = html('button', { type: 'button', class: 'close', 'aria-label': 'Release' }, '×');
    close.addEventListener('click', release);
    this.content = html('div', { class: 'card-content' });
    this.card = html('section', { class: 'card', 'aria-label': 'Pinned', hidden: true }, close, this.content);
    /** @type {import('./neighbourhood.js').Target | null} */
    this.shown = null;
  }

  /** @param {import('./neighbourhood.js').Target | null} pinned */
  show(pinned) {
    if (pinned === this.shown) return;
    this.shown = pinned;
    this.card.hidden = pinned === null;
    if (pinned === null) return;
    const { kind, index } = pinned;
    this.content.replaceChildren(...(kind === 'node' ? this.ofNode(index) : this.ofEdge(index)));
    this.content.scrollTop = 0;
  }

  /** @param {number} index */
  ofNode(index) {
    const { title, attention, share } = this.data.nodes[index];
    const facts = [html('h3', {}, title)];
    if (attention !== null) facts.push(html('p', {}, 'Attention ', html('b', {}, weightText(attention))));
    if (share !== null) facts.push(html('p', {}, 'In ', html('b', {}, shareText(share))));
    return [
      ...facts,
      ...this.list('Reads', 'Not traced further.', this.adjacency.incoming[index], 'from'),
      ...this.list('Is read by', '', this.adjacency.outgoing[index], 'to'),
    ];
  }

  /** @param {number} index */
  ofEdge(index) {
    const { from, to } = this.data.edges[index];
    const [name, ...facts] = edgeFacts(this.data, index);
    const heading = html('h3', {}, name.textContent ?? '');
    return [
      heading,
      html('div', {}, ...facts),
      html('div', { class: 'ends' }, this.button(from), this.button(to)),
    ];
  }

  /**
   * @param {string} heading
   * @param {string} none
   * @param {readonly number[]} edges
   * @param {'from' | 'to'} end
   */
  list(heading, none, edges, end) {
    if (edges.length === 0) return none === '' ? [] : [html('p', { class: 'muted' }, none)];
    const items = edges.map((edge) => this.item(edge, end));
    const title = html('h4', {}, `${heading} ${counted(edges.length, 'edge')}`);
    return [html('div', { class: 'list' }, title, html('ul', {}, ...items))];
  }

  /**
   * @param {number} edge
   * @param {'from' | 'to'} end
   */
  item(edge, end) {
    const { type, weight, singularVectors, share, interpretation, to, ...own } = this.data.edges[edge];
    const vectors = singularVectors === null ? '' : ` · vectors ${vectorsText(singularVectors)}`;
    const read = readBy(this.data.nodes[to].kind === 'root', type);
    const facts = html(
      'span',
      { class: 'facts' },
      html('span', { class: `mark ${type}` }, read),
      ` ${weightText(weight)}${vectors}${share === null ? '' : ` · in ${shareText(share)}`}`,
    );
    const meaning = interpretation === null ? [] : [html('span', { class: 'meaning' }, interpretation)];
    const item = html('li', {}, this.button(end === 'to' ? to : own.from), facts, ...meaning);
    for (const event of ['pointerenter', 'focusin']) item.addEventListener(event, () => this.hover(edge));
    for (const event of ['pointerleave', 'focusout']) item.addEventListener(event, () => this.hover(null));
    return item;
  }

  /** @param {number} node */
  button(node) {
    const button = html('button', { type: 'button', class: 'follow' }, this.data.nodes[node].title);
    button.addEventListener('click', () => this.follow(node));
    return button;
  }
}

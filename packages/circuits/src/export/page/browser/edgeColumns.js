import { percentText, vectorsText, weightText } from './numbers.js';
import { comparePlaces } from './places.js';
import { readBy } from './tooltip.js';

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {string} name
 * @property {boolean} numeric right-aligned, and sorted from large to small at first
 * @property {(edge: number) => string} text
 * @property {(edge: number) => number | string} order
 */

/**
 * The columns of the table; those of shares and interpretations only if there are any.
 * @param {import('../pageData.ts').PageData} data
 * @returns {Column[]}
 */
export function edgeColumns({ nodes, edges }) {
  /** @type {number[]} */
  const places = [];
  const inOrder = nodes.map((_, node) => node).sort((a, b) => comparePlaces(nodes[a], nodes[b]));
  for (const [place, node] of inOrder.entries()) places[node] = place;
  /** @type {Column[]} */
  const columns = [
    {
      key: 'from',
      name: 'From',
      numeric: false,
      text: (edge) => nodes[edges[edge].from].title,
      order: (edge) => places[edges[edge].from],
    },
    {
      key: 'to',
      name: 'To',
      numeric: false,
      text: (edge) => nodes[edges[edge].to].title,
      order: (edge) => places[edges[edge].to],
    },
    {
      key: 'type',
      name: 'Read by',
      numeric: false,
      text: (edge) => readBy(nodes[edges[edge].to].kind === 'root', edges[edge].type),
      order: (edge) => readBy(nodes[edges[edge].to].kind === 'root', edges[edge].type),
    },
    {
      key: 'weight',
      name: 'Weight',
      numeric: true,
      text: (edge) => weightText(edges[edge].weight),
      order: (edge) => edges[edge].weight,
    },
    {
      key: 'vectors',
      name: 'Singular vectors',
      numeric: true,
      text: (edge) => vectorsText(edges[edge].singularVectors),
      order: (edge) => edges[edge].singularVectors?.length ?? 0,
    },
  ];
  if (edges.some(({ share }) => share !== null)) {
    columns.push({
      key: 'share',
      name: 'Circuits',
      numeric: true,
      text: (edge) => percentText(edges[edge].share ?? 0),
      order: (edge) => edges[edge].share ?? 0,
    });
  }
  if (edges.some(({ interpretation }) => interpretation !== null)) {
    const text = (/** @type {number} */ edge) => edges[edge].interpretation ?? '';
    columns.push({ key: 'meaning', name: 'Interpretation', numeric: false, text, order: text });
  }
  return columns;
}

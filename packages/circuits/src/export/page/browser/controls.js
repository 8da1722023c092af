import { html } from './element.js';
import { counted } from './numbers.js';

/**
 * The slider of how many of the strongest edges are shown.
 * @param {import('../pageData.ts').PageData} data
 * @param {(limit: number) => void} changed
 */
export function edgeSlider({ edges, shown }, changed) {
  const range = html('input', {
    type: 'range',
    min: 0,
    max: edges.length,
    value: shown,
    'aria-label': 'Strongest edges shown',
  });
  const told = html('output', {});
  const tell = (/** @type {number} */ limit) => {
    const weakest = edges.find(({ rank }) => rank === limit - 1);
    const share = weakest === undefined ? '' : `, ≥ ${percent(weakest.strength)} of the strongest`;
    told.textContent = `${limit.toLocaleString('en')} of ${counted(edges.length, 'edge')}${share}`;
    range.setAttribute('aria-valuetext', told.textContent);
  };
  range.addEventListener('input', () => {
    tell(Number(range.value));
    changed(Number(range.value));
  });
  tell(shown);
  return html('label', { class: 'slider' }, html('span', {}, 'Strongest edges'), range, told);
}

/** @param {number} share */
function percent(share) {
  return `${share < 0.1 ? (100 * share).toFixed(1) : Math.round(100 * share)}%`;
}

/**
 * The field in which nodes are searched; Enter goes from one match to the next.
 * @param {import('../pageData.ts').PageData} data
 * @param {{ found: (matches: ReadonlySet<number>) => void, chosen: (node: number) => void }} handlers
 */
export function searchField({ nodes }, { found, chosen }) {
  const field = html('input', {
    type: 'search',
    'aria-label': 'Search nodes',
    placeholder: '9.6, L9H6, MLP 3, …',
  });
  const told = html('span', { class: 'found', role: 'status' });
  /** @type {number[]} */
  let matches = [];
  let next = 0;
  field.addEventListener('input', () => {
    matches = matching(nodes, field.value);
    next = 0;
    told.textContent = field.value.trim() === '' ? '' : counted(matches.length, 'node');
    found(new Set(matches));
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || matches.length === 0) return;
    chosen(matches[next % matches.length]);
    next += 1;
  });
  return html('label', { class: 'search' }, html('span', {}, 'Search'), field, told);
}

/**
 * Nodes of which a term is what was typed, or else begins like it.
 * @param {import('../pageData.ts').PageData['nodes']} nodes
 * @param {string} typed
 */
function matching(nodes, typed) {
  const query = typed.toLowerCase().replace(/\s/g, '');
  if (query === '') return [];
  const having = (/** @type {(term: string) => boolean} */ fits) =>
    nodes.flatMap(({ terms }, index) => (terms.some(fits) ? [index] : []));
  const exact = having((term) => term === query);
  return exact.length > 0 ? exact : having((term) => term.startsWith(query));
}

/**
 * Whether what is pinned shows all that it is joined to, or its neighbours only.
 * @param {(whole: boolean) => void} changed
 */
export function pathSwitch(changed) {
  const field = html('input', { type: 'checkbox' });
  field.addEventListener('change', () => changed(field.checked));
  return html('label', { class: 'extent' }, field, 'Whole paths');
}

/** @param {import('./graphView.js').GraphView} graph */
export function zoomButtons(graph) {
  const button = (/** @type {string} */ text, /** @type {string} */ name, /** @type {() => void} */ zoom) => {
    const own = html('button', { type: 'button', 'aria-label': name }, text);
    own.addEventListener('click', zoom);
    return own;
  };
  return html(
    'div',
    { class: 'zooms', role: 'group', 'aria-label': 'Zoom' },
    button('−', 'Smaller', () => graph.magnify(graph.zoom / 1.25)),
    button('+', 'Larger', () => graph.magnify(graph.zoom * 1.25)),
    button('Fit', 'Fit to width', () => graph.fit()),
  );
}

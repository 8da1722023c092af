import { html, svg } from './element.js';
import { minus } from './graphParts.js';
import { outline } from './nodeShape.js';
import { counted } from './numbers.js';

/** @type {[import('../../exportedTypes.ts').ExportedKind, string][]} */
const kindNames = [
  ['head', 'Attention head'],
  ['mlp', 'MLP'],
  ['bias', 'Attention bias'],
  ['embedding', 'Embedding'],
  ['offset', 'Offset (bias as a token)'],
  ['root', 'Output'],
];

/**
 * The head of the page: title, prompt, facts, warnings.
 * @param {import('../pageData.ts').PageData} data
 */
export function pageHeader({ title, prompt, facts, warnings }) {
  const toggle = html('button', { type: 'button', id: 'theme-toggle' });
  const entries = facts.map(([name, value]) => html('div', {}, html('dt', {}, name), html('dd', {}, value)));
  const notice = warnings.length === 0 ? [] : [warningNotice(warnings)];
  switchTheme(toggle);
  const heading = html('h1', {}, title);
  const text = html('blockquote', {}, prompt);
  return html('header', {}, toggle, heading, text, html('dl', {}, ...entries), ...notice);
}

/** @param {readonly string[]} warnings */
function warningNotice(warnings) {
  const counts = new Map();
  for (const warning of warnings) counts.set(warning, (counts.get(warning) ?? 0) + 1);
  const items = [...counts].map(([warning, count]) =>
    html('li', {}, count === 1 ? warning : `${warning} (${count} times)`),
  );
  const title = html('strong', {}, counted(warnings.length, 'warning'));
  return html('div', { class: 'notice' }, title, html('ul', {}, ...items));
}

/**
 * A button that overrides the reader's preferred colour scheme.
 * @param {HTMLButtonElement} button
 */
function switchTheme(button) {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const label = () => {
    button.textContent = isDark() ? 'Light theme' : 'Dark theme';
  };
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    label();
  });
  system.addEventListener('change', label);
  label();
}

/**
 * What shapes, colours, dashes and weights mean.
 * @param {import('../pageData.ts').PageData} data
 */
export function legend({ weightNotes }) {
  const kinds = kindNames.map(([kind, name]) => {
    const shape = svg('g', { class: `node ${kind}`, transform: 'translate(15 9)' }, outline(kind, 26, 14));
    return html('li', {}, svg('svg', { width: 30, height: 18, 'aria-hidden': 'true' }, shape), name);
  });
  const line = (/** @type {string} */ type, /** @type {string} */ name, /** @type {Node[]} */ ...more) => {
    const path = svg('path', { class: 'line', d: 'M2 9H32', 'stroke-width': 2.5 });
    const group = svg('g', { class: `edge ${type}` }, path, ...more);
    return html('li', {}, svg('svg', { width: 36, height: 18, 'aria-hidden': 'true' }, group), name);
  };
  const bar = svg('path', { class: 'bar d', d: 'M31 2V16' });
  return html(
    'ul',
    { class: 'legend', 'aria-label': 'Legend' },
    ...kinds,
    line('d', 'read by the query, or by the output'),
    line('s', 'read by the key'),
    line('d', 'negative weight', minus(15, 9), bar),
    html('li', { class: 'muted' }, 'Wider is heavier; edges into outputs have a scale of their own.'),
    ...weightNotes.map((note) => html('li', { class: 'note' }, note)),
  );
}

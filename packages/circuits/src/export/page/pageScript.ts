import { readFileSync } from 'node:fs';

/** Each after those that it imports. */
const modules = [
  'element',
  'numbers',
  'places',
  'neighbourhood',
  'nodeShape',
  'tooltip',
  'axes',
  'graphParts',
  'nextNode',
  'graphView',
  'overflowHint',
  'detailCard',
  'edgeColumns',
  'edgeTable',
  'controls',
  'pageFrame',
  'circuitPage',
];
/** The package ships `src`, which lies as far above this file as above its compiled form in `dist`. */
const folder = new URL('../../../src/export/page/browser/', import.meta.url);
let script: string | undefined;

/**
 * The script of the page: the modules of `browser/`, as they were written, in one scope. No two of them may give one name
 * to different things; their imports are named and from each other.
 */
export function pageScript(): string {
  script ??= `(() => {\n'use strict';\n${modules.map(source).join('\n')}})();`;
  return script;
}

function source(name: string): string {
  return readFileSync(new URL(`${name}.js`, folder), 'utf8')
    .replace(/^import [^;]*;\n+/gm, '')
    .replace(/^export /gm, '');
}

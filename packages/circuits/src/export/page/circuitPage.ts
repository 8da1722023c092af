import { createHash } from 'node:crypto';
import type { CircuitDocument } from '../../circuit/circuitDocument.ts';
import type { CircuitPageOptions } from './circuitPageOptions.ts';
import { embeddedJson } from './embeddedJson.ts';
import { pageScript } from './pageScript.ts';
import { pageStyles } from './pageStyles.ts';
import { preparePage } from './preparePage.ts';

/**
 * The circuit as one HTML document that opens from disk and loads nothing: its graph (tokens from left to right, layers from
 * bottom to top), its edges as a table, and its nodes to be searched, pinned and followed by mouse or keyboard. Texts of the
 * document enter it as data only, never as markup. The same document gives the same text.
 *
 * @throws SvfError `interpretation-count`, `unknown-token`, `unknown-node`
 */
export function circuitPage(document: CircuitDocument, options: CircuitPageOptions = {}): string {
  const data = embeddedJson(preparePage(document, options));
  const script = pageScript();
  const policy = [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `style-src '${digest(pageStyles)}'`,
    `script-src '${digest(script)}'`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Circuit</title>
<style>${pageStyles}</style>
</head>
<body>
<noscript>This page draws its circuit by a script of its own, which your browser does not run.</noscript>
<script type="application/json" id="circuit">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

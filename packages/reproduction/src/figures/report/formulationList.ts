import { Html, html } from './html.ts';
import type { ReportFormulation } from './reportData.ts';

/** Statements in words and in symbols. */
export function formulationList(formulations: readonly ReportFormulation[]): Html {
  if (formulations.length === 0) return html``;
  return html`<ol class="formulations">
${formulations.map(formulation)}</ol>
`;
}

function formulation({ title, text, source, mathml }: ReportFormulation): Html {
  return html`<li><h3>${title}</h3>
<p class="sources">${source}</p>
<p>${text}</p>
<div class="formula" role="group" tabindex="0" aria-label="${title}, in symbols">${new Html(mathml)}</div></li>
`;
}

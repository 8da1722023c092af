import type { Claim } from '../../lab/claim.ts';
import { formatValue } from './formatValue.ts';
import { type Html, html } from './html.ts';
import type { ReportSection } from './reportData.ts';
import { sectionAnchor } from './sectionAnchor.ts';
import { verdictBadge } from './verdict.ts';

const longestWord = 20;

/**
 * All claims beside what was measured, grouped by section. On a narrow screen the rows become cards; the
 * explicit roles keep it a table for screen readers when the style sheet changes its display.
 */
export function claimsTable(sections: readonly ReportSection[]): Html {
  const groups = sections.filter(({ claims }) => claims.length > 0);
  if (groups.length === 0) return html`<p>No claim was looked at.</p>`;
  return html`<table role="table" class="claims">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Claim</th><th role="columnheader" scope="col">Source</th><th role="columnheader" scope="col" class="number">Paper</th><th role="columnheader" scope="col" class="number">Measured</th><th role="columnheader" scope="col">Counts as the same</th><th role="columnheader" scope="col">Verdict</th></tr></thead>
${groups.map(claimGroup)}</table>`;
}

function claimGroup(section: ReportSection): Html {
  return html`<tbody role="rowgroup">
<tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="6"><a href="#${sectionAnchor(section)}">${section.title}</a></th></tr>
${section.claims.map(claimRow)}</tbody>
`;
}

/** A number is not broken into two lines, but text with a word of any length may be. */
function long(value: Claim['measured']): string {
  const words = typeof value === 'string' ? value.split(' ') : [];
  return words.some(({ length }) => length > longestWord) ? ' long' : '';
}

function claimRow({ id, claim, figure, paper, measured, tolerance, verdict, note }: Claim): Html {
  return html`<tr role="row" id="claim-${id}"><td role="cell" class="claim">${claim}${note === undefined ? '' : html`<span class="note">${note}</span>`}</td><td role="cell" class="source" data-label="Source">${figure}</td><td role="cell" class="number${long(paper)}" data-label="Paper">${formatValue(paper)}</td><td role="cell" class="number measured${long(measured)}" data-label="Measured">${formatValue(measured)}</td><td role="cell" data-label="Counts as the same">${tolerance}</td><td role="cell">${verdictBadge(verdict)}</td></tr>
`;
}

import { createHash } from 'node:crypto';
import { claimsTable } from './claimsTable.ts';
import { experimentSection } from './experimentSection.ts';
import { filmScript } from './film/filmScript.ts';
import { Html, html } from './html.ts';
import type { Provenance, ReportData, ReportSection } from './reportData.ts';
import { sectionAnchor } from './sectionAnchor.ts';
import { styles } from './styles.ts';
import { themeToggleScript } from './themeToggle.ts';
import { countVerdicts, tallyText, verdictSigns } from './verdict.ts';

/** Nothing is loaded, and no script runs but the page's own, whatever the data hold. */
function contentPolicy(scripts: readonly string[]): string {
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return ["default-src 'none'", "style-src 'unsafe-inline'", `script-src ${hashes.join(' ')}`].join('; ');
}

/**
 * The report as one HTML document that opens from disk and loads nothing. It links to the files of the
 * figures (`figures/`) and the results (`results/`), which are expected beside it. The same data give the
 * same text.
 */
export function renderReport(data: ReportData): string {
  const { title, lead, provenance, sections } = data;
  const scripts = [themeToggleScript, ...(sections.some(({ film }) => film) ? [filmScript()] : [])];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(styles)}</style>
</head>
<body>
<a class="skip" href="#claims">Skip to the claims</a>
<div class="page">
<header>
<button id="theme-toggle" type="button" hidden>Theme</button>
<h1>${title}</h1>
<p class="lead">${lead}</p>
${provenanceBlock(provenance)}
</header>
${contents(sections)}
<main>
<section aria-labelledby="claims">
<h2 id="claims">Claims and what was measured</h2>
${verdictCounts(sections)}
${claimsTable(sections)}
</section>
${sections.map(renderSection)}</main>
</div>
${scripts.map((script) => html`<script>${new Html(script)}</script>`)}
</body>
</html>
`.text;
}

function renderSection(section: ReportSection): Html {
  switch (section.kind) {
    case 'experiment':
      return experimentSection(section);
  }
}

function provenanceBlock({ command, profile, seed, date, node, platform, packages }: Provenance): Html {
  const facts: readonly (readonly [string, string | number])[] = [
    ['Profile', profile],
    ['Seed', seed],
    ['Date', date],
    ['Node', node],
    ['Platform', platform],
    ...Object.entries(packages),
  ];
  return html`<code class="command" tabindex="0" aria-label="The command that made this report">${command}</code>
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function contents(sections: readonly ReportSection[]): Html {
  const entry = (section: ReportSection): Html =>
    html`<li><a href="#${sectionAnchor(section)}">${section.title}</a> <span class="tally">${tally(section)}</span></li>`;
  return html`<nav aria-labelledby="contents">
<h2 id="contents">Contents</h2>
<ol><li><a href="#claims">Claims and what was measured</a></li>${sections.map(entry)}</ol>
</nav>`;
}

function tally({ status, claims }: ReportSection): string {
  if (status.kind !== 'done') return status.kind;
  return tallyText(claims);
}

function verdictCounts(sections: readonly ReportSection[]): Html {
  const counts = countVerdicts(sections.flatMap(({ claims }) => claims));
  const items = verdictSigns.map(
    ({ verdict, sign, style }) =>
      html`<li class="${style}"><b>${counts[verdict]}</b><span aria-hidden="true">${sign}</span> ${verdict}</li>`,
  );
  return html`<ul class="counts">${items}</ul>`;
}

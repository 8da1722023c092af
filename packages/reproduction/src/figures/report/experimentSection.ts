import { filmView } from './film/filmView.ts';
import { formulationList } from './formulationList.ts';
import { type Html, html } from './html.ts';
import { inlineSvg, svgWidth } from './inlineSvg.ts';
import type { ExperimentSection, ReportFigure, ReportPage } from './reportData.ts';
import { sectionAnchor } from './sectionAnchor.ts';
import { tallyText } from './verdict.ts';

/** One experiment: its summary, or plainly why it has no result, its figures and its files. */
export function experimentSection(section: ExperimentSection): Html {
  const anchor = sectionAnchor(section);
  return html`<section aria-labelledby="${anchor}">
<h2 id="${anchor}">${section.title}</h2>
<p class="sources">${section.sources.join(' · ')}</p>
<p class="summary">${section.summary}</p>
${status(section)}
${formulationList(section.formulations ?? [])}${section.film === undefined ? '' : filmView(section.film)}<div class="figures">
${section.figures.map(figure)}</div>
${pageLinks(section.pages ?? [])}${resultLinks(section.resultFiles)}
</section>
`;
}

function status({ status: outcome, claims }: ExperimentSection): Html {
  if (outcome.kind === 'failed') {
    return html`<p class="notice bad"><strong>This experiment failed.</strong> ${outcome.reason}</p>`;
  }
  if (outcome.kind === 'not run') {
    return html`<p class="notice open"><strong>This experiment was not run.</strong> ${outcome.reason}</p>`;
  }
  const [first] = claims;
  if (first === undefined) return html``;
  return html`<p><a href="#claim-${first.id}">${tallyText(claims, ' claims reproduced')}</a></p>`;
}

function figure({ id, title, caption, svg }: ReportFigure): Html {
  const file = `figures/${encodeURIComponent(id)}`;
  const key = [...id].map((character) => (/[a-zA-Z0-9]/.test(character) ? character : '-')).join('');
  return html`<figure id="figure-${id}" style="--width:${svgWidth(svg.light)}px">
<div class="picture" role="img" tabindex="0" aria-label="${title}"><div class="only-light">${inlineSvg(svg.light, `${key}-light`)}</div><div class="only-dark">${inlineSvg(svg.dark, `${key}-dark`)}</div></div>
<figcaption><strong>${sentence(title)}</strong> ${caption} <span class="files"><a href="${file}.svg" aria-label="${title} as SVG">SVG</a> <a href="${file}.png" aria-label="${title} as PNG">PNG</a></span></figcaption>
</figure>
`;
}

function pageLinks(pages: readonly ReportPage[]): Html {
  if (pages.length === 0) return html``;
  const links = pages.map(
    ({ file, title }) => html`<li><a href="pages/${encodeURIComponent(file)}">${title}</a></li>`,
  );
  return html`<ul class="pages">${links}</ul>
`;
}

function resultLinks(files: readonly string[]): Html {
  if (files.length === 0) return html``;
  const links = files.map((name) => html`<li><a href="results/${encodeURIComponent(name)}">${name}</a></li>`);
  return html`<details class="results"><summary>Results as data: ${files.length} ${files.length === 1 ? 'file' : 'files'}</summary><ul>${links}</ul></details>`;
}

/** With a full stop, unless it ends in something like one. */
function sentence(title: string): string {
  return /[.…?!]$/.test(title) ? title : `${title}.`;
}

import type { Film } from '../../../lab/film.ts';
import { palettes, type Theme } from '../../theme.ts';
import { Html, html } from '../html.ts';
import { colourTable } from './colourTable.ts';
import { curvesPanel } from './curvesPanel.ts';
import type { FilmMotion } from './filmMotion.ts';
import { matrixPanel } from './matrixPanel.ts';
import { base64 } from './quantise.ts';
import { spectrumPanel } from './spectrumPanel.ts';

/** A film's pictures, its controls, and what moves as JSON, which `filmScript` plays. Without a script it says so. */
export function filmView(film: Film): Html {
  const { id, title, caption, steps } = film;
  const key = [...id].map((character) => (/[a-zA-Z0-9]/.test(character) ? character : '-')).join('');
  const matrices = film.matrices.map(matrixPanel);
  const spectrum = spectrumPanel(film.spectrum);
  const curves = curvesPanel(film.curves, steps, key);
  const motion: FilmMotion = {
    steps: steps.map((step) => step.toLocaleString('en-US')),
    colours: { light: tables('light'), dark: tables('dark') },
    matrices: matrices.map((panel) => panel.motion),
    ...spectrum.motion,
    ...curves.motion,
  };
  return html`<div class="film" id="figure-${id}" role="group" aria-label="${title}">
<p class="film-caption"><strong>${title}.</strong> ${caption}</p>
<p class="film-silent notice open">The film is played by a script, and this browser runs none.</p>
<div class="film-body" hidden>
<div class="film-controls"><button class="film-play" type="button">Play</button><input class="film-slider" type="range" min="0" max="${steps.length - 1}" value="0" aria-label="Training step"><span class="film-step" aria-hidden="true"></span></div>
<div class="film-panels">
${matrices.map((panel) => panel.markup)}<div class="film-charts">
${spectrum.markup}${curves.markup}</div>
</div>
</div>
<script type="application/json" class="film-motion">${inertJson(motion)}</script>
</div>
`;
}

function tables(theme: Theme): FilmMotion['colours'][Theme] {
  const { sequential, diverging } = palettes[theme];
  return { sequential: base64(colourTable(sequential)), diverging: base64(colourTable(diverging)) };
}

/** JSON that cannot end the element in which it stands, whatever its texts say. */
function inertJson(value: FilmMotion): Html {
  return new Html(JSON.stringify(value).replaceAll('<', '\\u003c'));
}

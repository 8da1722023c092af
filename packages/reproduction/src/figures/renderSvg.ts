import { SvfError } from '@svf-alignment/core';
import type { Loader, LoggerInterface } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import type { JsonObject } from '../lab/result.ts';
import { countMarks } from './countMarks.ts';
import { renameIds } from './renameIds.ts';
import { type Theme, themeConfig } from './theme.ts';

/**
 * Draws a Vega-Lite specification with inline data as an SVG document with a transparent background.
 * The same specification and theme give the same text.
 *
 * @throws {SvfError} `invalid-figure` where Vega-Lite or Vega objects to the specification, be it only with
 *   a warning, or where it asks for a file or an address; `empty-figure` where nothing would be drawn.
 */
export async function renderSvg(specification: JsonObject, theme: Theme): Promise<string> {
  const complaints: string[] = [];
  const logger = collect(complaints);
  let svg = '';
  let cause: unknown;
  // Loaded with the first figure: Vega takes a third of a second, and most commands draw nothing.
  const [{ loader, parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  try {
    // A specification is plain JSON for the rest of the project; Vega-Lite checks it while it compiles.
    const vegaLite = specification as unknown as TopLevelSpec;
    const compiled = compile(vegaLite, { config: themeConfig(theme), logger });
    const view = new View(parse(compiled.spec), { renderer: 'none', loader: closed(loader()), logger });
    svg = await view.toSVG();
    view.finalize();
  } catch (error) {
    cause = error;
    complaints.push(error instanceof Error ? error.message : String(error));
  }
  const [complaint] = complaints;
  if (complaint !== undefined) {
    throw new SvfError(`A figure cannot be drawn: ${complaint}`, {
      code: 'invalid-figure',
      path: ['specification'],
      expected: 'a Vega-Lite specification with inline data that compiles without a warning',
      received: complaints.join('; '),
      remedy:
        'Correct the specification; the builders heatmap, lineChart, barChart and scatter give valid ones.',
      cause,
    });
  }
  if (Object.keys(countMarks(svg)).length === 0) {
    throw new SvfError('A figure would be empty: its specification draws no mark.', {
      code: 'empty-figure',
      path: ['specification'],
      expected: 'at least one drawn mark',
      received: 'none',
      remedy: 'Look whether the data are empty or lie outside the domains of the axes.',
    });
  }
  return shortPaths(crispCells(countedIds(svg)));
}

/** Vega counts ids on from figure to figure; counted anew, a figure does not tell what was drawn before it. */
function countedIds(svg: string): string {
  const ids: string[] = [];
  return renameIds(svg, (id) => {
    if (!ids.includes(id)) ids.push(id);
    return `id${ids.indexOf(id)}`;
  });
}

/** Without this, neighbouring cells of a heat map show hairlines of the background between them. */
function crispCells(svg: string): string {
  return svg.replaceAll(
    '<g class="mark-rect role-mark',
    '<g shape-rendering="crispEdges" class="mark-rect role-mark',
  );
}

/** Hundredths of a pixel: a heat map of training steps is half as long so. */
function shortPaths(svg: string): string {
  return svg.replace(/ d="[^"]*"/g, (path) =>
    path.replace(/\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2)))),
  );
}

/** A figure is self-contained: a specification that wants a file or an address is a mistake. */
function closed(loader: Loader): Loader {
  const refuse = (uri: string): Promise<never> =>
    Promise.reject(
      new Error(`the specification asks for ${JSON.stringify(uri)}, but only inline data are drawn`),
    );
  return { ...loader, load: refuse, sanitize: refuse, http: refuse, file: refuse };
}

function collect(complaints: string[]): LoggerInterface {
  const complain = (...messages: readonly unknown[]): LoggerInterface => {
    complaints.push(messages.map(String).join(' '));
    return logger;
  };
  const logger = {
    level: () => logger,
    error: complain,
    warn: complain,
    info: () => logger,
    debug: () => logger,
  } as LoggerInterface;
  return logger;
}

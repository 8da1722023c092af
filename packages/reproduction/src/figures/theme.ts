import type { Config } from 'vega-lite';

/** The two looks of every figure; specifications know neither. */
export type Theme = 'light' | 'dark';

/** DejaVu Sans comes first: it is what PNG files are drawn with, and no other font is measured for. */
export const fontFamily = 'DejaVu Sans, Verdana, sans-serif';

export interface Palette {
  /** Of the report page; behind what must hide what lies below it. */
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  /** Text on cells of the low and of the high end of a sequential scale, and of both ends of a diverging one. */
  readonly onLow: string;
  readonly onHigh: string;
  /** Okabe and Ito's colours, which stay apart for colour-blind readers; lightened on dark. */
  readonly category: readonly string[];
  readonly sequential: readonly string[];
  /** Blue for negative, orange for positive: apart under every common colour blindness. */
  readonly diverging: readonly string[];
}

/** For what is drawn without Vega: the training film of the report page. */
export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    paper: '#ffffff',
    ink: '#1c2430',
    muted: '#5a6472',
    line: '#d9dee5',
    onLow: '#1c2430',
    onHigh: '#ffffff',
    category: ['#0072b2', '#d55e00', '#009e73', '#b8629b', '#56b4e9', '#e69f00', '#5a6472'],
    sequential: ['#f3f6fa', '#d0e1f1', '#9ac3e2', '#5a9bcd', '#2a71ae', '#0f5594', '#0a3564'],
    diverging: [
      '#0d4b85',
      '#2a71ae',
      '#7fb2da',
      '#cbdeed',
      '#f6f6f4',
      '#fbdcc2',
      '#f2a46c',
      '#d66a26',
      '#9c3c08',
    ],
  },
  dark: {
    paper: '#12161c',
    ink: '#e6e9ee',
    muted: '#9aa5b3',
    line: '#2d3541',
    onLow: '#e6e9ee',
    onHigh: '#10141a',
    category: ['#4aa8e0', '#f08a4b', '#35c59b', '#dd93c4', '#9bd3f5', '#f2c14e', '#9aa5b3'],
    sequential: ['#1c222b', '#1b3a57', '#1f5484', '#2f78b5', '#589fd6', '#97c7ee', '#e3f1fd'],
    diverging: [
      '#9fcdf6',
      '#589fd6',
      '#2b6ca6',
      '#203f5d',
      '#20262f',
      '#563620',
      '#a4561f',
      '#e08747',
      '#ffc99d',
    ],
  },
};

/**
 * The Vega-Lite configuration of a theme. The background is transparent, so that a figure stands on any
 * page. Colour ranges and text styles have names (`heatmap`, `diverging`, `category`; `on-low`, `on-high`)
 * by which specifications ask for them, and so have the `frame` of a heat map, a
 * `reference` line, and the `wire`s, `backing`s of boxes and `note`s of a diagram.
 */
export function themeConfig(theme: Theme): Config {
  const palette = palettes[theme];
  return {
    aria: false,
    background: 'transparent',
    font: fontFamily,
    padding: 6,
    view: { stroke: null },
    range: {
      category: [...palette.category],
      heatmap: [...palette.sequential],
      ramp: [...palette.sequential],
      diverging: [...palette.diverging],
    },
    axis: {
      domainColor: palette.muted,
      gridColor: palette.line,
      labelColor: palette.muted,
      labelFlush: false,
      labelFontSize: 11,
      labelPadding: 4,
      tickColor: palette.line,
      tickSize: 4,
      titleColor: palette.ink,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      titlePadding: 8,
    },
    legend: {
      gradientStrokeWidth: 0,
      gradientThickness: 10,
      labelColor: palette.muted,
      labelFontSize: 11,
      labelLimit: 240,
      symbolOpacity: 1,
      symbolSize: 90,
      symbolStrokeWidth: 2,
      titleColor: palette.ink,
      titleFontSize: 12,
      titleFontWeight: 'normal',
    },
    title: {
      anchor: 'start',
      color: palette.ink,
      fontSize: 12,
      fontWeight: 'bold',
      frame: 'group',
      offset: 8,
    },
    style: {
      'on-low': { color: palette.onLow },
      'on-high': { color: palette.onHigh },
      frame: { stroke: palette.line },
      reference: { color: palette.muted, strokeDash: [4, 4], strokeWidth: 1 },
      backing: { color: palette.paper },
      wire: { color: palette.muted },
      note: { color: palette.muted },
    },
  };
}

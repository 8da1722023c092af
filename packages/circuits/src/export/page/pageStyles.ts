/** The house's colours, with Okabe and Ito's for kinds and edges, which stay apart for colour-blind readers. */
const light = `
  --paper: #ffffff; --surface: #f7f8fa; --ink: #1c2430; --muted: #5a6472; --line: #dfe3e9; --link: #0a5ea8;
  --open-soft: #eef0f3; --query: #d55e00; --query-ink: #b04d00; --key: #0072b2; --match: #ffd76a;
  --head: #3d4a5c; --head-fill: #ffffff; --mlp: #00785a; --mlp-fill: #e0f3ec; --bias: #a34f87; --bias-fill: #f9eaf4;
  --embedding: #a87400; --embedding-fill: #fdf2d8; --offset: #5a6472; --offset-fill: #e9ecf0; color-scheme: light;`;
const dark = `
  --paper: #12161c; --surface: #1a2028; --ink: #e6e9ee; --muted: #9aa5b3; --line: #2d3541; --link: #7cbcf0;
  --open-soft: #262d37; --query: #f08a4b; --query-ink: #f08a4b; --key: #4aa8e0; --match: #7d6210;
  --head: #aab5c4; --head-fill: #1d242e; --mlp: #35c59b; --mlp-fill: #11332a; --bias: #dd93c4; --bias-fill: #3a2033;
  --embedding: #f2c14e; --embedding-fill: #362b0f; --offset: #9aa5b3; --offset-fill: #2a313b; color-scheme: dark;`;

const themes = `
:root { ${light} }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme='light']) { ${dark} } }
@media screen { :root[data-theme='dark'] { ${dark} } }`;

const text = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 5rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3, h4 { line-height: 1.25; margin: 0; }
h1 { font-size: clamp(1.4rem, 1.1rem + 1.5vw, 2rem); letter-spacing: -0.015em; }
h2 { font-size: 1.25rem; }
button, input { font: inherit; color: inherit; }
.muted { color: var(--muted); }
.page { max-width: 110rem; margin: 0 auto; padding: clamp(1rem, 3vw, 2.2rem) clamp(0.8rem, 3vw, 2.2rem) 4rem; }
#theme-toggle { float: right; margin: 0 0 0.6rem 1rem; }
button { background: var(--surface); border: 1px solid var(--line); border-radius: 99px; padding: 0.25rem 0.8rem; font-size: 0.85rem; color: var(--muted); cursor: pointer; }
button:hover { color: var(--ink); }
blockquote { margin: 0.5rem 0 0.7rem; font-size: 1.05rem; max-width: 60rem; white-space: pre-wrap; }
dl { display: flex; flex-wrap: wrap; gap: 0.15rem 1.5rem; margin: 0; font-size: 0.85rem; }
dl div { display: flex; gap: 0.4rem; }
dt { color: var(--muted); }
dd { margin: 0; font-variant-numeric: tabular-nums; }
.notice { margin: 0.9rem 0 0; padding: 0.6rem 1rem; background: var(--open-soft); border-left: 4px solid var(--muted); border-radius: 4px; font-size: 0.9rem; }
.notice ul { margin: 0.2rem 0 0; padding-left: 1.2rem; }
.status { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }`;

const controls = `
.controls { position: sticky; top: 0; z-index: 6; display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; margin: 1.1rem 0 0.7rem; padding: 0.55rem 0.8rem; background: var(--surface); border-radius: 8px; font-size: 0.88rem; }
.controls label { display: flex; align-items: center; gap: 0.5rem; }
input[type='search'] { padding: 0.25rem 0.6rem; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; min-width: 0; }
input::placeholder { color: var(--muted); opacity: 1; }
input[type='range'], input[type='checkbox'] { accent-color: var(--link); cursor: pointer; }
.search { position: relative; }
.search input { width: 11.5rem; }
.found { position: absolute; right: 2.1rem; font-size: 0.8rem; pointer-events: none; }
.found, output, .count { color: var(--muted); font-variant-numeric: tabular-nums; white-space: nowrap; }
.slider { flex: 1 1 21rem; }
.slider input { flex: 1 1 6rem; width: 6rem; min-width: 4rem; max-width: 20rem; }
.slider > span, .extent { white-space: nowrap; }
.zooms { display: flex; gap: 0.3rem; }
.zooms button { background: var(--paper); min-width: 2.2rem; }
@media (max-width: 40rem) {
  .controls { position: static; }
  .controls label.slider { flex-wrap: wrap; }
  .search, .search input { flex: 1 1 auto; width: auto; }
  .slider input { order: 1; flex-basis: 100%; max-width: none; }
  .zooms { margin-left: auto; }
}`;

const graph = `
.frame { position: relative; border: 1px solid var(--line); border-radius: 10px; overflow: clip; }
.frame.more-left::before, .frame.more-right::after { content: ''; position: absolute; z-index: 2; top: 0; bottom: 0; width: 2.4rem; pointer-events: none; opacity: 0.3; }
.frame.more-left::before { left: 58px; background: linear-gradient(to right, var(--muted), transparent); }
.frame.more-right::after { right: 0; background: linear-gradient(to left, var(--muted), transparent); }
.hint { margin: 0 0 0.4rem; font-size: 0.82rem; color: var(--muted); }
.scroller { display: grid; grid-template-columns: max-content max-content; overflow: auto; max-height: max(24rem, calc(100vh - 5rem)); scroll-padding: 1rem 3rem 3.2rem 6rem; overscroll-behavior-x: contain; }
.frame:has(.card:not([hidden])) .scroller { max-height: max(18rem, calc(64vh - 4rem)); }
.scroller > svg { display: block; }
.scroller.narrow { grid-template-columns: max-content 1fr; }
.axis { position: sticky; left: 0; z-index: 2; background: var(--paper); border-right: 1px solid var(--line); }
.axis text { text-anchor: end; fill: var(--muted); font-size: 12px; font-variant-numeric: tabular-nums; }
.corner { position: sticky; left: 0; bottom: 0; z-index: 3; background: var(--paper); border-top: 1px solid var(--line); border-right: 1px solid var(--line); }
.tokens { position: sticky; bottom: 0; z-index: 1; background: var(--paper); border-top: 1px solid var(--line); }
.tokens text { text-anchor: middle; fill: var(--ink); }
.band { fill: var(--surface); }
.column { stroke: var(--muted); stroke-opacity: 0.35; stroke-width: 1; stroke-dasharray: 1 5; fill: none; }
.edge .line { fill: none; stroke-linecap: round; opacity: 0.62; }
.edge.d .line { stroke: var(--query); }
.edge.s .line { stroke: var(--key); stroke-dasharray: 7 5; stroke-linecap: butt; }
.bar { fill: none; stroke-width: 3; stroke-linecap: round; }
.bar.d { stroke: var(--query); }
.bar.s { stroke: var(--key); }
.reach { fill: none; stroke: transparent; stroke-width: 11; pointer-events: stroke; cursor: pointer; }
.minus circle { fill: var(--paper); stroke-width: 1.5; }
.minus path { stroke-width: 2; stroke-linecap: round; }
.edge.d .minus circle, .edge.d .minus path { stroke: var(--query); }
.edge.s .minus circle, .edge.s .minus path { stroke: var(--key); }
.edge.off { display: none; }
.edge.near .line { opacity: 1; }
.edge.faint .line, .edge.faint .minus { opacity: 0.07; }
.edge.pinned .line { filter: drop-shadow(0 0 3px currentColor); }
.node { cursor: pointer; outline: none; }
.shape { stroke-width: 1.6; }
.node.head .shape { fill: var(--head-fill); stroke: var(--head); }
.node.mlp .shape { fill: var(--mlp-fill); stroke: var(--mlp); }
.node.bias .shape { fill: var(--bias-fill); stroke: var(--bias); }
.node.embedding .shape { fill: var(--embedding-fill); stroke: var(--embedding); }
.node.offset .shape { fill: var(--offset-fill); stroke: var(--offset); }
.node.root .shape { fill: var(--ink); stroke: var(--ink); }
.node text { text-anchor: middle; fill: var(--ink); pointer-events: none; }
.node .label { font-size: 12px; font-weight: 600; font-variant-numeric: tabular-nums; }
.node .attended { font-size: 9.5px; fill: var(--muted); }
.node.root .label { fill: var(--paper); }
.node.weak:not(.near, .match, .faint) .shape { stroke-opacity: 0.35; fill: var(--surface); }
.node.weak:not(.near, .match, .faint) text { opacity: 0.45; }
.node.faint:not(.match) .shape { stroke-opacity: 0.22; fill: var(--paper); }
.node.faint:not(.match) text { opacity: 0.28; }
.node.root.faint .label { fill: var(--ink); }
.node.match .shape { fill: var(--match); stroke-width: 3; }
.node.root.match .label { fill: var(--ink); }
.node.pinned .shape { stroke-width: 3.5; }
.node:hover .shape { stroke-width: 2.6; }
.node:focus-visible .shape { stroke: var(--link); stroke-width: 4; }`;

const details = `
.tooltip { position: fixed; z-index: 10; max-width: min(25rem, calc(100vw - 16px)); padding: 0.5rem 0.75rem; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 4px 18px rgb(0 0 0 / 0.22); font-size: 0.82rem; line-height: 1.45; pointer-events: none; }
.tooltip strong, .line { display: block; }
.line { font-variant-numeric: tabular-nums; }
.mark { font-weight: 600; }
.mark.d { color: var(--query-ink); }
.mark.s { color: var(--key); }
.meaning { display: block; font-style: italic; color: var(--muted); }
.card { position: sticky; bottom: 0; z-index: 5; background: var(--paper); border-top: 1px solid var(--line); box-shadow: 0 -4px 14px rgb(0 0 0 / 0.1); font-size: 0.85rem; }
.card-content { max-height: 34vh; overflow: auto; padding: 0.7rem 1rem 0.9rem; }
.card .close { position: absolute; top: 0.5rem; right: 0.9rem; padding: 0 0.5rem; font-size: 1rem; line-height: 1.5; }
.list { display: flow-root; }
.list ul { columns: 17rem; column-gap: 1.6rem; }
.list li { break-inside: avoid; }
html:has(.card:not([hidden])) { scroll-padding-bottom: 36vh; }
.card h3 { font-size: 0.95rem; padding-right: 2rem; }
.card h4 { margin: 0.7rem 0 0.2rem; font-size: 0.8rem; color: var(--muted); font-weight: 600; }
.card p { margin: 0.2rem 0 0; }
.card ul { margin: 0; padding: 0; list-style: none; }
.card li { padding: 0.25rem 0; border-top: 1px solid var(--line); }
.follow { display: block; padding: 0; border: 0; background: none; font-size: inherit; color: var(--link); text-align: left; }
.follow:hover { text-decoration: underline; color: var(--link); }
.facts { color: var(--muted); font-variant-numeric: tabular-nums; }
.ends { display: grid; gap: 0.3rem; margin-top: 0.5rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.3rem; margin: 0.6rem 0 0; padding: 0; list-style: none; font-size: 0.82rem; }
.legend li { display: flex; align-items: center; gap: 0.4rem; }
.legend svg { flex: none; }
.legend .note { flex-basis: 100%; max-width: 75rem; color: var(--muted); }
.legend .node { cursor: default; }
.legend .node .shape { stroke-width: 1.6; }`;

const table = `
.edges { margin-top: 2.4rem; }
.bar-of-table { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; margin-bottom: 0.6rem; font-size: 0.88rem; }
.bar-of-table input { width: 15rem; }
.table-box { max-height: max(24rem, 85vh); overflow: auto; border-bottom: 1px solid var(--line); }
thead { position: sticky; top: 0; background: var(--paper); box-shadow: 0 1px 0 var(--line); }
table { width: 100%; border-collapse: collapse; font-size: 0.88rem; }
th, td { padding: 0.35rem 0.7rem; text-align: left; border-bottom: 1px solid var(--line); }
th button { border: 0; background: none; padding: 0.2rem 0; font-weight: 600; white-space: nowrap; }
th button::after { content: '↕' / ''; margin-left: 0.35rem; opacity: 0.35; }
th[aria-sort='ascending'] button::after { content: '↑' / ''; opacity: 1; }
th[aria-sort='descending'] button::after { content: '↓' / ''; opacity: 1; }
th[aria-sort] button { color: var(--ink); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
tbody tr { cursor: pointer; }
tbody tr:hover, tbody tr.hovered { background: var(--surface); }
tbody tr.pinned { background: var(--open-soft); box-shadow: inset 3px 0 0 var(--link); }
tbody tr:focus-visible { outline-offset: -3px; }
@media screen and (max-width: 40rem) {
  thead tr { display: flex; flex-wrap: wrap; gap: 0 0.9rem; }
  thead th { border: 0; padding: 0; }
  tbody tr { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 0.1rem 0.6rem; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  tbody td, tbody td.number { border: 0; padding: 0; text-align: left; }
  td[data-label='From'], td[data-label='To'], td[data-label='Interpretation'] { grid-column: 1 / -1; }
  td[data-label='To']::before { content: '→ '; color: var(--muted); }
  td[data-label='Weight']::before, td[data-label='Singular vectors']::before, td[data-label='Circuits']::before { content: attr(data-label) ' '; color: var(--muted); }
  td[data-label='Singular vectors']::before { content: 'sv '; }
  td[data-label='Circuits']::before { content: 'in '; }
}`;

const print = `
@media print {
  .controls, .hint, #theme-toggle, .card, .tooltip, .frame::before, .frame::after { display: none; }
  .scroller { max-height: none; overflow: visible; }
}`;

/** The whole style sheet of the page. */
export const pageStyles = [themes, text, controls, graph, details, table, print].join('\n').trim();

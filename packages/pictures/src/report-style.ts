/** The style sheet of reports: one column, light and dark, narrow screens, print. */
export const REPORT_STYLE: string = `
:root {
  color-scheme: light dark;
  --page: #fcfcfb; --text: #1c1e21; --soft: #5d636b; --line: #d9dce0; --panel: #f1f2f4; --mark: #e2efe6;
  --series-1: #0069b0; --series-2: #c45100; --series-3: #007d5b; --series-4: #a8478a; --series-5: #8f6700; --series-6: #5a4fd6;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #16181b; --text: #e6e7e9; --soft: #a1a7af; --line: #373b41; --panel: #212429; --mark: #1f3b2c;
    --series-1: #5db3f0; --series-2: #ff9350; --series-3: #3ecba0; --series-4: #e79bca; --series-5: #e3bb4d; --series-6: #a9a2ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  -webkit-text-size-adjust: 100%;
}
main { max-width: 50rem; margin: 0 auto; padding: 3rem 1.25rem 5rem; }
h1 { margin: 0 0 .75rem; font-size: 2rem; line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; }
h2 { margin: 3rem 0 1rem; font-size: 1.25rem; line-height: 1.3; letter-spacing: -.005em; }
p { margin: 0 0 1rem; max-width: 44rem; text-wrap: pretty; overflow-wrap: anywhere; }
.summary { font-size: 1.125rem; color: var(--soft); }
header { padding-bottom: 1.25rem; border-bottom: 1px solid var(--line); }
.wide { overflow-x: auto; }
figure, .wide, dl, pre { margin: 0 0 1.5rem; }
figure .wide { margin: 0; }
figcaption, caption { color: var(--soft); font-size: .875rem; line-height: 1.45; }
figcaption { margin-top: .5rem; max-width: 44rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { caption-side: bottom; padding-top: .5rem; text-align: left; }
th, td { padding: .4rem .9rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: baseline; }
th:first-child { padding-left: 0; }
thead th { font-size: .875rem; color: var(--soft); font-weight: 600; border-bottom-color: currentColor; vertical-align: bottom; }
tbody th { font-weight: 400; }
th.number, td.number { text-align: right; white-space: nowrap; }
td strong { background: var(--mark); padding: .1rem .35rem; margin-right: -.35rem; border-radius: .25rem; }
.pictures { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; }
.pictures figure { flex: 0 1 auto; max-width: 100%; }
.pictures figcaption { max-width: 22rem; }
img { display: block; max-width: 100%; height: auto; image-rendering: pixelated; background: var(--line); }
svg { display: block; min-width: 34rem; max-width: 100%; height: auto; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0 2rem; }
dl div { display: flex; justify-content: space-between; gap: 1rem; padding: .35rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--soft); }
.long { grid-column: 1 / -1; }
.long dt { flex: 0 0 13rem; }
.long dd { flex: 1; text-align: left; }
dd { flex: none; margin: 0; text-align: right; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
pre {
  padding: .8rem 1rem; background: var(--panel); border-radius: .4rem; overflow-x: auto;
  font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
}
code { font: inherit; user-select: all; -webkit-user-select: all; }
@media (max-width: 36rem) {
  .long { flex-wrap: wrap; gap: 0 1rem; }
  .long dt { flex-basis: 100%; }
  main { padding-top: 1.5rem; }
  h1 { font-size: 1.5rem; }
  h2 { margin-top: 2.25rem; }
}
@media print {
  :root { --page: #fff; --text: #000; --soft: #444; --mark: #fff; color-scheme: light; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  figure, tr, pre { break-inside: avoid; }
  svg { min-width: 0; }
}
`;

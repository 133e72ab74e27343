/** An SVG of a graph of layers, with a description for screen readers. */
function drawing(width: number, height: number, title: string, parts: readonly string[]): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" ` +
    `height="${height}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" ` +
    `font-size="16" style="min-width:0" fill="none" stroke="currentColor">${parts.join('')}</svg>`
  );
}

/** Places of n units of a row that is centered in the width. */
function row(n: number, width: number, y: number): [number, number][] {
  const step = Math.min(70, width / n);
  return Array.from({ length: n }, (_, i) => [width / 2 + (i - (n - 1) / 2) * step, y]);
}

function text(x: number, y: number, content: string): string {
  return `<text x="${x}" y="${y}" fill="currentColor" stroke="none">${content}</text>`;
}

function unit([x, y]: readonly [number, number], color: number): string {
  return `<circle cx="${x}" cy="${y}" r="16" style="fill:var(--series-${color})" stroke="none"/>`;
}

function edges(
  from: readonly (readonly [number, number])[],
  to: readonly (readonly [number, number])[],
): string[] {
  return from.flatMap(([x1, y1]) =>
    to.map(
      ([x2, y2]) => `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke-opacity="0.35"/>`,
    ),
  );
}

/** The site's icon: two layers. */
export function icon(): string {
  const places = (n: number, y: number): [number, number][] =>
    Array.from({ length: n }, (_, i) => [32 + (i - (n - 1) / 2) * 20, y]);
  const dots = (all: readonly [number, number][], color: string): string =>
    all.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="8" fill="${color}"/>`).join('');
  const [hidden, visible] = [places(2, 14), places(3, 50)];
  const lines = edges(hidden, visible).join('');
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><g stroke="#888" ' +
    `stroke-width="3">${lines}</g>${dots(hidden, '#c2410c')}${dots(visible, '#1f6feb')}</svg>`
  );
}

/** An RBM: each visible unit is joined to each hidden one, and no two of one layer. */
export function graphOfRbm(): string {
  const hidden = row(4, 400, 40);
  const visible = row(5, 400, 160);
  return drawing(520, 200, 'A layer of 4 hidden units above a layer of 5 visible units', [
    ...edges(hidden, visible),
    ...hidden.map((place) => unit(place, 2)),
    ...visible.map((place) => unit(place, 1)),
    text(400, 45, 'hidden h'),
    text(400, 105, 'weights W'),
    text(400, 165, 'visible v'),
  ]);
}

/** A stack of three layers, of which each pair is an RBM. */
export function graphOfStack(): string {
  const layers = [row(5, 400, 250), row(4, 400, 145), row(3, 400, 40)];
  return drawing(520, 290, 'Three layers; the lower two and the upper two are an RBM each', [
    ...edges(layers[0]!, layers[1]!),
    ...edges(layers[1]!, layers[2]!),
    ...layers.flatMap((places, i) => places.map((place) => unit(place, i === 0 ? 1 : 2))),
    text(400, 255, 'data'),
    text(400, 203, 'first RBM'),
    text(400, 150, 'features'),
    text(400, 98, 'second RBM'),
    text(400, 45, 'their features'),
  ]);
}

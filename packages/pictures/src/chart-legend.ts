import { fitText, label, textWidth } from './chart-frame.ts';
import { element } from './markup.ts';
import { seriesStyle } from './series-style.ts';

const ROW = 20;
const KEY = 30;
const SPACE = 22;

/** Draws each name with its line and marker, in rows that fit into `width`. */
export function chartLegend(
  names: readonly string[],
  width: number,
  top: number,
): { parts: string[]; height: number } {
  const parts: string[] = [];
  let x = 0;
  let y = top + ROW / 2;
  names.forEach((whole, index) => {
    const name = fitText(whole, width - KEY);
    const wide = KEY + textWidth(name);
    if (x > 0 && x + wide > width) {
      x = 0;
      y += ROW;
    }
    const { stroke, dashes, marker } = seriesStyle(index);
    parts.push(
      element('line', {
        x1: x,
        x2: x + 24,
        y1: y,
        y2: y,
        'stroke-width': 2,
        'stroke-dasharray': dashes,
        style: stroke,
      }),
      marker(x + 12, y),
      label(x + KEY, y + 4, name),
    );
    x += wide + SPACE;
  });
  return { parts, height: y + ROW / 2 - top };
}

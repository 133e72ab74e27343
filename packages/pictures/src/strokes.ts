import type { Floats } from '@deepbelief/checks';

/** Pixels along each side of the paper, as in MNIST. */
export const PAPER_SIDE = 28;

/** The pen is full of ink up to this many pixels from its middle, and fades over one more. */
const RADIUS = 1.3;

/**
 * Puts a round, soft dot of ink on the paper. Pixels only get darker.
 *
 * @param paper [28 · 28] ink from 0 to 1, row by row; it is changed
 * @param x from 0 at the left edge to 28
 * @param y from 0 at the top edge to 28
 */
export function dot(paper: Float32Array, x: number, y: number): void {
  const reach = RADIUS + 1;
  const [left, right] = within(x - reach, x + reach);
  const [top, bottom] = within(y - reach, y + reach);
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
      const ink = Math.min(1, Math.max(0, RADIUS + 0.5 - distance));
      const at = row * PAPER_SIDE + column;
      if (ink > paper[at]!) paper[at] = ink;
    }
  }
}

/** Returns the range of pixels between two places that is on the paper. */
function within(from: number, to: number): [number, number] {
  return [Math.max(0, Math.floor(from)), Math.min(PAPER_SIDE - 1, Math.ceil(to))];
}

/** Draws a stroke of the pen from one point to another, including both. */
export function stroke(
  paper: Float32Array,
  from: readonly [number, number],
  to: readonly [number, number],
): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const dots = Math.max(1, Math.ceil(length * 4));
  for (let i = 0; i <= dots; i++) {
    const share = i / dots;
    dot(paper, from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]));
  }
}

/**
 * Returns a drawing moved by whole pixels so that its center of mass is in the middle of the paper,
 * like MNIST's digits. Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database".
 */
export function centered(paper: Float32Array): Floats {
  let [mass, x, y] = [0, 0, 0];
  for (let at = 0; at < paper.length; at++) {
    mass += paper[at]!;
    x += paper[at]! * (at % PAPER_SIDE);
    y += paper[at]! * Math.floor(at / PAPER_SIDE);
  }
  const moved = new Float32Array(paper.length);
  if (mass === 0) return moved;
  const middle = (PAPER_SIDE - 1) / 2;
  const [right, down] = [Math.round(middle - x / mass), Math.round(middle - y / mass)];
  const isInside = (place: number): boolean => place >= 0 && place < PAPER_SIDE;
  for (let at = 0; at < paper.length; at++) {
    const column = (at % PAPER_SIDE) + right;
    const row = Math.floor(at / PAPER_SIDE) + down;
    if (isInside(column) && isInside(row)) moved[row * PAPER_SIDE + column] = paper[at]!;
  }
  return moved;
}

/** Side of the paper, as MNIST has it. */
export const SIDE = 28;

/** Ink beyond which nothing is darker; the pen fades over the last pixel of its width. */
const RADIUS = 1.3;

/**
 * Puts a round soft dot of ink at a point of the paper, 0 to 28 both ways; what is there only gets
 * darker.
 */
export function dot(paper: Float32Array, x: number, y: number, radius: number = RADIUS): void {
  const reach = radius + 1;
  for (
    let row = Math.max(0, Math.floor(y - reach));
    row <= Math.min(SIDE - 1, Math.ceil(y + reach));
    row++
  ) {
    for (
      let column = Math.max(0, Math.floor(x - reach));
      column <= Math.min(SIDE - 1, Math.ceil(x + reach));
      column++
    ) {
      const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
      const ink = Math.min(1, Math.max(0, radius + 0.5 - distance));
      const at = row * SIDE + column;
      if (ink > paper[at]!) paper[at] = ink;
    }
  }
}

/** A stroke of the pen from a point to another, both ends included. */
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
 * Moves the ink by whole pixels so that its center of mass is the paper's center, as MNIST's digits
 * are placed.
 */
export function centered(paper: Float32Array): Float32Array<ArrayBuffer> {
  let [mass, x, y] = [0, 0, 0];
  for (let at = 0; at < paper.length; at++) {
    mass += paper[at]!;
    x += paper[at]! * (at % SIDE);
    y += paper[at]! * Math.floor(at / SIDE);
  }
  const moved = new Float32Array(paper.length);
  if (mass === 0) return moved;
  const [right, down] = [
    Math.round((SIDE - 1) / 2 - x / mass),
    Math.round((SIDE - 1) / 2 - y / mass),
  ];
  for (let at = 0; at < paper.length; at++) {
    const column = (at % SIDE) + right;
    const row = Math.floor(at / SIDE) + down;
    if (column >= 0 && column < SIDE && row >= 0 && row < SIDE)
      moved[row * SIDE + column] = paper[at]!;
  }
  return moved;
}

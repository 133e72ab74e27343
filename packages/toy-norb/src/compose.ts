import type { NorbSet } from '@deepbelief/norb';
import type { RandomKey } from '@deepbelief/random';
import { drawCut, paintBackground } from './background.ts';
import type { Canvas } from './canvas.ts';
import { clutter } from './clutter.ts';
import { Draws } from './draws.ts';
import { CONTRASTS, INSTANCES, SCALES, type ToyExample } from './protocol.ts';
import type { View } from './render-toy.ts';
import type { TextureBank } from './texture.ts';
import { modelOf, toyOf, toys, type Model } from './toys.ts';

/** How lamps and paint affect a surface; see `Touch`. */
interface Paint {
  readonly albedo: number;
  readonly gloss: number;
  readonly falloff: readonly [right: number, down: number];
}

/** Draws a toy on a plain table, as in small NORB. */
export function drawPlain(canvas: Canvas, example: ToyExample): void {
  for (const picture of canvas.pictures) picture.fill(0.72);
  canvas.add(modelOf(toyOf(example)), viewOf(example), {
    shift: [0, 0],
    size: 1,
    roll: 0,
    albedo: 0.85,
  });
}

/**
 * Draws a toy as in jittered-cluttered NORB: a textured background, clutter, another toy at the
 * edge, then the toy in the middle with its jitter. Without a toy there is one more piece of
 * clutter, closer to the middle. The brightness of surfaces and the camera's exposure are random
 * and follow the same distribution for all categories, so histograms do not reveal the category.
 */
export function drawCluttered(
  canvas: Canvas,
  example: ToyExample,
  set: NorbSet,
  textures: TextureBank,
  key: RandomKey,
): void {
  const draws = new Draws(key);
  const cut = drawCut(draws, textures);
  for (const eye of [0, 1] as const) paintBackground(canvas.pictures[eye], canvas.side, cut, eye);
  const empty = example.category === 'none';
  const seen = empty
    ? { elevation: 30 + 5 * draws.whole(0, 8), azimuth: 0, lighting: draws.whole(0, 5) }
    : viewOf(example);
  const view: View = { ...seen, hardness: draws.between(0.65, 1.2) };
  const slope = draws.between(0, 2 * Math.PI);
  const steepness = draws.between(0, 0.55);
  // Lamps and paint, drawn the same way for toys and clutter.
  const paint = (): Paint => ({
    albedo: draws.between(0.64, 1.02),
    gloss: draws.between(0, 0.25),
    falloff: [steepness * Math.cos(slope), steepness * Math.sin(slope)],
  });
  const aside = (model: Model, distance: number, size: number): void => {
    const angle = draws.between(0, 2 * Math.PI);
    canvas.add(
      model,
      { ...view, azimuth: draws.between(0, 360) },
      {
        ...paint(),
        shift: [distance * Math.cos(angle), distance * Math.sin(angle)],
        size: size * draws.between(0.8, 1),
        roll: draws.between(-8, 8),
        disparity: draws.between(-3, 3),
      },
    );
  };
  if (empty) aside(modelOf(draws.pick(clutter)), draws.between(10, 38), 1);
  for (let left = draws.whole(0, 1); left > 0; left--)
    aside(modelOf(draws.pick(clutter)), draws.between(50, 64), 0.75);
  aside(modelOf(draws.pick(toys)[draws.pick(INSTANCES[set])]!), draws.between(52, 64), 0.75);
  if (!empty) addToy(canvas, example, view, paint());
  expose(canvas, draws.between(0.45, 1.1), draws.between(-0.06, 0.2));
}

/** The toy in the middle with its jitter. */
function addToy(canvas: Canvas, example: ToyExample, view: View, paint: Paint): void {
  const { horizontalShift, verticalShift, luminance, contrast, scale, rotation } =
    example.info.jitter!;
  canvas.add(modelOf(toyOf(example)), view, {
    ...paint,
    shift: [horizontalShift, verticalShift],
    size: SCALES[scale as 0 | 1],
    roll: rotation,
    contrast: CONTRASTS[contrast as 0 | 1],
    luminance: luminance / 255,
  });
}

/** Acts like a camera's gain and black level, the same for both eyes. */
function expose({ pictures }: Canvas, gain: number, black: number): void {
  for (const picture of pictures) {
    for (const [i, value] of picture.entries()) picture[i] = black + gain * value;
  }
}

function viewOf({ info: { elevation, azimuth, lighting } }: ToyExample): View {
  return { elevation: 30 + 5 * elevation, azimuth: 10 * azimuth, lighting };
}

import { argumentError } from '@deepbelief/checks';
import type { NorbSet, NorbVariant } from '@deepbelief/norb';
import { foldKey } from '@deepbelief/random';
import { drawCluttered, drawPlain } from './compose.ts';
import { exampleOrder, setKey, type ToyExample } from './protocol.ts';
import { createCanvas } from './canvas.ts';
import { textureBank } from './texture.ts';

/** Renders the pairs of a set one by one, in any order. */
export interface PairRenderer {
  /** Height and width of the pictures, in pixels. */
  readonly side: number;
  /** Returns what pair `index`, from 0, shows. */
  example(index: number): ToyExample;
  /**
   * Draws pair `index`.
   *
   * @param out [2, side, side] bytes, 0 black to 255 white: the left eye's picture, then the right
   *   eye's
   */
  render(index: number, out: Uint8Array): void;
}

/**
 * Makes a renderer of pairs. The same seed, variant, set and index give the same bytes. It reuses
 * its memory between calls.
 */
export function createPairRenderer(seed: number, variant: NorbVariant, set: NorbSet): PairRenderer {
  const key = setKey(seed, variant, set);
  const example = exampleOrder(variant, set, key);
  const side = variant === 'small' ? 96 : 108;
  const canvas = createCanvas(side);
  const textures = textureBank(foldKey(key, 'textures'));
  const pictures = foldKey(key, 'pictures');
  return {
    side,
    example,
    render: (index, out) => {
      if (out.length !== 2 * side * side) {
        throw argumentError(
          `render: out has ${out.length} bytes, expected ${2 * side * side}, two of ` +
            `${side}×${side}`,
        );
      }
      if (variant === 'small') drawPlain(canvas, example(index));
      else drawCluttered(canvas, example(index), set, textures, foldKey(pictures, index));
      canvas.write(out);
    },
  };
}

import type { Floats } from '@deepbelief/checks';
import type { Picture } from './decode-picture.ts';
import type { Eyes } from './eye-positions.ts';

/**
 * Where the eyes lie in the window, as shares of its side: `fromSide` from the left and right
 * edges, `fromTop` from the top. The mean of the deep-funneled faces has them there in its middle
 * 144×144 pixels, so both ways of alignment give faces of about the same size.
 */
export const EYES_IN_WINDOW: { readonly fromSide: number; readonly fromTop: number } = {
  fromSide: 0.355,
  fromTop: 0.42,
};

/**
 * Cuts out the square window in which the eyes have a fixed place. It turns and scales the picture
 * (a similarity transform), interpolates linearly between four neighbors, and repeats edge pixels
 * beyond the edge. A pixel of the result is the mean of k×k points spread evenly over the square it
 * covers. k is at most 64, and large enough that the points are at most one pixel of the picture
 * apart.
 *
 * @param size [H, W] of the result
 * @returns values [H, W, channels], in the units of the picture
 */
export function alignedWindow(
  { pixels, width, height, channels }: Picture,
  eyes: Eyes,
  size: readonly [height: number, width: number],
): Floats {
  const { fromSide, fromTop } = EYES_IN_WINDOW;
  const [newHeight, newWidth] = size;
  // In the picture, the window's side is (ax, ay) to the right and (-ay, ax) down.
  const ax = (eyes.right[0] - eyes.left[0]) / (1 - 2 * fromSide);
  const ay = (eyes.right[1] - eyes.left[1]) / (1 - 2 * fromSide);
  const originX = eyes.left[0] - fromSide * ax + fromTop * ay;
  const originY = eyes.left[1] - fromSide * ay - fromTop * ax;
  const points = Math.min(64, Math.ceil(Math.hypot(ax, ay) / Math.min(newHeight, newWidth)));
  const result = new Float32Array(newHeight * newWidth * channels);
  const sums = new Float64Array(channels);
  for (let y = 0, at = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++, at += channels) {
      sums.fill(0);
      for (let i = 0; i < points; i++) {
        const v = (y + (i + 0.5) / points) / newHeight;
        for (let j = 0; j < points; j++) {
          const u = (x + (j + 0.5) / points) / newWidth;
          addPoint(originX + u * ax - v * ay, originY + u * ay + v * ax);
        }
      }
      for (let c = 0; c < channels; c++) result[at + c] = sums[c]! / (points * points);
    }
  }
  return result;

  function addPoint(px: number, py: number): void {
    const cx = Math.min(Math.max(px, 0), width - 1);
    const cy = Math.min(Math.max(py, 0), height - 1);
    const left = Math.min(Math.floor(cx), Math.max(0, width - 2));
    const top = Math.min(Math.floor(cy), Math.max(0, height - 2));
    const fx = cx - left;
    const fy = cy - top;
    const at = (top * width + left) * channels;
    const right = width > 1 ? channels : 0;
    const down = height > 1 ? width * channels : 0;
    for (let c = 0; c < channels; c++) {
      const k = at + c;
      const upper = (1 - fx) * pixels[k]! + fx * pixels[k + right]!;
      const lower = (1 - fx) * pixels[k + down]! + fx * pixels[k + down + right]!;
      sums[c]! += (1 - fy) * upper + fy * lower;
    }
  }
}

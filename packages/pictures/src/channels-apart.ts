/** Shape of the images that a sheet shows: one or three values per pixel. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/**
 * Puts the channels of each image side by side, unless there are one or three, in an image of
 * `channels` times the width; stereo pairs, for example. Images with one or three channels stay as
 * they are.
 *
 * @param values image after image, channels last
 * @param shape height, width and channels of one image
 */
export function channelsApart(
  values: ArrayLike<number>,
  [height, width, channels]: readonly [height: number, width: number, channels: number],
): { readonly values: ArrayLike<number>; readonly shape: ImageShape } {
  if (channels === 1 || channels === 3) return { values, shape: { height, width, channels } };
  const apart = new Float32Array(values.length);
  for (let row = 0, out = 0; row < values.length; row += width * channels) {
    for (let channel = 0; channel < channels; channel++) {
      for (let x = 0; x < width; x++) apart[out++] = values[row + x * channels + channel]!;
    }
  }
  return { values: apart, shape: { height, width: width * channels, channels: 1 } };
}

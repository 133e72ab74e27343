import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { useFrame } from './frame.ts';
import { crossTile, paintTiles, sheetSize, type Shade, type TileLayout } from './tiles.ts';

/** A sheet of pictures. */
export interface TileSheetProps {
  /** Picture after picture; nothing is painted before there are any. */
  readonly values: ArrayLike<number> | undefined;
  readonly layout: TileLayout;
  readonly shade: Shade;
  /** Pictures to cross out. */
  readonly crossed?: readonly number[];
  readonly crossColor?: number;
  /** What the sheet shows, in words, for those who do not see it. */
  readonly label: string;
}

/** Paints a sheet of pictures onto a canvas, a pixel for a value; the style sheet enlarges it. */
export function TileSheet(props: TileSheetProps): JSX.Element {
  const { values, layout, shade, crossed = [], crossColor = 0, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const image = useRef<ImageData>(undefined);
  const { width, height } = sheetSize(layout);
  useFrame(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || values === undefined) return;
    if (image.current?.width !== width || image.current.height !== height) {
      image.current = new ImageData(width, height);
    }
    const pixels = new Uint32Array(image.current.data.buffer);
    pixels.fill(0);
    paintTiles(pixels, layout, values, shade);
    for (const tile of crossed) crossTile(pixels, layout, tile, crossColor);
    context.putImageData(image.current, 0, 0);
  }, [values, width, height, layout.count, shade.palette, crossed]);
  return (
    <canvas
      ref={canvas}
      class="sheet"
      width={width}
      height={height}
      role="img"
      aria-label={label}
    />
  );
}

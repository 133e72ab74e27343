/** Images of one size in rows. */
export interface SheetLayout {
  /** Number of images. */
  readonly count: number;
  /** Pixels of one image. */
  readonly width: number;
  readonly height: number;
  /** Images per row. */
  readonly columns: number;
  /** Pixels between images. */
  readonly gap: number;
}

/** Returns the size of the whole sheet in pixels. */
export function sheetSize({ count, width, height, columns, gap }: SheetLayout): {
  readonly width: number;
  readonly height: number;
} {
  const across = Math.min(columns, count);
  return {
    width: across * (width + gap) - gap,
    height: Math.ceil(count / across) * (height + gap) - gap,
  };
}

/** Returns the number of an image's first pixel, counted row by row over the sheet. */
export function imageStart(layout: SheetLayout, image: number): number {
  const { count, width, height, columns, gap } = layout;
  const across = Math.min(columns, count);
  const left = (image % across) * (width + gap);
  return Math.floor(image / across) * (height + gap) * sheetSize(layout).width + left;
}

export { barsPath } from './bars-path.ts';
export type { Axis } from './chart-scale.ts';
export { constantOf } from './constant-of.ts';
export { dotChart, type DotChartOptions, type Measurement } from './dot-chart.ts';
export { encodePng } from './encode-png.ts';
export { extendColumns, type Columns } from './extend-columns.ts';
export { filterSheet, type FilterSheetOptions } from './filter-sheet.ts';
export { histogram, type HistogramOptions } from './histogram.ts';
export { joinColumns, type Column } from './join-columns.ts';
export { lineChart, type LineChartOptions, type Series } from './line-chart.ts';
export { count, figure, NO_BREAK, NO_BREAK_HYPHEN, percent, plural } from './numbers.ts';
export { pairImages, type ImageValues } from './pair-images.ts';
export { gradient, pictureColors, type Palette, type PictureColors, type Rgb } from './palette.ts';
export { pixelSheet, type PixelSheet, type PixelSheetOptions } from './pixel-sheet.ts';
export { pngDataUri } from './png-data-uri.ts';
export { reconstructionSheet } from './reconstruction-sheet.ts';
export { renderReport } from './render-report.ts';
export type {
  Block,
  ChartBlock,
  CommandBlock,
  Picture,
  PicturesBlock,
  Report,
  ReportSection,
  SettingsBlock,
  TableBlock,
  TableCell,
  TableColumn,
  TextBlock,
} from './report.ts';
export { sampleSheet } from './sample-sheet.ts';
export {
  strongestFilters,
  type FilterChoice,
  type FilterSource,
  type FilterValues,
} from './strongest-filters.ts';
export { centered, dot, PAPER_SIDE, stroke } from './strokes.ts';

export type { Axis } from './chart-scale.ts';
export { dotChart, type DotChartOptions, type Measurement } from './dot-chart.ts';
export { encodePng } from './encode-png.ts';
export { filterSheet, type FilterSheetOptions } from './filter-sheet.ts';
export { histogram, type HistogramOptions } from './histogram.ts';
export { lineChart, type LineChartOptions, type Series } from './line-chart.ts';
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

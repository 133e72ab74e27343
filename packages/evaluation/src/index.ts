export {
  averageLogLikelihood,
  type AverageLogLikelihoodOptions,
} from './average-log-likelihood.ts';
export type { Axis } from './chart-scale.ts';
export { confusionMatrix } from './confusion-matrix.ts';
export { dotChart, type DotChartOptions, type Measurement } from './dot-chart.ts';
export { encodePng } from './encode-png.ts';
export { errorRate } from './error-rate.ts';
export { exactLogPartition, type ExactLogPartitionOptions } from './exact-log-partition.ts';
export { filterSheet, type FilterSheetOptions } from './filter-sheet.ts';
export { histogram, type HistogramOptions } from './histogram.ts';
export { intensityEquivariance, type IntensityEquivariance } from './intensity-equivariance.ts';
export { lineChart, type LineChartOptions, type Series } from './line-chart.ts';
export { pairedDifference, type PairedDifference } from './paired-difference.ts';
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
export { roc, type Roc } from './roc.ts';
export { sampleSheet } from './sample-sheet.ts';
export { summarize, type Summary } from './summarize.ts';
export { thresholdAccuracy } from './threshold-accuracy.ts';

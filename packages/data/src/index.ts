export {
  areaResample,
  areaResampler,
  type AreaResampler,
  type AreaResamplerOptions,
  type ChannelLayout,
} from './area-resample.ts';
export { binarize } from './binarize.ts';
export {
  csrDataset,
  type CsrDataset,
  type CsrDatasetOptions,
  type CsrMinibatch,
} from './csr-dataset.ts';
export { csrRowsAt, denseRows, type CsrRows } from './csr-rows.ts';
export { dataMean } from './data-mean.ts';
export type { BatchOptions, Dataset, IndexedDataset, Minibatch } from './dataset.ts';
export { drawPairs } from './draw-pairs.ts';
export { encodeIdx, parseIdx, type IdxArray, type IdxArrayOf, type IdxArrays } from './idx.ts';
export { idxDataset, type IdxDatasetOptions } from './idx-dataset.ts';
export { IdxError } from './idx-error.ts';
export { idxLabels, type NamedBytes } from './idx-labels.ts';
export { inMemoryDataset, type InMemoryDatasetOptions } from './in-memory-dataset.ts';
export { indexedDataset, type IndexedDatasetOptions } from './indexed-dataset.ts';
export { mapInputs, type InputsFunction } from './map-inputs.ts';
export { materialize } from './materialize.ts';
export { minibatch } from './minibatch.ts';
export { numberMoments, type NumberMoments } from './number-moments.ts';
export { numberSample } from './number-sample.ts';
export {
  pairDataset,
  type Pair,
  type PairBatch,
  type PairDataset,
  type PairDatasetOptions,
} from './pair-dataset.ts';
export { MAX_IDX_BYTES, readIdx, type ReadIdxOptions } from './read-idx.ts';
export { split, type Parts, type SplitOptions } from './split.ts';
export {
  applyStandardization,
  fitStandardization,
  standardize,
  type Standardization,
  type StandardizationOptions,
} from './standardization.ts';
export { subset, take } from './subset.ts';
export { viewDataset, type View, type ViewDatasetOptions } from './view-dataset.ts';

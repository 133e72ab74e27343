export { Dbn } from './dbn.ts';
export { featureDataset } from './feature-dataset.ts';
export { Classifier, classifierFromDbn, type OutputLayer } from './classifier.ts';
export type { ClassifierLayer } from './classifier-layer.ts';
export { randomClassifier, type RandomClassifierOptions } from './random-classifier.ts';
export { classify } from './classify.ts';
export { classificationError } from './classification-error.ts';
export { classifierParameters } from './classifier-parameters.ts';
export {
  ClassifierTrainer,
  type FineTuningPosition,
  type FineTuningReport,
} from './classifier-trainer.ts';
export { dropout } from './dropout.ts';
export type { ClosedEpoch } from './tuned-net.ts';
export type { FineTuningOptions, ResolvedFineTuningOptions } from './fine-tuning-options.ts';
export { decodeClassifierTrainer, encodeClassifierTrainer } from './checkpoint-classifier.ts';
export { decodeClassifier, encodeClassifier } from './save-classifier.ts';
export { decodeDbn, encodeDbn } from './save-dbn.ts';
export { generate, project } from './generate.ts';
export { cosineSimilarity } from './cosine-similarity.ts';
export { decodeSiameseTrainer, encodeSiameseTrainer } from './checkpoint-siamese.ts';
export { fitSiameseOutput, logisticLine } from './fit-siamese-output.ts';
export {
  pairCosines,
  pairProbabilities,
  type PairCosines,
  type PairProbabilities,
} from './pair-probabilities.ts';
export { pairCrossEntropy } from './pair-cross-entropy.ts';
export { decodeSiamese, encodeSiamese } from './save-siamese.ts';
export {
  randomSiamese,
  Siamese,
  siameseFromDbn,
  type RandomSiameseOptions,
  type SiameseOutput,
} from './siamese.ts';
export type { SiameseOptions } from './siamese-options.ts';
export { siameseParameters } from './siamese-parameters.ts';
export { SiameseTrainer, type SiameseReport } from './siamese-trainer.ts';
export { verificationError } from './verification-error.ts';

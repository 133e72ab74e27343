export { checkLfw, type LfwFileState, type LfwReport } from './check-lfw.ts';
export { parseEyes, type Eyes } from './eye-positions.ts';
export { faceLogits, faceLogOdds, featureLogits, type FaceLogOdds } from './face-log-odds.ts';
export { facePairs, type FacePairsOptions } from './face-pairs.ts';
export { preparationOf, type FacePreparation } from './face-preparation.ts';
export { faceReader, type FaceReader } from './face-reader.ts';
export { faceView, type Jitter } from './face-view.ts';
export {
  FACE_MEANS,
  fitPreparation,
  PICTURE_SIDE,
  type FaceMean,
  type FaceNormalization,
} from './fit-preparation.ts';
export { imageName, personOf } from './image-name.ts';
export { intensityTest } from './intensity-test.ts';
export { LfwError } from './lfw-error.ts';
export { lfwFiles, type LfwFile } from './lfw-files.ts';
export type { LfwImages } from './lfw-images.ts';
export { loadLfw, type LoadLfwOptions } from './load-lfw.ts';
export { imagesByPerson, imagesInPairs, imagesWithoutPeople, pairIndices } from './pair-indices.ts';
export { passedOverText } from './passed-over.ts';
export { parsePairs, type LfwPair, type LfwPairs } from './parse-pairs.ts';
export { parsePeople, type LfwPeople, type LfwPerson } from './parse-people.ts';
export { readFace, type FaceOptions } from './prepare-face.ts';
export type { ReadLimits } from './read-limits.ts';
export { readPairs, readPeople, type ReadListOptions } from './read-lists.ts';

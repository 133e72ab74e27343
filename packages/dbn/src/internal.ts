// What only other packages of deepbelief need. It may change in any version.
export { classifierConfig, classifierFromConfig, classifierTensors } from './save-classifier.ts';

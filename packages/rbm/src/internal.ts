// What only other packages of deepbelief need. It may change in any version.
export { checkRbm } from './model-states.ts';
export { parameterTensors, setParameter } from './parameters.ts';
export { checkRbmTensors } from './rbm.ts';
export { rbmConfig, rbmFromConfig } from './rbm-config.ts';
export { resolveTrainingOptions } from './resolve-training-options.ts';

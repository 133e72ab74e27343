// What the module exports; compiled by build.mjs.
export { copyRows, correlate, correlateStates, packPanels, spread, unpackPanels } from './convolution';
export { uniforms } from './philox';
export { pooledStates } from './pooled-states';
export { groupStates, scaleColumns, scratchBytes, states } from './states';
export { sgemm, sgemmScratchBytes } from './sgemm';
export { countOutside, squaredDistance, stackRows } from './statistics';
export { adam, addVelocity, followGradient } from './update';

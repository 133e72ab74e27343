// What the module exports; compiled by build.mjs.
export { uniforms } from './philox';
export { groupStates, scaleColumns, scratchBytes, states } from './states';
export { sgemm, sgemmScratchBytes } from './sgemm';
export { countOutside, squaredDistance, stackRows } from './statistics';
export { adam, addVelocity, followGradient } from './update';

export { atSite, atStep, checkKey, foldKey, randomKey, type RandomKey } from './key.ts';
export { fillNormals, normalQuantile, normals } from './normal.ts';
export { permutation } from './permutation.ts';
export { philox } from './philox.ts';
export { randomWords, uniforms, wordToUniform } from './uniform.ts';
